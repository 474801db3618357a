#include "hcl/value/number.h"

#define MPFR_USE_INTMAX_T
#include <gmp.h>
#include <mpfr.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "hcl/value/decimal.h"
#include "hcl/value/integer.h"

namespace hcl {
namespace {

constexpr mpfr_prec_t precision = 512;
constexpr mpfr_prec_t integer_precision = 64;
constexpr mpfr_exp_t max_exponent = 4096;

std::string_view::size_type skip_digits(std::string_view text, std::string_view::size_type at) {
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    ++at;
  }
  return at;
}

bool is_decimal(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  const std::size_t whole = at;
  at = skip_digits(text, at);
  std::size_t digits = at - whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = at + 1;
    at = skip_digits(text, fraction);
    digits += at - fraction;
  }
  if (digits == 0) {
    return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    at += at < text.size() && (text[at] == '+' || text[at] == '-') ? 1 : 0;
    const std::size_t exponent = at;
    at = skip_digits(text, at);
    if (at == exponent) {
      return false;
    }
  }
  return at == text.size();
}

int digit_value(char c, int base) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'z') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'Z' ? c - 'A' + (base > 36 ? 36 : 10) : base;
}

bool is_digit(char c, int base) {
  return digit_value(c, base) < base;
}

char with_other_case(char c) {
  return static_cast<char>(c >= 'a' ? c - 'a' + 'A' : c >= 'A' ? c - 'A' + 'a' : c);
}

/// The magnitude of a value that is neither zero nor infinite.
std::string written(mpfr_srcptr value, std::string (*write)(const mpz_t mantissa, long exponent)) {
  Integer mantissa;
  const mpfr_exp_t exponent = mpfr_get_z_2exp(mantissa.get(), value);
  mpz_abs(mantissa.get(), mantissa.get());
  return write(mantissa.get(), exponent);
}

bool is_beyond_limit(mpfr_srcptr value) {
  return mpfr_regular_p(value) != 0 &&
         (mpfr_get_exp(value) > max_exponent || mpfr_get_exp(value) < -max_exponent);
}

}  // namespace

/// A number of MPFR and its mantissa, in one piece of memory.
struct Number::Digits {
  /// At most `precision`.
  explicit Digits(mpfr_prec_t bits = precision) {
    mpfr_custom_init(mantissa.data(), bits);
    mpfr_custom_init_set(value, MPFR_ZERO_KIND, 0, bits, mantissa.data());
  }
  Digits(const Digits&) = delete;
  Digits& operator=(const Digits&) = delete;

  mpfr_t value;
  std::array<mp_limb_t, precision / GMP_NUMB_BITS> mantissa;
};

Number::Number(std::shared_ptr<const Digits> digits) : digits_(std::move(digits)) {}

Number::Number(std::int64_t value) {
  auto digits = std::make_shared<Digits>(integer_precision);
  mpfr_set_sj(digits->value, value, MPFR_RNDN);
  digits_ = std::move(digits);
}

std::optional<Number> Number::parse(std::string_view text) {
  if (!is_decimal(text)) {
    return std::nullopt;
  }
  auto digits = std::make_shared<Digits>();
  mpfr_strtofr(digits->value, std::string(text).c_str(), nullptr, 10, MPFR_RNDN);
  const bool is_nonzero =
      text.substr(0, text.find_first_of("eE")).find_first_of("123456789") != std::string_view::npos;
  if (mpfr_inf_p(digits->value) != 0 || is_beyond_limit(digits->value) ||
      (is_nonzero && mpfr_zero_p(digits->value) != 0)) {
    return std::nullopt;
  }
  return Number(std::move(digits));
}

std::optional<Number> Number::parse_integer(std::string_view text, int base) {
  const bool is_signed = !text.empty() && (text[0] == '+' || text[0] == '-');
  std::string digits(text.substr(is_signed ? 1 : 0));
  if (digits.empty() ||
      !std::all_of(digits.begin(), digits.end(), [base](char c) { return is_digit(c, base); })) {
    return std::nullopt;
  }
  if (base > 36) {
    // MPFR has the upper case first.
    std::transform(digits.begin(), digits.end(), digits.begin(), with_other_case);
  }
  auto result = std::make_shared<Digits>();
  mpfr_strtofr(result->value, digits.c_str(), nullptr, base, MPFR_RNDN);
  if (mpfr_inf_p(result->value) != 0 || is_beyond_limit(result->value)) {
    return std::nullopt;
  }
  const mpfr_prec_t bits = mpfr_zero_p(result->value) != 0 ? 0 : mpfr_get_exp(result->value);
  mpfr_prec_round(result->value, std::clamp(bits, integer_precision, precision), MPFR_RNDN);
  const Number number(std::move(result));
  return text[0] == '-' ? -number : number;
}

std::optional<Number> Number::from_double(double value) {
  auto digits = std::make_shared<Digits>(std::numeric_limits<double>::digits);
  mpfr_set_d(digits->value, value, MPFR_RNDN);
  return mpfr_nan_p(digits->value) != 0 ? std::nullopt : std::optional(Number(std::move(digits)));
}

std::string Number::to_string() const {
  mpfr_srcptr value = digits_->value;
  const std::string sign = mpfr_signbit(value) != 0 ? "-" : "";
  if (mpfr_inf_p(value) != 0) {
    return sign.empty() ? "+Inf" : "-Inf";
  }
  if (mpfr_zero_p(value) != 0) {
    return sign + "0";
  }
  if (const std::optional<std::int64_t> small = to_int64()) {
    return std::to_string(*small);
  }
  return sign + written(value, shortest_decimal);
}

std::string Number::to_exact_string() const {
  mpfr_srcptr value = digits_->value;
  const std::string sign = mpfr_signbit(value) != 0 ? "-" : "";
  return sign + (mpfr_zero_p(value) != 0 ? "0" : written(value, exact_decimal));
}

std::string Number::to_string_in_base(int base) const {
  Integer integer;
  mpfr_get_z(integer.get(), digits_->value, MPFR_RNDN);
  return integer.digits(base);
}

bool Number::is_integer() const {
  return mpfr_integer_p(digits_->value) != 0;
}

bool Number::is_finite() const {
  return mpfr_number_p(digits_->value) != 0;
}

std::optional<std::int64_t> Number::to_int64() const {
  if (!is_integer() || mpfr_fits_intmax_p(digits_->value, MPFR_RNDN) == 0) {
    return std::nullopt;
  }
  return mpfr_get_sj(digits_->value, MPFR_RNDN);
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
  if (!a.is_finite() || !b.is_finite()) {
    return std::nullopt;
  }
  if (mpfr_zero_p(b.digits_->value) != 0) {
    return a;
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
      mpfr_regular_p(right) == 0) {
    return mpfr_equal_p(left, right) != 0;
  }
  // Writing them takes time, and numbers apart by a power of two differ in their first digits.
  return std::abs(mpfr_get_exp(left) - mpfr_get_exp(right)) <= 1 && a.to_string() == b.to_string();
}

std::weak_ordering operator<=>(const Number& a, const Number& b) {
  return mpfr_cmp(a.digits_->value, b.digits_->value) <=> 0;
}

}  // namespace hcl
