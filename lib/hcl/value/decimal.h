// Writes a binary number in decimal: all of it, or with no more digits than it takes to read the
// same number back.
#pragma once

#include <gmp.h>

#include <string>

namespace hcl {

/// `mantissa` times 2 to the power of `exponent`, positive, in the fewest digits that lie within
/// half a unit of the mantissa's last place; the nearer ones where there is a choice. Never an
/// exponent. Takes time and memory in proportion to the magnitude of `exponent`.
[[nodiscard]] std::string shortest_decimal(const mpz_t mantissa, long exponent);

/// The same with all digits there are.
[[nodiscard]] std::string exact_decimal(const mpz_t mantissa, long exponent);

}  // namespace hcl
