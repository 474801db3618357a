// Decides the space before every token of a text: indentation, the space within lines, and the
// columns of equals signs and trailing comments.
#pragma once

#include <span>
#include <string_view>

#include "hcl/format/scanner.h"

namespace hcl::layout {

/// Sets `spaces` of all `tokens`, which are those of `source`.
void lay_out(std::span<Token> tokens, std::string_view source);

}  // namespace hcl::layout
