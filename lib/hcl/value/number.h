// HCL's numbers: binary floating point with 512 bits of mantissa, as the original computes them
// (the syntax-agnostic information model leaves the precision open; real configurations do not).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hcl {

/// An immutable number; an infinity is one too, a NaN is not. Copies share their digits, so copying
/// is cheap.
///
/// Magnitudes are limited to 2 to the power of ±4096 (about 10 to the ±1233), so that no number
/// takes much memory to print: beyond that, parse() gives nothing and arithmetic gives infinity or
/// zero.
///
/// As in the original, a number that a program made (a length, the result of a function) has only
/// the precision of its machine type, and arithmetic has the higher precision of its operands: that
/// decides how many digits 1/3 has.
class Number {
 public:
  /// Known to the files that make its functions.
  struct Digits;

  Number() : Number(std::int64_t{0}) {}
  /// With a precision of 64 bits.
  explicit Number(std::int64_t value);

  /// Reads a decimal number as the original converts it from a string: digits, fraction and
  /// exponent, with an optional sign; the digits before or behind the point may be missing. Nothing
  /// if `text` has another form, or its magnitude is beyond the limit.
  [[nodiscard]] static std::optional<Number> parse(std::string_view text);

  /// Reads a whole number in a base from 2 to 62: digits with an optional sign. The letters are the
  /// digits from 10 on, in either case up to base 36; beyond that a to z come before A to Z.
  [[nodiscard]] static std::optional<Number> parse_integer(std::string_view text, int base);

  /// The same value, with the precision of a double: its shortest decimal text is that of the
  /// double. Nothing for a NaN.
  [[nodiscard]] static std::optional<Number> from_double(double value);

  /// The double nearest to `base` to the power of `exponent`. Nothing where that is no real number.
  [[nodiscard]] static std::optional<Number> power(double base, double exponent);

  /// The shortest decimal text that reads back as the same number at its precision, so that pow(2,
  /// 60) is 1152921504606847000, as a double has it; never an exponent. "-0", "+Inf"
  /// and "-Inf" exist.
  [[nodiscard]] std::string to_string() const;

  /// The same with an exponent, as of a double: "1.25e+01". The value is finite.
  [[nodiscard]] std::string to_scientific() const;

  /// As printf writes a double for %e, %f or %g with that many places; the value is finite.
  [[nodiscard]] std::string print(char verb, std::size_t places) const;

  /// A whole number in base 2 to 36, in lower case.
  [[nodiscard]] std::string to_string_in_base(int base) const;

  [[nodiscard]] bool is_integer() const;
  [[nodiscard]] bool is_finite() const;
  /// The value, if it is a whole number in range.
  [[nodiscard]] std::optional<std::int64_t> to_int64() const;
  /// The nearest double, if that is finite.
  [[nodiscard]] std::optional<double> to_double() const;

  // The nearest whole number that is not greater, or not smaller; an infinity is its own. A zero
  // has no sign.
  [[nodiscard]] Number floor() const;
  [[nodiscard]] Number ceil() const;
  [[nodiscard]] Number abs() const;
  /// -1, 0 or 1.
  [[nodiscard]] int sign() const;

  // Arithmetic, rounded to nearest. Nothing where there is no answer: inf - inf, 0 * inf, 0 / 0,
  // inf / inf, a remainder of or by an infinity.
  [[nodiscard]] static std::optional<Number> add(const Number& a, const Number& b);
  [[nodiscard]] static std::optional<Number> subtract(const Number& a, const Number& b);
  [[nodiscard]] static std::optional<Number> multiply(const Number& a, const Number& b);
  /// x / 0 is an infinity.
  [[nodiscard]] static std::optional<Number> divide(const Number& a, const Number& b);
  /// The remainder with the sign of the dividend; x % 0 is x, infinite or not.
  [[nodiscard]] static std::optional<Number> modulo(const Number& a, const Number& b);
  friend Number operator-(const Number& a);

  /// Whole numbers are equal by value, others if they have one decimal text, whatever their
  /// precision: pow(2, 0.5) is 1.4142135623730951.
  friend bool operator==(const Number& a, const Number& b);
  friend std::weak_ordering operator<=>(const Number& a, const Number& b);

 private:
  using Operation = int (*)(Digits& result, const Digits& a, const Digits& b);
  using Rounding = int (*)(Digits& result, const Digits& digits);

  explicit Number(std::shared_ptr<const Digits> digits);
  [[nodiscard]] Number whole(Rounding round) const;
  static std::optional<Number> compute(Operation operation, const Number& a, const Number& b);

  std::shared_ptr<const Digits> digits_;
};

}  // namespace hcl
