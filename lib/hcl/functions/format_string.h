// The format strings of format() and formatlist(): literal text and verbs, "%5.2f".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "hcl/functions/decimal_format.h"

namespace hcl::functions {

/// Literal text, and the verb behind it.
struct FormatPart {
  std::string literal;
  /// As it is written; empty if there is only the text.
  std::string_view verb;
  Layout layout;
  /// Which of the values it shows, from 0 on.
  std::size_t value = 0;

  /// The last character of the verb.
  [[nodiscard]] char letter() const { return verb.back(); }
};

/// The parts refer to `text`. An error says, in the words of a diagnostic's detail, what is wrong.
[[nodiscard]] tl::expected<std::vector<FormatPart>, std::string> parse_format(
    std::string_view text);

}  // namespace hcl::functions
