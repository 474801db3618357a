// All the look-ahead of the parser, one token, and all its knowledge of newlines: the grammar sees
// them only where they mean something. It also counts open brackets, which is what recovery after
// a mistake goes by.
#pragma once

#include <optional>
#include <string_view>

#include "hcl/syntax/lexer.h"
#include "hcl/syntax/reporter.h"
#include "hcl/syntax/token.h"

namespace hcl::syntax {

class Peeker {
 public:
  Peeker(std::string_view text, Reporter& reporter, Lexer::Start start)
      : text_(text), reporter_(reporter), lexer_(text, reporter, start) {}

  /// The next token. Newlines that mean nothing here are dropped for good, so after the last token
  /// of a bracket the caller restores the meaning of newlines before it peeks again.
  [[nodiscard]] const Token& peek() {
    while (peek_any().kind == TokenKind::newline && !newlines_count_) {
      next_.reset();
    }
    return *next_;
  }
  Token read() {
    static_cast<void>(peek());
    return read_any();
  }

  [[nodiscard]] bool at(TokenKind kind) { return peek().kind == kind; }
  /// Reads the next token if it is of that kind.
  bool skip(TokenKind kind) {
    if (!at(kind)) {
      return false;
    }
    read_any();
    return true;
  }

  /// The same with every newline.
  [[nodiscard]] const Token& peek_any() {
    if (!next_) {
      fill();
    }
    return *next_;
  }
  Token read_any() {
    last_ = peek_any();
    depth_ += depth_change(last_.kind);
    next_.reset();
    return last_;
  }

  /// The end of the token that was read last.
  [[nodiscard]] std::uint32_t last_end() const { return last().end; }
  [[nodiscard]] const Token& last() const { return last_; }

  [[nodiscard]] std::string_view text(diagnostic::Range range) const {
    return text_.substr(range.begin, range.end - range.begin);
  }
  [[nodiscard]] std::string_view source() const { return text_; }

  /// How many brackets, quotes and template sequences are open.
  [[nodiscard]] int depth() const { return depth_; }
  void set_depth(int depth) { depth_ = depth; }

  /// Goes on at `token`, the next one, as code outside all templates.
  void restart_here(int depth);

  /// Takes the opening quote that comes next for the end of the string around this sequence.
  [[nodiscard]] bool reread_as_closing();

  /// Makes newlines mean something, or nothing, for as long as it lives.
  class Newlines {
   public:
    Newlines(Peeker& peeker, bool count) : peeker_(peeker), before_(peeker.newlines_count_) {
      peeker_.newlines_count_ = count;
    }
    ~Newlines() { peeker_.newlines_count_ = before_; }
    Newlines(const Newlines&) = delete;
    Newlines& operator=(const Newlines&) = delete;

   private:
    Peeker& peeker_;
    bool before_;
  };

 private:
  void fill();

  std::string_view text_;
  Reporter& reporter_;
  Lexer lexer_;
  std::optional<Token> next_;
  Token last_;
  bool newlines_count_ = true;
  int depth_ = 0;
};

}  // namespace hcl::syntax
