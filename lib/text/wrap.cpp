#include "text/wrap.h"

#include <algorithm>

#include "text/utf8.h"

namespace text {

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::size_t columns = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (word.empty()) {
      continue;
    }
    const std::size_t word_columns = display_width(word);
    if (lines.empty() || columns + 1 + word_columns > width) {
      lines.emplace_back(word);
      columns = word_columns;
    } else {
      lines.back().append(" ").append(word);
      columns += 1 + word_columns;
    }
  }
  return lines;
}

}  // namespace text
