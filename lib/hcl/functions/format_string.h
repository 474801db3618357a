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
  FormatFlags flags;
  /// Which of the values it shows, from 0 on.
  std::size_t value = 0;

  /// The last character of the verb.
  [[nodiscard]] char letter() const { return verb.back(); }
};

struct FormatError {
  /// As far as it was read.
  std::string_view verb;
  /// In the words of a diagnostic's detail.
  std::string why;
};

/// The parts refer to `text`, and so does an error.
[[nodiscard]] tl::expected<std::vector<FormatPart>, FormatError> parse_format(
    std::string_view text);

}  // namespace hcl::functions
