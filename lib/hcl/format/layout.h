// Decides the space before every token of a text: indentation, the space within lines, and the
// columns of equals signs and trailing comments.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "hcl/format/scanner.h"

namespace hcl::layout {

/// A line of tokens in up to three cells. `assignment` begins with the equals sign, if the value
/// behind it ends on the line; `comment` is the comment at the end, if something stands before it.
struct Line {
  std::span<Token> lead;
  std::span<Token> assignment;
  std::span<Token> comment;
};

/// The levels of indentation: for each the number of brackets that were opened on the line that
/// began it. A line that opens several is one level, and so is what closes them.
class Levels {
 public:
  [[nodiscard]] std::uint32_t spaces() const {
    return 2 * static_cast<std::uint32_t>(levels_.size());
  }
  void open(int brackets) { levels_.push_back(brackets); }
  void close(int brackets);

 private:
  std::vector<int> levels_;
};

class Layout {
 public:
  explicit Layout(std::string_view source) : source_(source) {}

  /// Sets `spaces` of all `tokens`, which are the next paragraph of the source.
  void lay_out(std::span<Token> tokens);

 private:
  void split_lines(std::span<Token> tokens);
  void indent();

  std::string_view source_;
  bool is_first_ = true;
  Levels levels_;
  /// Those of the paragraph.
  std::vector<Line> lines_;
};

}  // namespace hcl::layout
