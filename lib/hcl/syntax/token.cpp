#include "hcl/syntax/token.h"

#include "text/quote.h"

namespace hcl::syntax {

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
