// Turns source text into tokens, one at a time and only when asked for, so that a parser that gives
// up early costs nothing. It keeps track of templates by itself: whether the next bytes are code,
// a quoted string or a heredoc depends only on what was read before.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "diagnostic/source_file.h"
#include "hcl/syntax/reporter.h"
#include "hcl/syntax/token.h"

namespace hcl::syntax {

class Lexer {
 public:
  /// What the text begins with: code, or the text of a template.
  enum class Start : std::uint8_t { code, text };

  /// What becomes of comments, and of newlines with nothing but space and comments between: they
  /// count for one newline, or each is a token. Kept as well are the newline behind the opening of
  /// a heredoc and the space around its closing marker, as part of these.
  enum class Trivia : std::uint8_t { skip, keep };

  Lexer(std::string_view text, Reporter& reporter, Start start, Trivia trivia = Trivia::skip);

  /// At the end, and once the reporter is closed, the end of the file again and again.
  [[nodiscard]] Token next();

  /// Goes back to `token` and goes on there as code outside all templates.
  void restart_at(const Token& token);

  /// Goes back to `quote`, the opening quote just read within a template sequence of a quoted
  /// string, and reads it as the end of that string instead. False if it is not in such a place.
  [[nodiscard]] bool reread_as_closing(const Token& quote);

 private:
  /// The text of a file that is a template reads like a heredoc that nothing closes.
  enum class Context : std::uint8_t { quoted, heredoc, file, sequence };
  struct Mode {
    Context context;
    /// In a heredoc: the next byte begins a line.
    bool at_line_start;
    std::uint32_t open_begin;
    std::uint32_t open_end;
    /// In a sequence: how many braces are open.
    std::uint32_t braces;
    /// In a heredoc: its marker, as a range of the source.
    diagnostic::Range marker;
  };

  // lexer.cpp: code.
  Token next_in_code();
  Token next_with_trivia();
  Token symbol();
  Token number();
  [[nodiscard]] bool at_exponent(std::uint32_t position) const;
  Token identifier();
  Token close_brace(std::uint32_t begin, std::uint32_t end, bool strips);
  Token newline();
  bool skip_space();
  bool skip_comment();
  void skip_identifier();
  void line_break(std::uint32_t end);
  Token make(TokenKind kind, std::uint32_t begin);
  void push(Mode mode);

  // lexer_template.cpp: the text of templates.
  Token next_in_quotes();
  Token next_in_heredoc();
  Token open_heredoc();
  Token open_sequence(TokenKind kind);
  Token text_token(std::uint32_t begin, bool has_escapes, bool check_bytes);
  bool at_sequence() const;
  diagnostic::Range closing_marker() const;
  Token close_heredoc(diagnostic::Range marker);
  Token unterminated();
  std::vector<diagnostic::Note> notes_on_closing(const Mode& mode) const;

  // lexer_mistakes.cpp: what people wrongly type.
  Token mistaken_symbol();
  bool skip_invisible();
  Token foreign_character();
  Token foreign_quotes(Kind kind, std::string summary, std::string detail);
  Token smart_quotes();
  Token operator_mistake(TokenKind meant, std::uint32_t size, std::string detail);
  void check_text(diagnostic::Range range);

  [[nodiscard]] char at(std::uint32_t offset) const {
    return offset < size_ ? text_[offset] : '\0';
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(position_); }

  /// Goes on to the first byte that does not have the property. It looks at a copy of the position:
  /// the text is read as char, which for the compiler might be part of the position itself.
  template <typename Property>
  void skip_while(Property has_property) {
    std::uint32_t next = position_;
    while (next < size_ && has_property(text_[next])) {
      ++next;
    }
    position_ = next;
  }

  std::string_view text_;
  std::uint32_t size_;
  Reporter& reporter_;
  Trivia trivia_;
  std::vector<Mode> modes_;

  std::uint32_t position_ = 0;
  std::uint32_t line_begin_ = 0;
  std::uint32_t indent_ = 0;
  bool line_is_fresh_ = true;
};

}  // namespace hcl::syntax
