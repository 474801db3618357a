// Numbers from text and back.
#include <gmp.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "hcl/value/number_digits.h"

namespace hcl {
namespace {

/// An integer of GMP, freed at the end of its scope.
class Integer {
 public:
  Integer() { mpz_init(value_); }
  Integer(const Integer&) = delete;
  Integer& operator=(const Integer&) = delete;
  ~Integer() { mpz_clear(value_); }

  [[nodiscard]] mpz_ptr get() { return value_; }

  [[nodiscard]] std::string digits(int base = 10) const {
    std::string text(mpz_sizeinbase(value_, base) + 2, '\0');
    mpz_get_str(text.data(), base, value_);
    text.resize(text.find('\0'));
    return text;
  }

 private:
  mpz_t value_;
};

/// A number and the two midpoints to its neighbours, all multiplied by the same power of ten: as
/// digits of equal count.
struct Interval {
  std::string low;
  std::string number;
  std::string high;
  /// Whether the midpoints themselves read back as the number (round half to even).
  bool is_closed = false;
  /// How many of the digits stand behind the decimal point.
  std::size_t scale = 0;
};

std::string padded(const std::string& digits, std::size_t count) {
  return std::string(count - digits.size(), '0') + digits;
}

Interval surround(const mpz_t mantissa, long exponent) {
  Integer factor;
  Integer number;
  Interval interval{.is_closed = mpz_even_p(mantissa) != 0};
  // In halves of the last place, so that the midpoints are integers; a negative power of two is a
  // power of five behind the decimal point.
  const long halves = exponent - 1;
  if (halves >= 0) {
    mpz_ui_pow_ui(factor.get(), 2, static_cast<unsigned long>(halves));
  } else {
    mpz_ui_pow_ui(factor.get(), 5, static_cast<unsigned long>(-halves));
    interval.scale = static_cast<std::size_t>(-halves);
  }
  mpz_mul(number.get(), mantissa, factor.get());
  mpz_mul_2exp(number.get(), number.get(), 1);

  Integer bound;
  mpz_add(bound.get(), number.get(), factor.get());
  const std::string high = bound.digits();
  const std::size_t count = std::max(high.size(), interval.scale + 1);
  interval.high = padded(high, count);
  interval.number = padded(number.digits(), count);
  mpz_sub(bound.get(), number.get(), factor.get());
  interval.low = padded(bound.digits(), count);
  return interval;
}

/// Adds one to the last place of `digits`, which are not all nines.
void increment(std::string& digits) {
  const std::size_t last = digits.find_last_not_of('9');
  ++digits[last];
  std::fill(digits.begin() + static_cast<std::ptrdiff_t>(last) + 1, digits.end(), '0');
}

bool is_within(const std::string& digits, const Interval& interval) {
  return interval.is_closed ? interval.low <= digits && digits <= interval.high
                            : interval.low < digits && digits < interval.high;
}

/// The number of `interval`, zero from digit `count` on: rounded to nearest, or else whichever way
/// stays in the interval; empty if neither way does.
std::string rounded(const Interval& interval, std::size_t count) {
  std::string down = interval.number;
  std::fill(down.begin() + static_cast<std::ptrdiff_t>(count), down.end(), '0');
  std::string up = down.substr(0, count);
  if (up.find_first_not_of('9') == std::string::npos) {
    up.clear();
  } else {
    increment(up);
    up.resize(down.size(), '0');
  }
  const bool down_fits = is_within(down, interval);
  const bool up_fits = !up.empty() && is_within(up, interval);
  if (down_fits && up_fits) {
    const std::string_view rest = std::string_view(interval.number).substr(count);
    const std::string half = "5" + std::string(rest.size() - 1, '0');
    const bool is_odd = count > 0 && (interval.number[count - 1] - '0') % 2 != 0;
    return rest > half || (rest == half && is_odd) ? up : down;
  }
  return down_fits ? down : up_fits ? up : std::string();
}

std::string with_point(std::string digits, std::size_t scale) {
  const std::size_t whole = digits.size() - scale;
  std::string fraction = digits.substr(whole);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  digits.resize(whole);
  digits.erase(0, std::min(digits.find_first_not_of('0'), whole - 1));
  return fraction.empty() ? digits : digits + "." + fraction;
}

/// `mantissa` times 2 to the power of `exponent`, positive, in the fewest digits that lie within
/// half a unit of the mantissa's last place; the nearer ones where there is a choice. Never an
/// exponent. Takes time and memory in proportion to the magnitude of `exponent`.
std::string shortest_decimal(const mpz_t mantissa, long exponent) {
  const Interval interval = surround(mantissa, exponent);
  // No rounding to fewer digits than the bounds have in common stays between them.
  const auto difference =
      std::mismatch(interval.low.begin(), interval.low.end(), interval.high.begin());
  auto count = static_cast<std::size_t>(difference.first - interval.low.begin());
  std::string result;
  while (count < interval.number.size() && result.empty()) {
    result = rounded(interval, count);
    ++count;
  }
  return with_point(result.empty() ? interval.number : result, interval.scale);
}

/// The same with all digits there are.
std::string exact_decimal(const mpz_t mantissa, long exponent) {
  const Interval interval = surround(mantissa, exponent);
  return with_point(interval.number, interval.scale);
}

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

}  // namespace

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

std::string Number::to_string() const {
  mpfr_srcptr value = digits_->value;
  const std::string sign = mpfr_signbit(value) != 0 ? "-" : "";
  if (mpfr_inf_p(value) != 0) {
    return sign.empty() ? "+Inf" : "-Inf";
  }
  if (mpfr_zero_p(value) != 0) {
    return sign + "0";
  }
  // With all digits of a whole number in the mantissa, none can be left out.
  const bool is_whole_in_mantissa = mpfr_get_exp(value) <= mpfr_get_prec(value);
  if (const auto small = is_whole_in_mantissa ? to_int64() : std::nullopt) {
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

}  // namespace hcl
