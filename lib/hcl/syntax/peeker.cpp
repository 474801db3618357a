#include "hcl/syntax/peeker.h"

namespace hcl::syntax {

const Token& Peeker::peek_any() {
  if (!has_next_) {
    next_ = lexer_.next();
    has_next_ = true;
    if (next_.kind == TokenKind::semicolon) {
      reporter_.report(Kind::semicolon, next_.range(), "unexpected \";\"",
                       "attributes and blocks are separated by newlines, elements by commas");
      next_.kind = newlines_count_ ? TokenKind::newline : TokenKind::comma;
    }
  }
  return next_;
}

const Token& Peeker::peek() {
  while (peek_any().kind == TokenKind::newline && !newlines_count_) {
    has_next_ = false;
  }
  return next_;
}

Token Peeker::read() {
  static_cast<void>(peek());
  return read_any();
}

Token Peeker::read_any() {
  last_ = peek_any();
  has_next_ = false;
  if (is_opening(last_.kind)) {
    ++depth_;
  } else if (is_closing(last_.kind)) {
    --depth_;
  }
  return last_;
}

bool Peeker::skip(TokenKind kind) {
  if (!at(kind)) {
    return false;
  }
  read();
  return true;
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
