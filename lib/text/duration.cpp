#include "text/duration.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace text {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  std::int64_t in_milliseconds;
};

constexpr std::array<Unit, 4> units = {{{.name = "h", .in_milliseconds = 3'600'000},
                                        {.name = "m", .in_milliseconds = 60'000},
                                        {.name = "s", .in_milliseconds = 1'000},
                                        {.name = "ms", .in_milliseconds = 1}}};

constexpr std::int64_t longest = 10'000 * units[0].in_milliseconds;

std::string_view take_while(std::string_view& text, bool (*wanted)(char)) {
  std::size_t length = 0;
  while (length < text.size() && wanted(text[length])) {
    ++length;
  }
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length);
  return taken;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

/// A decimal number as `digits` / `scale`, exact.
struct Decimal {
  std::int64_t digits = 0;
  std::int64_t scale = 1;
};

/// More digits than any sensible duration has are refused, so that nothing can overflow: `longest`
/// has eleven digits in milliseconds, a number of hours with three decimals eight.
std::optional<Decimal> take_decimal(std::string_view& text) {
  constexpr std::size_t most_digits = 11;
  const std::string_view whole = take_while(text, is_digit);
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_while(text, is_digit);
    if (fraction.empty()) {
      return std::nullopt;
    }
  }
  if (whole.empty() || whole.size() + fraction.size() > most_digits) {
    return std::nullopt;
  }
  Decimal decimal;
  for (const char digit : whole) {
    decimal.digits = decimal.digits * 10 + (digit - '0');
  }
  for (const char digit : fraction) {
    decimal.digits = decimal.digits * 10 + (digit - '0');
    decimal.scale *= 10;
  }
  return decimal;
}

std::string with_fraction(std::int64_t ms) {
  std::string seconds = fmt::format("{}.{:03}", ms / 1000, ms % 1000);
  seconds.erase(seconds.find_last_not_of('0') + 1);
  return seconds;
}

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  while (!text.empty()) {
    const auto number = take_decimal(text);
    const std::string_view name = take_while(text, is_letter);
    while (next_unit < units.size() && units[next_unit].name != name) {
      ++next_unit;
    }
    if (!number || next_unit == units.size()) {
      return std::nullopt;
    }
    const std::int64_t scaled = number->digits * units[next_unit].in_milliseconds;
    if (scaled % number->scale != 0) {
      return std::nullopt;
    }
    total += scaled / number->scale;
    if (total > longest) {
      return std::nullopt;
    }
    ++next_unit;
  }
  return milliseconds(total);
}

std::string format_duration(milliseconds duration) {
  std::int64_t rest = duration.count();
  if (rest == 0) {
    return "0s";
  }
  std::string out;
  for (const Unit& unit : units) {
    const std::int64_t count = rest / unit.in_milliseconds;
    if (count == 0) {
      continue;
    }
    if (unit.name == "s" && rest % unit.in_milliseconds != 0) {
      return out + with_fraction(rest) + "s";
    }
    out += fmt::format("{}{}", count, unit.name);
    rest -= count * unit.in_milliseconds;
  }
  return out;
}

std::string human_duration(std::chrono::nanoseconds duration,
                           std::chrono::seconds hundredths_below) {
  using Hundredths = std::chrono::duration<std::int64_t, std::centi>;
  using Tenths = std::chrono::duration<std::int64_t, std::deci>;
  // Each step rounds before it decides, so that 59.96 seconds are a minute and not "60.0s".
  const auto hundredths = std::chrono::round<Hundredths>(duration);
  if (hundredths < hundredths_below) {
    return fmt::format("{}.{:02}s", hundredths.count() / 100, hundredths.count() % 100);
  }
  const auto tenths = std::chrono::round<Tenths>(duration);
  if (tenths < std::chrono::minutes(1)) {
    return fmt::format("{}.{}s", tenths.count() / 10, tenths.count() % 10);
  }
  const auto seconds = std::chrono::round<std::chrono::seconds>(duration);
  if (seconds < std::chrono::hours(1)) {
    return fmt::format("{}m{:02}s", seconds.count() / 60, seconds.count() % 60);
  }
  const auto minutes = std::chrono::round<std::chrono::minutes>(duration);
  return fmt::format("{}h{:02}m", minutes.count() / 60, minutes.count() % 60);
}

}  // namespace text
