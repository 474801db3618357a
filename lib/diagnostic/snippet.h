// One line of a source text as a terminal shows it, and the carets that go below it. Everything
// that makes aligning them hard (tabs, wide characters, control characters, lines too long to show)
// is dealt with here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace diagnostic {

struct Snippet {
  /// The line, or the part of it around the mark.
  std::string source;
  /// What moves the carets under the mark: spaces and tabs.
  std::string padding;
  /// At least one.
  std::string carets;
};

/// The snippet for the bytes from `begin` to `end` of `line`, both offsets into it. Clusters that
/// the mark only touches are marked whole; an empty mark, or one past the end, is one caret.
[[nodiscard]] Snippet make_snippet(std::string_view line, std::size_t begin, std::size_t end);

}  // namespace diagnostic
