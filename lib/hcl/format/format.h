// Lays HCL native syntax out in its canonical form, as HashiCorp's hclfmt does: two spaces for each
// level of brackets, one rule for the space between any two tokens, and the equals signs and
// trailing comments of neighbouring lines below each other.
#pragma once

#include <string>
#include <string_view>

namespace hcl {

/// `text` in canonical layout. Only space between tokens changes: lines stay lines, comments stay
/// where they are, and what is within strings and heredocs is not touched. Formatting twice gives
/// the same as formatting once.
///
/// The text need not be valid: half-written text is laid out as far as its tokens go. It takes time
/// and memory linear in the text, up to 4 GiB of it, however deep its brackets are.
[[nodiscard]] std::string format(std::string_view text);

}  // namespace hcl
