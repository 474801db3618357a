// The lexer's half for templates: the text of quoted strings and heredocs, and where it ends.

#include <algorithm>
#include <array>

#include "hcl/syntax/characters.h"
#include "hcl/syntax/lexer.h"

namespace hcl::syntax {
namespace {

/// The bytes at which plain text may end or be more than text.
constexpr std::array<bool, 256> is_special = [] {
  std::array<bool, 256> table{};
  for (const char c : {'"', '\\', '$', '%', '\n', '\r', '\0'}) {
    table[static_cast<unsigned char>(c)] = true;
  }
  for (unsigned c = 0x80; c < 256; ++c) {
    table[c] = true;
  }
  return table;
}();

}  // namespace

/// A run of n > 1 dollars before a brace is n - 2 dollars and an escaped sequence; the same holds
/// for percent signs. `position_` is at the first of them.
bool Lexer::at_sequence() const {
  return at(position_ + 1) == '{';
}

Token Lexer::text_token(std::uint32_t begin, bool has_escapes, bool check_bytes) {
  if (check_bytes) {
    check_text({begin, position_});
  }
  return {.begin = begin,
          .end = position_,
          .kind = TokenKind::text,
          .has_escapes = has_escapes,
          .indent = indent_};
}

Token Lexer::open_sequence(TokenKind kind) {
  const std::uint32_t begin = position_;
  const bool strips = at(begin + 2) == '~';
  position_ = begin + (strips ? 3 : 2);
  push({.context = Context::sequence,
        .at_line_start = false,
        .open_begin = begin,
        .open_end = position_,
        .braces = 0,
        .marker = {}});
  Token token = make(kind, begin);
  token.strips = strips;
  return token;
}

Token Lexer::next_in_quotes() {
  const std::uint32_t begin = position_;
  bool has_escapes = false;
  bool check_bytes = false;
  while (true) {
    skip_while([](char c) { return !is_special[static_cast<unsigned char>(c)]; });
    if (position_ == size_) {
      break;
    }
    const char c = text_[position_];
    if (c == '"' || c == '\n' || c == '\r') {
      break;
    }
    if (c == '\\') {
      has_escapes = true;
      const char next = at(position_ + 1);
      position_ += next == '\n' || next == '\r' || position_ + 1 == size_ ? 1 : 2;
      check_bytes = check_bytes || static_cast<unsigned char>(next) >= 0x80;
    } else if (c == '$' || c == '%') {
      if (at_sequence()) {
        break;
      }
      if (at(position_ + 1) == c && at(position_ + 2) == '{') {
        has_escapes = true;
        position_ += 3;
      } else {
        ++position_;
      }
    } else {
      check_bytes = true;
      ++position_;
    }
  }
  if (position_ > begin) {
    return text_token(begin, has_escapes, check_bytes);
  }
  const char c = at(position_);
  if (position_ == size_ || c == '\n' || c == '\r') {
    return unterminated();
  }
  if (c != '"') {
    return open_sequence(c == '$' ? TokenKind::interpolation_open : TokenKind::directive_open);
  }
  ++position_;
  modes_.pop_back();
  return make(TokenKind::quote_close, begin);
}

/// The first line within the heredoc that begins with its marker and does not end there.
std::vector<diagnostic::Note> Lexer::notes_on_closing(const Mode& mode) const {
  const std::string_view marker =
      text_.substr(mode.marker.begin, mode.marker.end - mode.marker.begin);
  for (std::size_t line = text_.find('\n', mode.open_end); line != std::string_view::npos;
       line = text_.find('\n', line + 1)) {
    const std::size_t begin = std::min(text_.find_first_not_of(" \t", line + 1), text_.size());
    const std::string_view found = text_.substr(begin);
    const bool is_marker = found.starts_with(marker) && found.size() > marker.size() &&
                           !has_class(found[marker.size()], identifier_continue);
    if (is_marker) {
      const auto at = static_cast<std::uint32_t>(begin + marker.size());
      return {
          reporter_.note({at, at + 1}, "this line would end it without what follows the marker")};
    }
  }
  return {};
}

/// Ends the innermost template where the text has ended before it. A token that closes it keeps
/// the brackets balanced for the parser.
Token Lexer::unterminated() {
  const Mode mode = modes_.back();
  modes_.pop_back();
  const diagnostic::Range open{mode.open_begin, mode.open_end};
  if (mode.context == Context::quoted) {
    reporter_.report(Kind::unterminated_string, open, "string is not closed",
                     "a quoted string ends on the line it begins, with a \"; for text of several "
                     "lines use \\n or a heredoc (<<EOT)");
    return make(TokenKind::quote_close, position_);
  }
  const std::string marker(text_.substr(mode.marker.begin, mode.marker.end - mode.marker.begin));
  std::string_view last = text_.substr(line_begin_);
  last.remove_prefix(leading_space(last));
  last.remove_suffix(trailing_space(last));
  reporter_.report(
      Kind::unterminated_heredoc, open, "heredoc is not closed",
      last == marker
          ? "the closing " + marker + " must end with a newline; the file ends without one"
          : "a heredoc ends at a line that holds nothing but its marker, " + marker,
      notes_on_closing(mode));
  return make(TokenKind::heredoc_close, position_);
}

/// `<<MARKER` or `<<-MARKER`, and the newline right behind it. A marker in quotes, as shells know
/// it, is read without them.
Token Lexer::open_heredoc() {
  const std::uint32_t begin = position_;
  position_ += at(begin + 2) == '-' ? 3 : 2;
  const bool is_quoted = at(position_) == '"' || at(position_) == '\'';
  position_ += is_quoted ? 1 : 0;
  const std::uint32_t marker_begin = position_;
  const text::CodePoint first = first_character(rest());
  if (first.value == '_' || is_identifier_start(first.value)) {
    skip_identifier();
  }
  const diagnostic::Range marker{marker_begin, position_};
  if (marker.empty()) {
    reporter_.report(Kind::heredoc_opening, {begin, position_}, "heredoc without a marker",
                     "the marker is a plain name, as in <<EOT");
    return make(TokenKind::invalid, begin);
  }
  std::uint32_t line_end = position_;
  if (at(line_end) == '\r') {
    ++line_end;
  }
  if (is_quoted || line_end >= size_ || text_[line_end] != '\n') {
    line_end = static_cast<std::uint32_t>(std::min<std::size_t>(text_.find('\n', line_end), size_));
    reporter_.report(
        Kind::heredoc_opening, {is_quoted ? marker.begin - 1 : marker.end, line_end},
        is_quoted ? "heredoc marker in quotes" : "heredoc marker is not at the end of its line",
        is_quoted ? "the marker is a plain name, as in <<EOT; a literal \"${\" in the "
                    "text is written \"$${\""
                  : "the line must end right behind the marker, without even a space");
  }
  Token token = make(TokenKind::heredoc_open, begin);
  push({.context = Context::heredoc,
        .at_line_start = true,
        .open_begin = begin,
        .open_end = position_,
        .braces = 0,
        .marker = marker});
  line_break(std::min(line_end + 1, size_));
  token.end = trivia_ == Trivia::keep ? position_ : token.end;
  return token;
}

/// The closing marker, if the line at `position_` holds nothing else and ends; otherwise empty.
diagnostic::Range Lexer::closing_marker() const {
  const Mode& mode = modes_.back();
  if (mode.context == Context::file) {
    return {};
  }
  const std::string_view line = rest().substr(0, rest().find('\n'));
  if (position_ + line.size() == size_) {
    return {};
  }
  const std::uint32_t begin = position_ + static_cast<std::uint32_t>(leading_space(line));
  const std::uint32_t end = begin + mode.marker.end - mode.marker.begin;
  const std::string_view marker = text_.substr(mode.marker.begin, end - begin);
  const std::string_view found = line.substr(std::min<std::size_t>(begin - position_, line.size()));
  const bool closes = found.starts_with(marker) &&
                      leading_space(found.substr(marker.size())) == found.size() - marker.size();
  return closes ? diagnostic::Range{begin, end} : diagnostic::Range{};
}

Token Lexer::close_heredoc(diagnostic::Range marker) {
  const auto newline = static_cast<std::uint32_t>(text_.find('\n', marker.end));
  if (trivia_ == Trivia::keep) {
    const std::uint32_t begin = position_;
    position_ = newline - (text_[newline - 1] == '\r' ? 1 : 0);
    return make(TokenKind::heredoc_close, begin);
  }
  position_ = marker.end;
  const Token token = make(TokenKind::heredoc_close, marker.begin);
  position_ = newline;
  return token;
}

Token Lexer::next_in_heredoc() {
  const std::uint32_t begin = position_;
  bool has_escapes = false;
  bool check_bytes = false;
  while (position_ < size_) {
    if (modes_.back().at_line_start) {
      modes_.back().at_line_start = false;
      if (const diagnostic::Range marker = closing_marker(); !marker.empty()) {
        if (position_ > begin) {
          modes_.back().at_line_start = true;
          return text_token(begin, has_escapes, check_bytes);
        }
        modes_.pop_back();
        return close_heredoc(marker);
      }
    }
    const char c = text_[position_];
    if (!is_special[static_cast<unsigned char>(c)] || c == '"' || c == '\\') {
      ++position_;
    } else if (c == '\n') {
      line_break(position_ + 1);
      modes_.back().at_line_start = true;
    } else if (c == '$' || c == '%') {
      if (at_sequence()) {
        break;
      }
      const bool escapes = at(position_ + 1) == c && at(position_ + 2) == '{';
      has_escapes = has_escapes || escapes;
      position_ += escapes ? 3 : 1;
    } else {
      check_bytes = check_bytes || c != '\r' || at(position_ + 1) != '\n';
      ++position_;
    }
  }
  if (position_ > begin) {
    return text_token(begin, has_escapes, check_bytes);
  }
  if (position_ == size_) {
    return modes_.back().context == Context::file ? make(TokenKind::end_of_file, size_)
                                                  : unterminated();
  }
  return open_sequence(text_[position_] == '$' ? TokenKind::interpolation_open
                                               : TokenKind::directive_open);
}

bool Lexer::reread_as_closing(const Token& quote) {
  const std::size_t depth = modes_.size();
  if (depth < 3 || modes_[depth - 1].context != Context::quoted ||
      modes_[depth - 1].open_begin != quote.begin ||
      modes_[depth - 2].context != Context::sequence ||
      modes_[depth - 3].context != Context::quoted) {
    return false;
  }
  modes_.resize(depth - 2);
  position_ = quote.begin;
  return true;
}

}  // namespace hcl::syntax
