// Decodes the literal text of templates: escapes in quoted strings, and the doubled `$${` and
// `%%{` everywhere.
#pragma once

#include <string>
#include <string_view>

#include "diagnostic/source_file.h"
#include "hcl/syntax/reporter.h"

namespace hcl::syntax {

/// `text` stands at `begin` in the source. A bad escape is reported and left out.
[[nodiscard]] std::string decode_quoted(std::string_view text, std::uint32_t begin,
                                        Reporter& reporter);

[[nodiscard]] std::string decode_heredoc(std::string_view text);

}  // namespace hcl::syntax
