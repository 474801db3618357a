// Lays HCL native syntax out in its canonical form, as HashiCorp's hclfmt does: two spaces for each
// level of brackets, one rule for the space between any two tokens, and the equals signs and
// trailing comments of neighbouring lines below each other.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "diagnostic/diagnostic.h"
#include "diagnostic/source_file.h"

namespace hcl {

/// The text of `source` in canonical layout, or its syntax errors. Only space between tokens
/// changes: lines stay lines, comments stay where they are, and what is within strings and heredocs
/// is not touched. The layout of a canonical text is the text. Takes time linear in the text.
[[nodiscard]] tl::expected<std::string, diagnostic::Diagnostics> canonical_layout(
    const diagnostic::SourceFile& source);

}  // namespace hcl
