// What people wrongly type or paste. Each such thing gets a message of its own, and then the token
// that was meant, so that the parser can go on as if nothing had happened.

#include <algorithm>
#include <utility>

#include "hcl/syntax/characters.h"
#include "hcl/syntax/lexer.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace hcl::syntax {
namespace {

constexpr char32_t byte_order_mark_code = 0xFEFF;

bool is_invisible(char32_t code) {
  return is_space(code) || (code >= 0x200B && code <= 0x200F) || code == 0x2060 || code == 0x00AD;
}

bool is_smart_quote(char32_t code) {
  return (code >= 0x2018 && code <= 0x201F) || code == 0x00AB || code == 0x00BB;
}

}  // namespace

Token Lexer::operator_mistake(TokenKind meant, std::uint32_t size, std::string detail) {
  const std::uint32_t begin = position_;
  position_ += size;
  const Token token = make(meant, begin);
  reporter_.report(Kind::unknown_operator, token.range(),
                   "unknown operator " + text::quoted(text_.substr(begin, size)),
                   std::move(detail));
  return token;
}

Token Lexer::mistaken_symbol() {
  const std::uint32_t begin = position_;
  switch (text_[begin]) {
    case '&':
      return operator_mistake(TokenKind::and_and, 1, "did you mean \"&&\"?");
    case '|':
      return operator_mistake(TokenKind::or_or, 1, "did you mean \"||\"?");
    case '*':
      return operator_mistake(TokenKind::star, 2,
                              "there is no power operator; use pow(base, exponent)");
    case '+':
      return operator_mistake(TokenKind::invalid, 2, "values do not change; write n + 1");
    case '^':
      return operator_mistake(TokenKind::star, 1, "there are no bitwise operators");
    case '~':
      return operator_mistake(TokenKind::bang, 1,
                              "there are no bitwise operators; did you mean \"!\"?");
    case '\'':
      return foreign_quotes(Kind::single_quotes, "single quotes are not string quotes",
                            "put strings in double quotes: \"…\"");
    case '`':
      return foreign_quotes(
          Kind::backticks, "backticks are not string quotes",
          "put strings in double quotes, or use a heredoc (<<EOT) for several lines");
    case '\r':
      reporter_.report(Kind::carriage_return, {begin, begin + 1},
                       "carriage return without a newline",
                       "lines end with a newline (LF) or with both (CRLF)");
      ++position_;
      line_is_fresh_ = true;
      return make(TokenKind::newline, begin);
    case '\0':
      while (position_ < size_ && text_[position_] == '\0') {
        ++position_;
      }
      reporter_.report(Kind::nul_byte, {begin, position_}, "NUL byte in the source",
                       "the file is damaged, or it is no text");
      return make(TokenKind::invalid, begin);
    default:
      break;
  }
  ++position_;
  const Token token = make(TokenKind::invalid, begin);
  reporter_.report(Kind::invalid_character, token.range(),
                   "unexpected character " + text::quoted(text_.substr(begin, 1)),
                   text_[begin] == '$' ? "a name stands alone in an expression, and as ${name} in "
                                         "double quotes"
                                       : "it has no meaning here; text goes in double quotes");
  return token;
}

/// A string in the wrong quotes is one invalid token, up to the matching quote on its line; without
/// one it is the quote alone.
Token Lexer::foreign_quotes(Kind kind, std::string summary, std::string detail) {
  const std::uint32_t begin = position_;
  const std::string_view line = rest().substr(0, rest().find('\n'));
  const std::size_t close = line.find(text_[begin], 1);
  position_ += close == std::string_view::npos ? 1 : static_cast<std::uint32_t>(close) + 1;
  const Token token = make(TokenKind::invalid, begin);
  reporter_.report(kind, token.range(), std::move(summary), std::move(detail));
  return token;
}

/// The closing quote differs from the opening one and from language to language: any will do.
Token Lexer::smart_quotes() {
  const std::uint32_t begin = position_;
  position_ += static_cast<std::uint32_t>(first_character(rest()).length);
  while (position_ < size_ && text_[position_] != '\n') {
    const text::CodePoint next = first_character(rest());
    position_ += static_cast<std::uint32_t>(std::max<std::size_t>(next.length, 1));
    if (is_smart_quote(next.value)) {
      break;
    }
  }
  const Token token = make(TokenKind::invalid, begin);
  reporter_.report(Kind::smart_quotes, token.range(), "typographic quotes are not string quotes",
                   "put strings in straight double quotes: \"…\"");
  return token;
}

/// Skips a character that looks like nothing or like a space, and is neither a space nor a tab.
bool Lexer::skip_invisible() {
  const text::CodePoint next = first_character(rest());
  const diagnostic::Range range{position_, position_ + static_cast<std::uint32_t>(next.length)};
  if (next.value == byte_order_mark_code) {
    reporter_.report(Kind::byte_order_mark, range, "byte order mark within the file",
                     "it may stand at the very beginning only; delete it here");
  } else if (is_invisible(next.value)) {
    reporter_.report(Kind::invisible_character, range, "invisible character that is not a space",
                     "it was probably pasted from a web page; replace it with a plain space");
  } else {
    return false;
  }
  position_ = range.end;
  return true;
}

/// A character beyond ASCII in code: the start of an identifier, or a mistake.
Token Lexer::foreign_character() {
  const std::uint32_t begin = position_;
  const text::CodePoint next = first_character(rest());
  if (next.length != 0 && is_identifier_start(next.value)) {
    return identifier();
  }
  if (next.length == 0) {
    while (is_foreign(at(position_)) && first_character(rest()).length == 0) {
      ++position_;
    }
    reporter_.report(Kind::invalid_utf8, {begin, position_}, "text is not valid UTF-8",
                     "save the file with the encoding UTF-8");
    return make(TokenKind::invalid, begin);
  }
  if (is_smart_quote(next.value)) {
    return smart_quotes();
  }
  position_ += static_cast<std::uint32_t>(next.length);
  const Token token = make(TokenKind::invalid, begin);
  reporter_.report(Kind::invalid_character, token.range(),
                   "unexpected character " + text::quoted(text_.substr(begin, next.length)),
                   "it has no meaning here; text goes in double quotes");
  return token;
}

/// Reports the first byte of a template's text that may not be in it.
void Lexer::check_text(diagnostic::Range range) {
  const std::string_view text = text_.substr(range.begin, range.end - range.begin);
  if (const auto bad = text::find_invalid_utf8(text)) {
    const auto place = range.begin + static_cast<std::uint32_t>(*bad);
    reporter_.report(Kind::invalid_utf8, {place, place + 1}, "text is not valid UTF-8",
                     "save the file with the encoding UTF-8");
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    const auto place = range.begin + static_cast<std::uint32_t>(nul);
    reporter_.report(Kind::nul_byte, {place, place + 1}, "NUL byte in the source",
                     "in a quoted string it is written \\u0000");
  }
  for (std::size_t cr = text.find('\r'); cr != std::string_view::npos;
       cr = text.find('\r', cr + 1)) {
    const auto place = range.begin + static_cast<std::uint32_t>(cr);
    if (at(place + 1) != '\n') {
      reporter_.report(Kind::carriage_return, {place, place + 1},
                       "carriage return without a newline",
                       "lines end with a newline (LF) or with both (CRLF)");
      break;
    }
  }
}

}  // namespace hcl::syntax
