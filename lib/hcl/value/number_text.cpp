// Numbers from text and back.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <utility>

#include "hcl/value/decimal.h"
#include "hcl/value/integer.h"
#include "hcl/value/number_digits.h"

namespace hcl {
namespace {

std::string_view::size_type skip_digits(std::string_view text, std::string_view::size_type at) {
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    ++at;
  }
  return at;
}

/// The value of a few digits alone, which is what most numbers are.
std::optional<std::uintmax_t> small_integer(std::string_view text) {
  std::uintmax_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
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
  if (const auto small = small_integer(text)) {
    auto digits = std::make_shared<Digits>();
    mpfr_set_uj(digits->value, *small, MPFR_RNDN);
    return Number(std::move(digits));
  }
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
