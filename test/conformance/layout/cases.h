// Makes up texts to lay out: whole files of nested blocks and expressions, badly spaced, and texts
// with something missing, doubled or out of place. The same seed gives the same texts.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

class Cases {
 public:
  explicit Cases(unsigned seed) : random_(seed) {}

  /// A file without a mistake, but in no canonical layout.
  [[nodiscard]] std::string file();

  /// `text` with a few mistakes in it.
  [[nodiscard]] std::string damaged(std::string_view text);

 private:
  [[nodiscard]] std::size_t below(std::size_t limit);
  [[nodiscard]] bool once_in(std::size_t times) { return below(times) == 0; }
  [[nodiscard]] std::string_view one_of(const std::vector<std::string_view>& choices);

  void body(std::size_t depth);
  void attribute(std::size_t depth);
  void block(std::size_t depth);
  void line_end();
  void expression(std::size_t depth);
  void term(std::size_t depth);
  void list(std::string_view open, std::string_view close, std::size_t depth);
  void object(std::size_t depth);
  void for_expression(std::size_t depth);
  void quoted(std::size_t depth);
  void heredoc(std::size_t depth);
  void template_part(std::size_t depth);
  /// Some space, or none.
  void gap();
  /// Space between tokens, where newlines mean nothing also a newline.
  void wide_gap();
  void put(std::string_view text) { text_ += text; }
  /// Tokens with gaps around each.
  void put_spaced(std::string_view text);

  std::mt19937 random_;
  std::string text_;
  bool newlines_mean_nothing_ = false;
};

}  // namespace conformance
