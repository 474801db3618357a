// All tokens of a text as layout sees them, paragraph by paragraph.
#pragma once

#include <string_view>
#include <vector>

#include "hcl/format/scanner.h"

namespace hcl {

inline std::vector<layout::Token> all_tokens(std::string_view text) {
  layout::Scanner scanner(text);
  std::vector<layout::Token> tokens;
  do {
    const auto paragraph = scanner.scan_paragraph();
    tokens.insert(tokens.end(), paragraph.begin(), paragraph.end());
  } while (tokens.back().kind != layout::Kind::end_of_file);
  return tokens;
}

}  // namespace hcl
