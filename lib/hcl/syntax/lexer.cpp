#include "hcl/syntax/lexer.h"

#include <algorithm>
#include <utility>

#include "hcl/syntax/characters.h"
#include "hcl/syntax/parser.h"

namespace hcl::syntax {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

Lexer::Lexer(std::string_view text, Reporter& reporter, Start start, Trivia trivia)
    : text_(text),
      size_(static_cast<std::uint32_t>(text.size())),
      reporter_(reporter),
      trivia_(trivia) {
  if (start == Start::text) {
    push({.context = Context::file,
          .at_line_start = false,
          .open_begin = 0,
          .open_end = 0,
          .braces = 0,
          .marker = {}});
  }
  if (text_.starts_with(byte_order_mark)) {
    position_ = static_cast<std::uint32_t>(byte_order_mark.size());
    line_begin_ = position_;
  }
}

Token Lexer::next() {
  if (reporter_.closed()) {
    position_ = size_;
    modes_.clear();
  }
  if (modes_.empty() || modes_.back().context == Context::sequence) {
    return trivia_ == Trivia::keep ? next_with_trivia() : next_in_code();
  }
  return modes_.back().context == Context::quoted ? next_in_quotes() : next_in_heredoc();
}

void Lexer::restart_at(const Token& token) {
  modes_.clear();
  position_ = token.begin;
  line_begin_ = token.begin - token.indent;
  line_is_fresh_ = token.is_first_on_line;
  indent_ = token.indent;
}

void Lexer::push(Mode mode) {
  // The parser's own limit comes first, except while it skips what it could not read.
  if (modes_.size() > 2 * static_cast<std::size_t>(max_nesting)) {
    reporter_.close();
    return;
  }
  modes_.push_back(mode);
}

Token Lexer::make(TokenKind kind, std::uint32_t begin) {
  if (line_is_fresh_) {
    indent_ = begin - line_begin_;
  }
  return {.begin = begin,
          .end = position_,
          .kind = kind,
          .is_first_on_line = std::exchange(line_is_fresh_, false),
          .indent = indent_};
}

void Lexer::line_break(std::uint32_t end) {
  position_ = end;
  line_begin_ = end;
  line_is_fresh_ = true;
}

/// Skips spaces and comments up to the end of the line. True if a newline comes next.
bool Lexer::skip_space() {
  while (true) {
    skip_while([](char c) { return c == ' ' || c == '\t'; });
    if (position_ == size_) {
      return false;
    }
    const char c = text_[position_];
    if (c == '\n') {
      return true;
    }
    if (c == '\r' && at(position_ + 1) == '\n') {
      ++position_;
    } else if ((c != '#' && c != '/') || !skip_comment()) {
      return false;
    }
  }
}

bool Lexer::skip_comment() {
  const char second = at(position_ + 1);
  if (text_[position_] == '#' || second == '/') {
    position_ =
        static_cast<std::uint32_t>(std::min<std::size_t>(text_.find('\n', position_), size_));
    return true;
  }
  if (second != '*') {
    return false;
  }
  const std::size_t end = text_.find("*/", position_ + 2);
  if (end == std::string_view::npos) {
    reporter_.report(Kind::unterminated_comment, {position_, position_ + 2},
                     "comment is not closed",
                     "a comment that begins with \"/*\" ends with \"*/\"; comments do not nest");
    position_ = size_;
    return true;
  }
  position_ = static_cast<std::uint32_t>(end) + 2;
  return true;
}

/// A newline stands for all that follow it with nothing but space and comments between.
Token Lexer::newline() {
  const std::uint32_t begin = position_;
  ++position_;
  const Token token = make(TokenKind::newline, begin);
  line_break(position_);
  while (skip_space()) {
    line_break(position_ + 1);
  }
  return token;
}

Token Lexer::next_with_trivia() {
  skip_while([](char c) { return c == ' ' || c == '\t'; });
  const std::uint32_t begin = position_;
  const std::uint32_t newline = begin + (at(begin) == '\r' ? 1 : 0);
  if (at(newline) == '\n') {
    position_ = newline + 1;
    return make(TokenKind::newline, begin);
  }
  if ((at(begin) == '#' || at(begin) == '/') && skip_comment()) {
    const bool is_block = text_.substr(begin).starts_with("/*");
    position_ += is_block || position_ == size_ ? 0 : 1;
    return make(TokenKind::comment, begin);
  }
  return next_in_code();
}

Token Lexer::next_in_code() {
  do {
    if (skip_space()) {
      return newline();
    }
  } while (is_foreign(at(position_)) && skip_invisible());
  if (position_ >= size_) {
    modes_.clear();
    return make(TokenKind::end_of_file, size_);
  }
  const char c = text_[position_];
  if (has_class(c, identifier_start)) {
    return identifier();
  }
  if (has_class(c, digit)) {
    return number();
  }
  if (is_foreign(c)) {
    return foreign_character();
  }
  return symbol();
}

Token Lexer::identifier() {
  const std::uint32_t begin = position_;
  skip_identifier();
  return make(TokenKind::identifier, begin);
}

void Lexer::skip_identifier() {
  while (true) {
    skip_while([](char c) { return has_class(c, identifier_continue); });
    if (!is_foreign(at(position_))) {
      break;
    }
    const text::CodePoint next = first_character(rest());
    if (next.length == 0 || !is_identifier_continue(next.value)) {
      break;
    }
    position_ += static_cast<std::uint32_t>(next.length);
  }
}

/// `e1`, `E-7`.
bool Lexer::at_exponent(std::uint32_t position) const {
  const char sign = at(position + 1);
  return (at(position) == 'e' || at(position) == 'E') &&
         has_class(at(position + (sign == '+' || sign == '-' ? 2U : 1U)), digit);
}

/// A number takes every adjacent digit, fraction and exponent, so that `1.2.3` is one bad number
/// and not two good ones. `1.e1` is one too, as in the original, but in `a.0.e1` is an attribute.
Token Lexer::number() {
  const std::uint32_t begin = position_;
  const bool is_index = begin > 0 && text_[begin - 1] == '.';
  bool is_bad = false;
  bool has_point = false;
  bool has_exponent = false;
  std::uint32_t end = position_;
  while (true) {
    const char c = at(position_);
    if (has_class(c, digit)) {
      end = ++position_;
    } else if (c == '.') {
      // A point counts only if more of the number follows it.
      std::uint32_t next = position_;
      while (at(next) == '.') {
        ++next;
      }
      if (!has_class(at(next), digit) && (is_index || !at_exponent(next))) {
        break;
      }
      is_bad = is_bad || has_point || has_exponent || next - position_ > 1;
      has_point = true;
      position_ = next;
    } else if (at_exponent(position_)) {
      is_bad = is_bad || has_exponent;
      has_exponent = true;
      position_ += has_class(at(position_ + 1), digit) ? 1 : 2;
    } else {
      break;
    }
  }
  position_ = end;
  Token token = make(TokenKind::number, begin);
  if (is_bad) {
    reporter_.report(Kind::invalid_number, token.range(), "number is malformed",
                     "a number is digits, one point with digits, one exponent; write versions "
                     "and addresses in quotes");
    token.kind = TokenKind::invalid;
  }
  return token;
}

Token Lexer::close_brace(std::uint32_t begin, std::uint32_t end, bool strips) {
  position_ = end;
  if (modes_.empty()) {
    return make(TokenKind::brace_close, begin);
  }
  if (modes_.back().braces > 0) {
    --modes_.back().braces;
    return make(TokenKind::brace_close, begin);
  }
  modes_.pop_back();
  Token token = make(TokenKind::sequence_close, begin);
  token.strips = strips;
  return token;
}

Token Lexer::symbol() {
  const std::uint32_t begin = position_;
  const char second = at(begin + 1);
  const auto one = [&](TokenKind kind) {
    position_ = begin + 1;
    return make(kind, begin);
  };
  const auto two = [&](TokenKind kind) {
    position_ = begin + 2;
    return make(kind, begin);
  };
  switch (text_[begin]) {
    case '"': {
      push({.context = Context::quoted,
            .at_line_start = false,
            .open_begin = begin,
            .open_end = begin + 1,
            .braces = 0,
            .marker = {}});
      return one(TokenKind::quote_open);
    }
    case '{':
      if (!modes_.empty()) {
        ++modes_.back().braces;
      }
      return one(TokenKind::brace_open);
    case '}':
      return close_brace(begin, begin + 1, false);
    case '~':
      if (second == '}' && !modes_.empty() && modes_.back().braces == 0) {
        return close_brace(begin, begin + 2, true);
      }
      return mistaken_symbol();
    case '[':
      return one(TokenKind::bracket_open);
    case ']':
      return one(TokenKind::bracket_close);
    case '(':
      return one(TokenKind::paren_open);
    case ')':
      return one(TokenKind::paren_close);
    case '=':
      return second == '='   ? two(TokenKind::equals_equals)
             : second == '>' ? two(TokenKind::fat_arrow)
                             : one(TokenKind::equals);
    case '!':
      return second == '=' ? two(TokenKind::bang_equals) : one(TokenKind::bang);
    case '<':
      if (second == '<') {
        return open_heredoc();
      }
      return second == '=' ? two(TokenKind::less_equals) : one(TokenKind::less);
    case '>':
      return second == '=' ? two(TokenKind::greater_equals) : one(TokenKind::greater);
    case '&':
      return second == '&' ? two(TokenKind::and_and) : mistaken_symbol();
    case '|':
      return second == '|' ? two(TokenKind::or_or) : mistaken_symbol();
    case '*':
      return second == '*' ? mistaken_symbol() : one(TokenKind::star);
    case '+':
      return second == '+' ? mistaken_symbol() : one(TokenKind::plus);
    case '-':
      return one(TokenKind::minus);
    case '/':
      return one(TokenKind::slash);
    case '%':
      return one(TokenKind::percent);
    case '?':
      return one(TokenKind::question);
    case ':':
      return second == ':' ? two(TokenKind::colon_colon) : one(TokenKind::colon);
    case ',':
      return one(TokenKind::comma);
    case ';':
      return one(TokenKind::semicolon);
    case '.':
      if (second == '.' && at(begin + 2) == '.') {
        position_ = begin + 3;
        return make(TokenKind::ellipsis, begin);
      }
      return one(TokenKind::dot);
    case '$':
      if (second == '{') {
        return open_sequence(TokenKind::interpolation_open);
      }
      return mistaken_symbol();
    default:
      return mistaken_symbol();
  }
}

}  // namespace hcl::syntax
