// A text that diagnostics point into. Everything else carries byte offsets only; lines and columns
// are worked out here, and only when somebody asks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace diagnostic {

/// A half-open range of byte offsets into one source file. An empty range marks a place between
/// two bytes.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool empty() const { return begin == end; }
  friend bool operator==(const Range&, const Range&) = default;
};

/// The smallest range that holds both.
[[nodiscard]] constexpr Range join(Range a, Range b) {
  return {a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

/// A place as a person counts: both from 1, the column in grapheme clusters (HCL specification,
/// "Source Code Representation"); `byte` from 0.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
  std::size_t byte = 0;
};

/// One source text and the name to show for it. Neither copied nor moved once diagnostics point at
/// it: keep it in place for as long as any of them lives.
class SourceFile {
 public:
  /// `text` holds at most 4 GiB - 1 bytes.
  SourceFile(std::string name, std::string text);
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(Range range) const;

  /// Builds the table of lines at the first call. `offset` may be the end of the text.
  [[nodiscard]] Position position(std::size_t offset) const;

  /// The line (counted from 1) without its line end.
  [[nodiscard]] std::string_view line(std::size_t number) const;

 private:
  void find_lines() const;

  std::string name_;
  std::string text_;
  mutable std::vector<std::uint32_t> line_starts_;
};

}  // namespace diagnostic
