// The scanner's half for templates: the text of quoted strings and heredocs, and where it ends.

#include "hcl/format/scanner.h"
#include "hcl/syntax/characters.h"

namespace hcl::layout {

/// The text from here to the next thing that may be more than text, or 0.
std::size_t Scanner::marker_text_size() const {
  const char c = at(position_);
  if ((c != '$' && c != '%') || position_ + 1 >= text_.size()) {
    return 0;
  }
  if (at(position_ + 1) == c && at(position_ + 2) == '{') {
    return at(position_ + 3) == '~' ? 4 : 3;
  }
  return 1;
}

bool Scanner::open_sequence() {
  const char c = text_[position_];
  if ((c != '$' && c != '%') || at(position_ + 1) != '{') {
    return false;
  }
  if (modes_.back().context == Context::heredoc) {
    modes_.back().at_line_start = false;
  }
  take(Kind::sequence_open, at(position_ + 2) == '~' ? 3 : 2);
  modes_.push_back({.context = Context::sequence, .marker = {}});
  return true;
}

void Scanner::quoted() {
  const char first = text_[position_];
  if (first == '"') {
    modes_.pop_back();
    take(Kind::quote_close, 1);
    return;
  }
  if (first == '\n' || first == '\r') {
    std::size_t end = position_;
    while (at(end) == '\n' || at(end) == '\r') {
      ++end;
    }
    take(Kind::text, end - position_);
    return;
  }
  if (open_sequence()) {
    return;
  }
  if (const std::size_t size = marker_text_size(); size > 0) {
    take(Kind::text, size);
    return;
  }
  std::size_t end = position_;
  while (end < text_.size()) {
    const char c = text_[end];
    const std::size_t character = c == '\\' ? end + 1 : end;
    if (c == '"' || c == '\n' || c == '\r' || c == '$' || c == '%' || character == text_.size() ||
        text_[character] == '\n' || text_[character] == '\r') {
      break;
    }
    if (static_cast<unsigned char>(text_[character]) < 0x80) {
      end = character + 1;
      continue;
    }
    const std::size_t size = character_size(character);
    if (size == 1) {
      break;
    }
    end = character + size;
  }
  if (end > position_) {
    take(Kind::text, end - position_);
  } else {
    take(Kind::text, 1);
  }
}

/// `<<MARKER` or `<<-MARKER`, and the newline right behind it.
bool Scanner::open_heredoc() {
  if (text_[position_] != '<' || at(position_ + 1) != '<') {
    return false;
  }
  const std::size_t marker = position_ + (at(position_ + 2) == '-' ? 3 : 2);
  const std::size_t size = identifier_size(marker);
  std::size_t end = marker + size;
  end += at(end) == '\r' ? 1 : 0;
  if (size == 0 || at(end) != '\n') {
    return false;
  }
  take(Kind::heredoc_open, end + 1 - position_);
  modes_.push_back(
      {.context = Context::heredoc, .at_line_start = true, .marker = text_.substr(marker, size)});
  return true;
}

void Scanner::heredoc() {
  if (open_sequence()) {
    return;
  }
  if (const std::size_t size = marker_text_size(); size > 0) {
    modes_.back().at_line_start = false;
    take(Kind::text, size);
    return;
  }
  heredoc_line();
}

/// Takes text up to the end of the line, or the line that closes the heredoc.
void Scanner::heredoc_line() {
  std::size_t end = position_;
  while (end < text_.size()) {
    const char c = text_[end];
    const std::size_t size = character_size(end);
    if (c == '\n' || c == '\r' || c == '$' || c == '%' ||
        (size == 1 && static_cast<unsigned char>(c) >= 0x80)) {
      break;
    }
    end += size;
  }
  const std::size_t size = end - position_;
  const std::size_t newline = at(end) == '\r' && at(end + 1) == '\n' ? 2 : at(end) == '\n' ? 1 : 0;
  if (newline == 0) {
    if (size > 0) {
      modes_.back().at_line_start = false;
      take(Kind::text, size);
    } else if (at(end) == '\r' || at(end) == '$' || at(end) == '%') {
      // Nothing more can be told apart behind a carriage return that ends no line.
      take(Kind::text, text_.size() - position_);
    } else {
      take(Kind::text, 1);
    }
    return;
  }
  std::string_view line = text_.substr(position_, size);
  line.remove_prefix(syntax::leading_space(line));
  line.remove_suffix(syntax::trailing_space(line));
  if (modes_.back().at_line_start && line == modes_.back().marker) {
    modes_.pop_back();
    take(Kind::heredoc_close, size);
    take(Kind::newline, newline);
    return;
  }
  modes_.back().at_line_start = true;
  take(Kind::text, size + newline);
}

}  // namespace hcl::layout
