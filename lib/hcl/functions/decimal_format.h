// Writes numbers as the verbs of format() ask for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "hcl/value/number.h"

namespace hcl::functions {

/// What stands between the percent sign and the letter of a verb.
struct FormatFlags {
  bool alternate = false;
  bool pads_with_zeros = false;
  bool left = false;
  bool plus = false;
  bool space = false;
  std::optional<std::size_t> width;
  std::optional<std::size_t> precision;
};

/// `number`, a whole one, for the verbs b, d, o, x and X.
[[nodiscard]] std::string format_whole(const Number& number, char verb, const FormatFlags& flags);

/// For the verbs e, E, f, g and G.
[[nodiscard]] std::string format_fraction(const Number& number, char verb,
                                          const FormatFlags& flags);

/// As %v shows a number: in as few digits as read back the same, with an exponent where that is
/// below -4 or above 5.
[[nodiscard]] std::string shortest_text(const Number& number);

}  // namespace hcl::functions
