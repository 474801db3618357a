#include "hcl/syntax/peeker.h"

namespace hcl::syntax {

void Peeker::fill() {
  Token& next = next_.emplace(lexer_.next());
  if (next.kind == TokenKind::semicolon) {
    reporter_.report(Kind::semicolon, next.range(), "unexpected \";\"",
                     "attributes and blocks are separated by newlines, elements by commas");
    next.kind = newlines_count_ ? TokenKind::newline : TokenKind::comma;
  }
}

void Peeker::restart_here(int depth) {
  lexer_.restart_at(peek_any());
  next_.reset();
  depth_ = depth;
}

bool Peeker::reread_as_closing() {
  if (!lexer_.reread_as_closing(peek_any())) {
    return false;
  }
  next_.reset();
  --depth_;
  return true;
}

}  // namespace hcl::syntax
