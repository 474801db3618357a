#include "hcl/syntax/peeker.h"

namespace hcl::syntax {

void Peeker::fill() {
  Token& next = tokens_[next_];
  next = lexer_.next();
  has_next_ = true;
  if (next.kind == TokenKind::semicolon) {
    reporter_.report(Kind::semicolon, next.range(), "unexpected \";\"",
                     "attributes and blocks are separated by newlines, elements by commas");
    next.kind = newlines_count_ ? TokenKind::newline : TokenKind::comma;
  }
}

void Peeker::restart_here(int depth) {
  lexer_.restart_at(peek_any());
  has_next_ = false;
  depth_ = depth;
}

bool Peeker::reread_as_closing() {
  if (!lexer_.reread_as_closing(peek_any())) {
    return false;
  }
  has_next_ = false;
  --depth_;
  return true;
}

}  // namespace hcl::syntax
