// What the lexer makes of the source text: small values that say where something is and what it
// is. Their text is looked up in the source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "diagnostic/source_file.h"

namespace hcl::syntax {

enum class TokenKind : std::uint8_t {
  end_of_file,
  newline,
  identifier,
  number,
  /// Only where the lexer keeps them. A line comment holds its newline.
  comment,
  /// Something that has been reported already and can stand for a term.
  invalid,

  quote_open,
  quote_close,
  heredoc_open,
  heredoc_close,
  /// Literal text of a template. In a heredoc it may run over many lines.
  text,
  /// `${` and `%{`, with `~` or without.
  interpolation_open,
  directive_open,
  /// `}` or `~}` that ends either of them.
  sequence_close,

  brace_open,
  brace_close,
  bracket_open,
  bracket_close,
  paren_open,
  paren_close,

  equals,
  equals_equals,
  bang,
  bang_equals,
  less,
  less_equals,
  greater,
  greater_equals,
  and_and,
  or_or,
  plus,
  minus,
  star,
  slash,
  percent,
  question,
  colon,
  colon_colon,
  comma,
  semicolon,
  dot,
  ellipsis,
  fat_arrow,
};

struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  TokenKind kind = TokenKind::end_of_file;

  /// Nothing but space stands before it on its line.
  bool is_first_on_line = false;
  /// A text with escapes in it.
  bool has_escapes = false;
  /// The marker of a template sequence has a `~`.
  bool strips = false;

  /// How far the line it is on is indented, in bytes.
  std::uint32_t indent = 0;

  [[nodiscard]] diagnostic::Range range() const { return {begin, end}; }
};

/// How many brackets, quotes and template sequences are open after the token, compared with before.
[[nodiscard]] constexpr int depth_change(TokenKind kind) {
  switch (kind) {
    case TokenKind::quote_open:
    case TokenKind::heredoc_open:
    case TokenKind::interpolation_open:
    case TokenKind::directive_open:
    case TokenKind::brace_open:
    case TokenKind::bracket_open:
    case TokenKind::paren_open:
      return 1;
    case TokenKind::quote_close:
    case TokenKind::heredoc_close:
    case TokenKind::sequence_close:
    case TokenKind::brace_close:
    case TokenKind::bracket_close:
    case TokenKind::paren_close:
      return -1;
    default:
      return 0;
  }
}

[[nodiscard]] constexpr bool is_closing(TokenKind kind) {
  return depth_change(kind) < 0;
}

/// The token as a message names it: `"]"`, `the end of the line`.
[[nodiscard]] std::string describe(const Token& token, std::string_view source);

}  // namespace hcl::syntax
