// HCL's numbers: binary floating point with 512 bits of mantissa, as the original computes them
// (the syntax-agnostic information model leaves the precision open; real configurations do not).
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hcl {

/// An immutable number. Copies share their digits, so copying is cheap.
class Number {
 public:
  Number() : Number(std::int64_t{0}) {}
  explicit Number(std::int64_t value);

  /// Reads the decimal form of the specification ("NumericLit": digits, fraction, exponent) with an
  /// optional sign. Nothing if `text` has another form, or its magnitude is out of range.
  [[nodiscard]] static std::optional<Number> parse(std::string_view text);

  /// The shortest decimal text that reads back as the same number; never an exponent. "-0", "+Inf"
  /// and "-Inf" exist.
  [[nodiscard]] std::string to_string() const;

  [[nodiscard]] bool is_integer() const;
  /// The value, if it is a whole number in range.
  [[nodiscard]] std::optional<std::int64_t> to_int64() const;

  friend Number operator+(const Number& a, const Number& b);
  friend Number operator-(const Number& a, const Number& b);
  friend Number operator*(const Number& a, const Number& b);
  friend Number operator-(const Number& a);
  /// x / 0 is an infinity. Nothing for 0 / 0, inf / inf.
  [[nodiscard]] static std::optional<Number> divide(const Number& a, const Number& b);
  /// The remainder with the sign of the dividend; x % 0 is x.
  [[nodiscard]] static std::optional<Number> modulo(const Number& a, const Number& b);

  friend bool operator==(const Number& a, const Number& b);
  friend std::weak_ordering operator<=>(const Number& a, const Number& b);

 private:
  struct Digits;
  explicit Number(std::shared_ptr<const Digits> digits);
  std::shared_ptr<const Digits> digits_;
};

}  // namespace hcl
