// Numbers from text and back.
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "hcl/value/number_digits.h"

namespace hcl {
namespace {

/// As printf writes doubles for %e, %f and %g.
std::string printed(mpfr_srcptr value, char verb, std::size_t places) {
  const std::string format = std::string("%.*RN") + verb;
  char* text = nullptr;
  mpfr_asprintf(&text, format.c_str(), static_cast<int>(places), value);
  std::string copy(text);
  mpfr_free_str(text);
  return copy;
}

/// `magnitude` in the fewest digits that lie within half a unit of the last place of its mantissa,
/// "1.25e+01".
std::string shortest(mpfr_srcptr magnitude) {
  const mpfr_prec_t bits = mpfr_get_prec(magnitude);
  Number::Digits low(bits + 1);
  Number::Digits high(bits + 1);
  mpfr_set_ui_2exp(high.value, 1, mpfr_get_exp(magnitude) - bits - 1, MPFR_RNDN);
  mpfr_sub(low.value, magnitude, high.value, MPFR_RNDN);
  mpfr_add(high.value, magnitude, high.value, MPFR_RNDN);
  // The bounds themselves read back as the number where its mantissa is even.
  const bool is_even = mpfr_min_prec(magnitude) < bits;
  const auto is_within = [&](const std::string& text) {
    Number::Digits down(bits + 1);
    Number::Digits up(bits + 1);
    mpfr_strtofr(down.value, text.c_str(), nullptr, 10, MPFR_RNDD);
    mpfr_strtofr(up.value, text.c_str(), nullptr, 10, MPFR_RNDU);
    return is_even ? mpfr_cmp(down.value, low.value) >= 0 && mpfr_cmp(up.value, high.value) <= 0
                   : mpfr_cmp(up.value, low.value) > 0 && mpfr_cmp(down.value, high.value) < 0;
  };
  // Fewer digits than the bounds have in common lie outside; ten needs more than three bits.
  const std::size_t all = static_cast<std::size_t>(bits) / 3 + 2;
  const std::string first = printed(low.value, 'e', all);
  const std::string last = printed(high.value, 'e', all);
  const auto common = std::mismatch(first.begin(), first.end(), last.begin(), last.end()).first;
  std::size_t places =
      static_cast<std::size_t>(std::max<std::ptrdiff_t>(common - first.begin(), 3)) - 3;
  std::string text = printed(magnitude, 'e', places);
  while (!is_within(text)) {
    text = printed(magnitude, 'e', ++places);
  }
  return text;
}

/// "1.25e+01" as "12.5".
std::string without_exponent(const std::string& text) {
  const std::size_t end = text.find('e');
  const int exponent = std::stoi(text.substr(end + 1));
  std::string digits = text.substr(0, end);
  digits.erase(std::min<std::size_t>(1, digits.size()), 1);
  if (exponent < 0) {
    return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  }
  const std::size_t whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) {
    return digits + std::string(whole - digits.size(), '0');
  }
  return digits.insert(whole, ".");
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

}  // namespace

std::optional<Number> Number::parse(std::string_view text) {
  const std::string copy(text);
  char* end = nullptr;
  auto digits = std::make_shared<Digits>();
  mpfr_strtofr(digits->value, copy.c_str(), &end, 10, MPFR_RNDN);
  // MPFR reads more forms than these, and white space.
  if (text.empty() || end != copy.c_str() + copy.size() ||
      text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) {
    return std::nullopt;
  }
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
  return sign + without_exponent(shortest(abs().digits_->value));
}

std::string Number::to_scientific() const {
  const std::string sign = mpfr_signbit(digits_->value) != 0 ? "-" : "";
  return sign + (mpfr_zero_p(digits_->value) != 0 ? "0e+00" : shortest(abs().digits_->value));
}

std::string Number::print(char verb, std::size_t places) const {
  return printed(digits_->value, verb, places);
}

std::string Number::to_string_in_base(int base) const {
  if (sign() == 0) {
    return "0";
  }
  // As many digits as bits are enough in any base; MPFR wants room for a few.
  const auto count =
      static_cast<std::size_t>(std::max<mpfr_exp_t>(mpfr_get_exp(digits_->value), 7));
  std::string text(count + 2, '\0');
  mpfr_exp_t whole = 0;
  mpfr_get_str(text.data(), &whole, base, count, digits_->value, MPFR_RNDN);
  text.resize(static_cast<std::size_t>(whole) + (sign() < 0 ? 1 : 0));
  return text;
}

}  // namespace hcl
