// All tokens of a text as layout sees them, which change in nothing but the space between them.
#pragma once

#include <string_view>
#include <vector>

#include "hcl/syntax/lexer.h"

namespace hcl {

inline std::vector<std::string_view> all_tokens(const diagnostic::SourceFile& source) {
  using syntax::Lexer;
  syntax::Reporter reporter(source);
  Lexer lexer(source.text(), reporter, Lexer::Start::code, Lexer::Trivia::keep);
  std::vector<std::string_view> tokens;
  syntax::Token token;
  do {
    token = lexer.next();
    tokens.push_back(source.text().substr(token.begin, token.end - token.begin));
  } while (token.kind != syntax::TokenKind::end_of_file);
  return tokens;
}

}  // namespace hcl
