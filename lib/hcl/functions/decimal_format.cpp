#include "hcl/functions/decimal_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string_view>

namespace hcl::functions {
namespace {

/// The magnitude 0.DIGITS times ten to the power of `point`; zero has no digits.
struct Decimal {
  std::string digits;
  std::int64_t point = 0;

  /// The digit that many places behind the first one.
  [[nodiscard]] char at(std::int64_t place) const {
    const bool is_there = place >= 0 && place < static_cast<std::int64_t>(digits.size());
    return is_there ? digits[static_cast<std::size_t>(place)] : '0';
  }
};

Decimal parse_decimal(std::string_view text) {
  Decimal decimal;
  const std::size_t point = std::min(text.find('.'), text.size());
  decimal.digits = text.substr(0, point);
  decimal.point = static_cast<std::int64_t>(point);
  decimal.digits += text.substr(std::min(point + 1, text.size()));
  const std::size_t zeros = std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size());
  decimal.digits.erase(0, zeros);
  decimal.point -= static_cast<std::int64_t>(zeros);
  decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  decimal.point = decimal.digits.empty() ? 0 : decimal.point;
  return decimal;
}

bool rounds_up(const Decimal& decimal, std::size_t count) {
  const bool is_half = decimal.digits[count] == '5' && count + 1 == decimal.digits.size();
  const bool is_odd = count > 0 && (decimal.digits[count - 1] - '0') % 2 != 0;
  return is_half ? is_odd : decimal.digits[count] >= '5';
}

/// Leaves `count` digits, rounded half to even. All of them lie too far behind the point to count
/// where `count` is negative.
void round(Decimal& decimal, std::int64_t count) {
  if (count < 0 || count >= static_cast<std::int64_t>(decimal.digits.size())) {
    return;
  }
  const auto kept = static_cast<std::size_t>(count);
  const bool up = rounds_up(decimal, kept);
  decimal.digits.resize(kept);
  if (up) {
    decimal.digits.erase(decimal.digits.find_last_not_of('9') + 1);
    if (decimal.digits.empty()) {
      decimal.digits = "1";
      ++decimal.point;
    } else {
      ++decimal.digits.back();
    }
  }
  decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  decimal.point = decimal.digits.empty() ? 0 : decimal.point;
}

/// "1.50e+02": one digit, `places` more, and an exponent of two digits or more.
std::string with_exponent(const Decimal& decimal, std::int64_t places) {
  std::string text(1, decimal.at(0));
  text += places > 0 ? "." : "";
  for (std::int64_t i = 1; i <= places; ++i) {
    text += decimal.at(i);
  }
  const std::int64_t exponent = decimal.digits.empty() ? 0 : decimal.point - 1;
  return text + fmt::format("e{}{:02}", exponent < 0 ? '-' : '+', std::abs(exponent));
}

/// "150.00": all digits before the point and `places` behind it.
std::string without_exponent(const Decimal& decimal, std::int64_t places) {
  std::string text = decimal.point > 0 ? "" : "0";
  for (std::int64_t i = 0; i < decimal.point; ++i) {
    text += decimal.at(i);
  }
  text += places > 0 ? "." : "";
  for (std::int64_t i = 0; i < places; ++i) {
    text += decimal.at(decimal.point + i);
  }
  return text;
}

/// Whichever of the two is shorter, as C has it. Without a precision the digits are as many as it
/// takes to read the number back.
std::string general(const Number& magnitude, std::optional<std::size_t> precision) {
  Decimal decimal = parse_decimal(precision ? magnitude.to_exact_string() : magnitude.to_string());
  std::int64_t wanted = static_cast<std::int64_t>(decimal.digits.size());
  std::int64_t exponent_limit = 6;
  if (precision) {
    wanted = std::max<std::int64_t>(static_cast<std::int64_t>(*precision), 1);
    round(decimal, wanted);
    const auto count = static_cast<std::int64_t>(decimal.digits.size());
    exponent_limit = wanted > count && count >= decimal.point ? count : wanted;
  }
  const auto count = static_cast<std::int64_t>(decimal.digits.size());
  const std::int64_t exponent = decimal.point - 1;
  if (exponent < -4 || exponent >= exponent_limit) {
    return with_exponent(decimal, std::min(wanted, count) - 1);
  }
  const std::int64_t shown = wanted > decimal.point ? count : wanted;
  return without_exponent(decimal, std::max<std::int64_t>(shown - decimal.point, 0));
}

std::string magnitude_text(const Number& magnitude, char verb,
                           std::optional<std::size_t> precision) {
  constexpr std::int64_t default_precision = 6;
  const auto places = static_cast<std::int64_t>(precision.value_or(default_precision));
  Decimal decimal;
  switch (verb) {
    case 'e':
      decimal = parse_decimal(magnitude.to_exact_string());
      round(decimal, places + 1);
      return with_exponent(decimal, places);
    case 'f':
      decimal = parse_decimal(magnitude.to_exact_string());
      round(decimal, decimal.point + places);
      return without_exponent(decimal, places);
    default:
      return general(magnitude, precision);
  }
}

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
  const std::string digits = magnitude_text(number.abs(), lower, flags.precision);
  return padded(sign_of(is_negative(number), flags), is_upper ? in_upper_case(digits) : digits,
                flags, true);
}

std::string shortest_text(const Number& number) {
  return number.is_finite() ? sign_of(is_negative(number), {}) + general(number.abs(), std::nullopt)
                            : number.to_string();
}

}  // namespace hcl::functions
