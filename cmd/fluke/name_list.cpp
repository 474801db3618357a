#include "fluke/name_list.h"

#include <cstddef>

namespace fluke {

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names(1);
  bool is_quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ',' && !is_quoted) {
      names.emplace_back();
      continue;
    }
    names.back() += c;
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == '\\' && is_quoted && at + 1 < text.size()) {
      names.back() += text[++at];
    }
  }
  return names;
}

}  // namespace fluke
