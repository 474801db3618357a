#include "hcl/value/decimal.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "hcl/value/integer.h"

namespace hcl {
namespace {

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

}  // namespace

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

std::string exact_decimal(const mpz_t mantissa, long exponent) {
  const Interval interval = surround(mantissa, exponent);
  return with_point(interval.number, interval.scale);
}

}  // namespace hcl
