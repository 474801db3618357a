#include "hcl/syntax/token.h"

#include "text/quote.h"

namespace hcl::syntax {

bool is_opening(TokenKind kind) {
  switch (kind) {
    case TokenKind::quote_open:
    case TokenKind::heredoc_open:
    case TokenKind::interpolation_open:
    case TokenKind::directive_open:
    case TokenKind::brace_open:
    case TokenKind::bracket_open:
    case TokenKind::paren_open:
      return true;
    default:
      return false;
  }
}

bool is_closing(TokenKind kind) {
  switch (kind) {
    case TokenKind::quote_close:
    case TokenKind::heredoc_close:
    case TokenKind::sequence_close:
    case TokenKind::brace_close:
    case TokenKind::bracket_close:
    case TokenKind::paren_close:
      return true;
    default:
      return false;
  }
}

std::string describe(const Token& token, std::string_view source) {
  switch (token.kind) {
    case TokenKind::end_of_file:
      return "the end of the file";
    case TokenKind::newline:
      return "the end of the line";
    case TokenKind::quote_open:
    case TokenKind::quote_close:
      return "a string";
    case TokenKind::heredoc_open:
      return "a heredoc";
    default:
      break;
  }
  constexpr std::size_t longest = 40;
  const std::string_view text = source.substr(token.begin, token.end - token.begin);
  return text.size() <= longest ? text::quoted(text) : "a long word";
}

}  // namespace hcl::syntax
