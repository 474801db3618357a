#include "hcl/value/number.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "hcl/value/number_digits.h"

namespace hcl {

Number::Number(std::shared_ptr<const Digits> digits) : digits_(std::move(digits)) {}

Number::Number(std::int64_t value) {
  auto digits = std::make_shared<Digits>(integer_precision);
  mpfr_set_sj(digits->value, value, MPFR_RNDN);
  digits_ = std::move(digits);
}

std::optional<Number> Number::power(double base, double exponent) {
  // The library's own pow() is off by a digit for some powers, such as that of 10 to 23.
  Digits result(std::numeric_limits<double>::digits);
  Digits left(std::numeric_limits<double>::digits);
  Digits right(std::numeric_limits<double>::digits);
  mpfr_set_d(left.value, base, MPFR_RNDN);
  mpfr_set_d(right.value, exponent, MPFR_RNDN);
  mpfr_pow(result.value, left.value, right.value, MPFR_RNDN);
  return from_double(mpfr_get_d(result.value, MPFR_RNDN));
}

std::optional<Number> Number::from_double(double value) {
  auto digits = std::make_shared<Digits>(std::numeric_limits<double>::digits);
  mpfr_set_d(digits->value, value, MPFR_RNDN);
  return mpfr_nan_p(digits->value) != 0 ? std::nullopt : std::optional(Number(std::move(digits)));
}

bool Number::is_integer() const {
  return mpfr_integer_p(digits_->value) != 0;
}

bool Number::is_finite() const {
  return mpfr_number_p(digits_->value) != 0;
}

std::optional<std::int64_t> Number::to_int64() const {
  const bool fits = is_integer() && mpfr_fits_intmax_p(digits_->value, MPFR_RNDN) != 0;
  return fits ? std::optional(mpfr_get_sj(digits_->value, MPFR_RNDN)) : std::nullopt;
}

std::optional<double> Number::to_double() const {
  const double value = mpfr_get_d(digits_->value, MPFR_RNDN);
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

Number Number::whole(Rounding round) const {
  auto result = std::make_shared<Digits>(mpfr_get_prec(digits_->value));
  round(*result, *digits_);
  if (mpfr_zero_p(result->value) != 0) {
    mpfr_set_zero(result->value, 1);
  }
  return Number(std::move(result));
}

Number Number::floor() const {
  return whole(
      [](Digits& result, const Digits& digits) { return mpfr_floor(result.value, digits.value); });
}

Number Number::ceil() const {
  return whole(
      [](Digits& result, const Digits& digits) { return mpfr_ceil(result.value, digits.value); });
}

Number Number::abs() const {
  return mpfr_signbit(digits_->value) != 0 ? -*this : *this;
}

int Number::sign() const {
  const int sign = mpfr_sgn(digits_->value);
  return sign < 0 ? -1 : sign > 0 ? 1 : 0;
}

std::optional<Number> Number::compute(Operation operation, const Number& a, const Number& b) {
  auto digits = std::make_shared<Digits>(
      std::max(mpfr_get_prec(a.digits_->value), mpfr_get_prec(b.digits_->value)));
  operation(*digits, *a.digits_, *b.digits_);
  if (mpfr_nan_p(digits->value) != 0) {
    return std::nullopt;
  }
  if (is_beyond_limit(digits->value)) {
    const int sign = mpfr_signbit(digits->value) != 0 ? -1 : 1;
    if (mpfr_get_exp(digits->value) > 0) {
      mpfr_set_inf(digits->value, sign);
    } else {
      mpfr_set_zero(digits->value, sign);
    }
  }
  return Number(std::move(digits));
}

std::optional<Number> Number::add(const Number& a, const Number& b) {
  return compute(
      [](Digits& result, const Digits& left, const Digits& right) {
        return mpfr_add(result.value, left.value, right.value, MPFR_RNDN);
      },
      a, b);
}

std::optional<Number> Number::subtract(const Number& a, const Number& b) {
  return compute(
      [](Digits& result, const Digits& left, const Digits& right) {
        return mpfr_sub(result.value, left.value, right.value, MPFR_RNDN);
      },
      a, b);
}

std::optional<Number> Number::multiply(const Number& a, const Number& b) {
  return compute(
      [](Digits& result, const Digits& left, const Digits& right) {
        // A product needs more digits than its factors have, and gets them up to the limit.
        const mpfr_prec_t given = mpfr_get_prec(result.value);
        mpfr_set_prec(result.value, precision);
        mpfr_mul(result.value, left.value, right.value, MPFR_RNDN);
        return mpfr_prec_round(result.value, std::max(given, mpfr_min_prec(result.value)),
                               MPFR_RNDN);
      },
      a, b);
}

std::optional<Number> Number::divide(const Number& a, const Number& b) {
  return compute(
      [](Digits& result, const Digits& left, const Digits& right) {
        return mpfr_div(result.value, left.value, right.value, MPFR_RNDN);
      },
      a, b);
}

std::optional<Number> Number::modulo(const Number& a, const Number& b) {
  if (mpfr_zero_p(b.digits_->value) != 0) {
    return a;
  }
  if (!a.is_finite() || !b.is_finite()) {
    return std::nullopt;
  }
  // Each step is rounded, as in the original, and the last ones to the precision of the dividend:
  // its digits of 1e-7 % 1e-9 come from there.
  return compute(
      [](Digits& result, const Digits& left, const Digits& right) {
        mpfr_div(result.value, left.value, right.value, MPFR_RNDN);
        mpfr_trunc(result.value, result.value);
        if (mpfr_zero_p(result.value) != 0) {
          // A whole number has no minus zero, and so what is less than the divisor keeps its sign.
          mpfr_set_zero(result.value, 1);
        }
        mpfr_prec_round(result.value, mpfr_get_prec(left.value), MPFR_RNDN);
        mpfr_mul(result.value, result.value, right.value, MPFR_RNDN);
        return mpfr_sub(result.value, left.value, result.value, MPFR_RNDN);
      },
      a, b);
}

Number operator-(const Number& a) {
  auto digits = std::make_shared<Number::Digits>(mpfr_get_prec(a.digits_->value));
  mpfr_neg(digits->value, a.digits_->value, MPFR_RNDN);
  return Number(std::move(digits));
}

bool operator==(const Number& a, const Number& b) {
  mpfr_srcptr left = a.digits_->value;
  mpfr_srcptr right = b.digits_->value;
  if (mpfr_get_prec(left) == mpfr_get_prec(right) || mpfr_regular_p(left) == 0 ||
      mpfr_regular_p(right) == 0 || mpfr_integer_p(left) != 0 || mpfr_integer_p(right) != 0) {
    return mpfr_equal_p(left, right) != 0;
  }
  // Writing them takes time, and numbers apart by a power of two differ in their first digits.
  return std::abs(mpfr_get_exp(left) - mpfr_get_exp(right)) <= 1 && a.to_string() == b.to_string();
}

std::weak_ordering operator<=>(const Number& a, const Number& b) {
  return mpfr_cmp(a.digits_->value, b.digits_->value) <=> 0;
}

}  // namespace hcl
