#include "diagnostic/source_file.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "text/utf8.h"

namespace diagnostic {

SourceFile::SourceFile(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {}

std::string_view SourceFile::text(Range range) const {
  const std::size_t begin = std::min<std::size_t>(range.begin, text_.size());
  const std::size_t end = std::clamp<std::size_t>(range.end, begin, text_.size());
  return text().substr(begin, end - begin);
}

Position SourceFile::position(std::size_t offset) const {
  find_lines();
  offset = std::min(offset, text_.size());
  const auto next_line = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::size_t start = *std::prev(next_line);
  // The rest of the text is passed too: what follows the offset may belong to the cluster before.
  const std::string_view from_start = text().substr(start);
  return {.line = static_cast<std::size_t>(next_line - line_starts_.begin()),
          .column = 1 + text::count_graphemes_before(from_start, offset - start),
          .byte = offset};
}

std::string_view SourceFile::line(std::size_t number) const {
  find_lines();
  if (number == 0 || number > line_starts_.size()) {
    return {};
  }
  const std::size_t start = line_starts_[number - 1];
  if (number == line_starts_.size()) {
    return text().substr(start);
  }
  std::string_view line = text().substr(start, line_starts_[number] - 1 - start);
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

void SourceFile::find_lines() const {
  if (!line_starts_.empty()) {
    return;
  }
  line_starts_.push_back(0);
  const char* const begin = text_.data();
  const char* const end = begin + text_.size();
  const char* at = begin;
  while (at != end) {
    const void* newline = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (newline == nullptr) {
      break;
    }
    at = static_cast<const char*>(newline) + 1;
    line_starts_.push_back(static_cast<std::uint32_t>(at - begin));
  }
}

}  // namespace diagnostic
