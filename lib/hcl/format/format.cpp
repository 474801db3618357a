#include "hcl/format/format.h"

#include <algorithm>
#include <span>
#include <utility>

#include "hcl/format/layout.h"
#include "hcl/format/scanner.h"

namespace hcl {
namespace {

/// Writes tokens with the space that layout gave them. Where that is the space that was there, the
/// source is copied as a whole.
class Writer {
 public:
  explicit Writer(std::string_view source) : source_(source) {
    result_.reserve(source.size() + source.size() / 8);
  }

  void write(const layout::Token& token) {
    const std::string_view space = source_.substr(end_, token.begin - end_);
    const auto is_space = [](char c) { return c == ' '; };
    if (space.size() != token.spaces || !std::ranges::all_of(space, is_space)) {
      copy();
      result_.append(token.spaces, ' ');
      begin_ = token.begin;
    }
    end_ = token.end;
  }

  [[nodiscard]] std::string take() && {
    copy();
    return std::move(result_);
  }

 private:
  void copy() { result_.append(source_.substr(begin_, end_ - begin_)); }

  std::string_view source_;
  /// What is to be copied as it is.
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::string result_;
};

}  // namespace

std::string format(std::string_view text) {
  layout::Scanner scanner(text);
  layout::Layout layout(text);
  Writer writer(text);
  for (bool is_end = false; !is_end;) {
    const std::span<layout::Token> paragraph = scanner.scan_paragraph();
    layout.lay_out(paragraph);
    for (const layout::Token& token : paragraph) {
      writer.write(token);
    }
    is_end = paragraph.back().kind == layout::Kind::end_of_file;
  }
  return std::move(writer).take();
}

}  // namespace hcl
