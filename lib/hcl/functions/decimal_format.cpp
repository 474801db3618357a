#include "hcl/functions/decimal_format.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace hcl::functions {
namespace {

bool is_negative(const Number& number) {
  return number.to_string().starts_with('-');
}

std::string sign_of(bool is_negative, const FormatFlags& flags) {
  return is_negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
}

std::string in_upper_case(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

/// Fills up to the width of `flags`, between the sign (or prefix) and the digits where zeros do.
std::string padded(const std::string& sign, const std::string& digits, const FormatFlags& flags,
                   bool allows_zeros) {
  const std::size_t length = sign.size() + digits.size();
  const std::size_t missing = flags.width.value_or(0) - std::min(flags.width.value_or(0), length);
  if (flags.left) {
    return sign + digits + std::string(missing, ' ');
  }
  if (flags.pads_with_zeros && allows_zeros) {
    return sign + std::string(missing, '0') + digits;
  }
  return std::string(missing, ' ') + sign + digits;
}

std::string_view prefix_of(char verb) {
  switch (verb) {
    case 'b':
      return "0b";
    case 'o':
      return "0";
    case 'x':
    case 'X':
      return "0x";
    default:
      return "";
  }
}

}  // namespace

std::string format_whole(const Number& number, char verb, const FormatFlags& flags) {
  const int base = verb == 'b' ? 2 : verb == 'o' ? 8 : verb == 'd' ? 10 : 16;
  std::string digits = number.abs().to_string_in_base(base);
  if (flags.precision == 0 && digits == "0") {
    return "";
  }
  const std::size_t wanted = flags.precision.value_or(0);
  digits.insert(0, wanted - std::min(wanted, digits.size()), '0');
  const std::string prefix(flags.alternate ? prefix_of(verb) : "");
  // A whole number has no minus zero.
  const std::string sign = sign_of(number.sign() < 0, flags);
  const std::string text = padded(sign + prefix, digits, flags, !flags.precision);
  return verb == 'X' ? in_upper_case(text) : text;
}

std::string format_fraction(const Number& number, char verb, const FormatFlags& flags) {
  if (!number.is_finite()) {
    const std::string sign = is_negative(number) ? "-" : flags.space ? " " : "+";
    return padded(sign, "Inf", flags, false);
  }
  const bool is_upper = verb == 'E' || verb == 'G';
  const char lower = is_upper ? static_cast<char>(std::tolower(verb)) : verb;
  const std::string digits = lower == 'g' && !flags.precision
                                 ? shortest_text(number.abs())
                                 : number.abs().print(lower, flags.precision.value_or(6));
  return padded(sign_of(is_negative(number), flags), is_upper ? in_upper_case(digits) : digits,
                flags, true);
}

std::string shortest_text(const Number& number) {
  if (!number.is_finite()) {
    return number.to_string();
  }
  std::string text = number.to_scientific();
  const int exponent = std::stoi(text.substr(text.find('e') + 1));
  return exponent < -4 || exponent > 5 ? text : number.to_string();
}

}  // namespace hcl::functions
