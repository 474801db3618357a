// Says whether a space goes between two tokens of a line: the one table of rules that layout has
// for what is within a line.
#pragma once

#include <span>
#include <string_view>

#include "hcl/format/scanner.h"

namespace hcl::layout {

/// Whether a space goes between the tokens `index` and `index + 1` of `cell`, which are part of
/// one line of `source`.
[[nodiscard]] bool space_after(std::span<const Token> cell, std::size_t index,
                               std::string_view source);

}  // namespace hcl::layout
