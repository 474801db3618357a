// Walks through the lines of a text.
#pragma once

#include <algorithm>
#include <string_view>

namespace text {

/// Calls `take` with each line without its end (LF, or CR LF); the last one may lack it.
template <typename Take>
void for_each_line(std::string_view lines, Take take) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    take(line);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

}  // namespace text
