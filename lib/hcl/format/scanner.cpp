#include "hcl/format/scanner.h"

#include <algorithm>
#include <iterator>

#include "hcl/syntax/characters.h"

namespace hcl::layout {
namespace {

using syntax::has_class;

/// The operators of two characters, and what else begins with one of their first.
struct Pair {
  std::string_view text;
  Kind kind;
};
constexpr Pair pairs[] = {
    {"==", Kind::binary_operator}, {"!=", Kind::binary_operator}, {">=", Kind::binary_operator},
    {"<=", Kind::binary_operator}, {"&&", Kind::binary_operator}, {"||", Kind::binary_operator},
    {"=>", Kind::other},           {"::", Kind::colon_colon},
};

/// The pair that `text` begins with, or null.
const Pair* pair_at(std::string_view text) {
  // Hardly any symbol is one, and all of them end so.
  if (text.size() < 2 || std::string_view("=&|>:").find(text[1]) == std::string_view::npos) {
    return nullptr;
  }
  const auto* found =
      std::ranges::find_if(pairs, [text](const Pair& pair) { return text.starts_with(pair.text); });
  return found == std::end(pairs) ? nullptr : found;
}

Kind kind_of(char c) {
  switch (c) {
    case '[':
      return Kind::bracket_open;
    case ']':
      return Kind::bracket_close;
    case '(':
      return Kind::paren_open;
    case ')':
      return Kind::paren_close;
    case '=':
      return Kind::equals;
    case ',':
      return Kind::comma;
    case '.':
      return Kind::dot;
    case '?':
      return Kind::question;
    case ':':
      return Kind::colon;
    case '!':
      return Kind::bang;
    case '-':
      return Kind::minus;
    case '+':
    case '*':
    case '/':
    case '%':
    case '<':
    case '>':
      return Kind::binary_operator;
    default:
      return Kind::other;
  }
}

}  // namespace

bool ends_line(const Token& token, std::string_view source) {
  return token.kind == Kind::newline ||
         (token.kind == Kind::comment && source[token.end - 1] == '\n');
}

Scanner::Scanner(std::string_view text) : text_(text) {
  if (text_.starts_with(byte_order_mark)) {
    position_ = byte_order_mark.size();
  }
}

std::span<Token> Scanner::scan_paragraph() {
  tokens_.clear();
  while (position_ < text_.size()) {
    if (modes_.empty() || modes_.back().context == Context::sequence) {
      code();
    } else if (modes_.back().context == Context::quoted) {
      quoted();
    } else {
      heredoc();
    }
    if (is_behind_paragraph()) {
      return tokens_;
    }
  }
  take(Kind::end_of_file, 0);
  return tokens_;
}

bool Scanner::is_behind_paragraph() const {
  return !tokens_.empty() && tokens_.back().kind == Kind::newline &&
         (tokens_.size() == 1 || ends_line(tokens_[tokens_.size() - 2], text_));
}

void Scanner::take(Kind kind, std::size_t size) {
  const std::size_t end = position_ + size;
  tokens_.push_back({.begin = static_cast<std::uint32_t>(position_),
                     .end = static_cast<std::uint32_t>(end),
                     .spaces = static_cast<std::uint32_t>(position_ - last_end_),
                     .kind = kind});
  position_ = end;
  last_end_ = end;
}

void Scanner::code() {
  while (at(position_) == ' ' || at(position_) == '\t') {
    ++position_;
  }
  if (position_ == text_.size()) {
    return;
  }
  const char c = text_[position_];
  if (c == '\n') {
    take(Kind::newline, 1);
  } else if (c == '\r' && at(position_ + 1) == '\n') {
    take(Kind::newline, 2);
  } else if (has_class(c, syntax::digit)) {
    number();
  } else if (const std::size_t size = identifier_size(position_); size > 0) {
    take(Kind::identifier, size);
  } else if (!comment() && !open_heredoc()) {
    symbol();
  }
}

/// The bytes of the identifier at `begin`, or 0.
std::size_t Scanner::identifier_size(std::size_t begin) const {
  std::size_t end = begin;
  while (end < text_.size()) {
    const bool is_first = end == begin;
    if (static_cast<unsigned char>(text_[end]) < 0x80) {
      if (!has_class(text_[end],
                     is_first ? syntax::identifier_start : syntax::identifier_continue)) {
        break;
      }
      ++end;
      continue;
    }
    const syntax::Character next = syntax::first_character(text_.substr(end));
    if (next.size == 0 || !(is_first ? syntax::is_identifier_start(next.code)
                                     : syntax::is_identifier_continue(next.code))) {
      break;
    }
    end += next.size;
  }
  return end - begin;
}

/// Every adjacent digit, point and exponent belongs to a number, but it does not end with a point.
void Scanner::number() {
  std::size_t next = position_;
  std::size_t end = position_;
  while (true) {
    const char c = at(next);
    if (has_class(c, syntax::digit)) {
      end = ++next;
    } else if (c == '.') {
      ++next;
    } else if (c == 'e' || c == 'E') {
      const char sign = at(next + 1);
      next += sign == '+' || sign == '-' ? 2 : 1;
      if (!has_class(at(next), syntax::digit)) {
        break;
      }
    } else {
      break;
    }
  }
  take(Kind::number, end - position_);
}

/// Takes a comment. One that is never closed is no comment but two operators.
bool Scanner::comment() {
  const char second = at(position_ + 1);
  if (text_[position_] == '#' || (text_[position_] == '/' && second == '/')) {
    const std::size_t end = text_.find('\n', position_);
    take(Kind::comment, (end == std::string_view::npos ? text_.size() : end + 1) - position_);
    return true;
  }
  if (text_[position_] != '/' || second != '*' || !comments_may_close_) {
    return false;
  }
  const std::size_t end = text_.find("*/", position_ + 2);
  comments_may_close_ = end != std::string_view::npos;
  if (comments_may_close_) {
    take(Kind::comment, end + 2 - position_);
  }
  return comments_may_close_;
}

/// The bytes of the character at `begin`. It is only asked whether they have the form of one; a
/// byte that is no character stands for itself.
std::size_t Scanner::character_size(std::size_t begin) const {
  const auto first = static_cast<unsigned char>(text_[begin]);
  std::size_t size = 1;
  if (first >= 0xC0 && first < 0xF8) {
    size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  }
  for (std::size_t i = 1; i < size; ++i) {
    if ((static_cast<unsigned char>(at(begin + i)) & 0xC0U) != 0x80U) {
      return 1;
    }
  }
  return size;
}

void Scanner::close_brace(std::size_t size) {
  const bool in_sequence = !modes_.empty();
  if (in_sequence && modes_.back().braces == 0) {
    modes_.pop_back();
    take(Kind::sequence_close, size);
    return;
  }
  if (in_sequence) {
    --modes_.back().braces;
  }
  // A `~}` is never a brace, even where no sequence is open.
  take(size == 1 ? Kind::brace_close : Kind::sequence_close, size);
}

void Scanner::symbol() {
  const std::string_view rest = text_.substr(position_, 3);
  if (rest.starts_with('"')) {
    take(Kind::quote_open, 1);
    modes_.push_back({.context = Context::quoted, .marker = {}});
  } else if (rest.starts_with('{')) {
    take(Kind::brace_open, 1);
    if (!modes_.empty()) {
      ++modes_.back().braces;
    }
  } else if (rest.starts_with('}')) {
    close_brace(1);
  } else if (rest.starts_with("~}")) {
    close_brace(2);
  } else if (rest == "...") {
    take(Kind::ellipsis, 3);
  } else if (const Pair* pair = pair_at(rest)) {
    take(pair->kind, 2);
  } else {
    take(kind_of(rest.front()), character_size(position_));
  }
}

}  // namespace hcl::layout
