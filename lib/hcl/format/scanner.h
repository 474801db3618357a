// Splits source text into the tokens that layout is about. Unlike the parser's lexer it keeps
// comments and every newline, reports nothing, and gives up on nothing: what is no token of the
// language becomes one of kind `other`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hcl::layout {

/// Skipped at the very start of a text; anywhere else it is one of its characters.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

enum class Kind : std::uint8_t {
  end_of_file,
  newline,
  /// A line comment holds its newline, a comment between /* and */ does not.
  comment,
  identifier,
  number,
  quote_open,
  quote_close,
  /// With the newline behind the marker.
  heredoc_open,
  /// With the space before and behind the marker.
  heredoc_close,
  /// Literal text of a template, and what is neither text nor anything else in one.
  text,
  sequence_open,
  sequence_close,
  brace_open,
  brace_close,
  bracket_open,
  bracket_close,
  paren_open,
  paren_close,
  equals,
  comma,
  dot,
  ellipsis,
  question,
  colon,
  colon_colon,
  bang,
  minus,
  /// Arithmetic, comparison and logic, but for `-` and `!`.
  binary_operator,
  /// Everything else, be it valid (`=>`) or not.
  other,
};

struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  /// The space between this token and the one before.
  std::uint32_t spaces = 0;
  Kind kind = Kind::end_of_file;
};

/// Whether the line of `source` that `token` is on ends with it.
[[nodiscard]] bool ends_line(const Token& token, std::string_view source);

/// How many brackets are open after the token, compared with before.
[[nodiscard]] constexpr int bracket_change(Kind kind) {
  switch (kind) {
    case Kind::brace_open:
    case Kind::bracket_open:
    case Kind::paren_open:
    case Kind::sequence_open:
      return 1;
    case Kind::brace_close:
    case Kind::bracket_close:
    case Kind::paren_close:
    case Kind::sequence_close:
      return -1;
    default:
      return 0;
  }
}

class Scanner {
 public:
  explicit Scanner(std::string_view text);

  /// The next tokens, up to and with the newline of an empty line, or to the end of the file, which
  /// is a token of its own. No layout reaches across an empty line. They last until the next call.
  [[nodiscard]] std::span<Token> scan_paragraph();

 private:
  enum class Context : std::uint8_t { quoted, heredoc, sequence };
  struct Mode {
    Context context;
    /// In a heredoc: the next byte begins a line.
    bool at_line_start = false;
    /// In a sequence: how many braces are open.
    std::uint32_t braces = 0;
    /// In a heredoc.
    std::string_view marker;
  };

  // scanner.cpp: code.
  void code();
  void identifier();
  void number();
  void symbol();
  void close_brace(std::size_t size);
  [[nodiscard]] bool comment();
  [[nodiscard]] std::size_t identifier_size(std::size_t begin) const;
  [[nodiscard]] std::size_t character_size(std::size_t begin) const;

  // scanner_template.cpp: the text of templates.
  void quoted();
  void heredoc();
  [[nodiscard]] bool open_heredoc();
  [[nodiscard]] bool open_sequence();
  [[nodiscard]] std::size_t marker_text_size() const;
  void heredoc_line();

  /// Whether the last token is the newline of an empty line.
  [[nodiscard]] bool is_behind_paragraph() const;
  /// The next `size` bytes are a token.
  void take(Kind kind, std::size_t size);
  [[nodiscard]] char at(std::size_t offset) const {
    return offset < text_.size() ? text_[offset] : '\0';
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t last_end_ = 0;
  bool comments_may_close_ = true;
  std::vector<Mode> modes_;
  std::vector<Token> tokens_;
};

}  // namespace hcl::layout
