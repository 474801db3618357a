#include "hcl/format/spacing.h"

#include <cstddef>

#include "hcl/syntax/characters.h"

namespace hcl::layout {
namespace {

/// A token in its cell.
class Place {
 public:
  Place(std::span<const Token> cell, std::size_t index, std::string_view source)
      : cell_(cell), index_(index), source_(source) {}

  /// The kind of the token so many places on, or back; beyond the cell, the end of the file.
  [[nodiscard]] Kind kind(std::ptrdiff_t distance) const {
    const std::size_t index = index_ + static_cast<std::size_t>(distance);
    return index < cell_.size() ? cell_[index].kind : Kind::end_of_file;
  }

  /// The text of the token so many places on, which is there.
  [[nodiscard]] std::string_view text(std::ptrdiff_t distance) const {
    const Token& token = cell_[index_ + static_cast<std::size_t>(distance)];
    return source_.substr(token.begin, token.end - token.begin);
  }

 private:
  std::span<const Token> cell_;
  std::size_t index_;
  std::string_view source_;
};

/// Whether a minus behind `before` is a sign, not a subtraction: an expression cannot end there.
bool makes_minus_a_sign(Kind before) {
  switch (before) {
    case Kind::end_of_file:
    case Kind::paren_open:
    case Kind::brace_open:
    case Kind::bracket_open:
    case Kind::equals:
    case Kind::colon:
    case Kind::comma:
    case Kind::question:
    case Kind::binary_operator:
    case Kind::minus:
    case Kind::bang:
      return true;
    default:
      return false;
  }
}

/// Whether `text` is an exponent where it stands behind a number.
bool is_exponent(std::string_view text) {
  const std::size_t digits = text.size() > 1 && text[1] == '-' ? 2 : 1;
  return (text[0] == 'e' || text[0] == 'E') && text.size() > digits &&
         syntax::has_class(text[digits], syntax::digit);
}

/// Whether points follow, and then something that makes them part of the number before.
bool continues_number(const Place& place) {
  std::ptrdiff_t next = 1;
  while (place.kind(next) == Kind::dot || place.kind(next) == Kind::ellipsis) {
    ++next;
  }
  return next > 1 && (place.kind(next) == Kind::number ||
                      (place.kind(next) == Kind::identifier && is_exponent(place.text(next))));
}

/// Whether the token and the next would be read as others if nothing stood between them.
bool would_merge(const Place& place) {
  switch (place.kind(0)) {
    case Kind::number:
      return continues_number(place);
    case Kind::dot:
      return place.kind(1) == Kind::ellipsis ||
             (place.kind(1) == Kind::dot && place.kind(-1) == Kind::dot);
    case Kind::bang:
      return place.text(1).starts_with('=');
    case Kind::sequence_open:
      return place.text(0).size() == 2 && place.text(1).starts_with('~');
    case Kind::other:
      return (place.text(0) == "~" && place.text(1) == "}") ||
             (place.text(0) == "\r" && place.text(1) == "\n");
    default:
      return false;
  }
}

bool is_template_part(Kind subject, Kind after) {
  return subject == Kind::text || subject == Kind::quote_open || subject == Kind::heredoc_open ||
         after == Kind::text || after == Kind::quote_close || after == Kind::heredoc_close;
}

bool space_at_brackets(Kind subject, Kind after) {
  if (subject == Kind::brace_open || after == Kind::brace_close) {
    return subject != Kind::brace_open || after != Kind::brace_close;
  }
  // An object alone in a template sequence stands apart from the sequence's own braces.
  if ((subject == Kind::sequence_open && after == Kind::brace_open) ||
      (subject == Kind::brace_close && after == Kind::sequence_close)) {
    return true;
  }
  const bool between_sequences = subject == Kind::sequence_close && after == Kind::sequence_open;
  return !between_sequences && bracket_change(subject) <= 0 && bracket_change(after) >= 0;
}

bool space_between(const Place& place) {
  const Kind subject = place.kind(0);
  const Kind after = place.kind(1);
  if (after == Kind::newline || (subject == Kind::identifier && after == Kind::paren_open)) {
    return false;
  }
  if ((subject == Kind::identifier && after == Kind::colon_colon) ||
      (subject == Kind::colon_colon && after == Kind::identifier)) {
    return false;
  }
  if (subject == Kind::dot || after == Kind::dot || after == Kind::comma ||
      after == Kind::ellipsis) {
    return false;
  }
  if (subject == Kind::comma) {
    return true;
  }
  if (is_template_part(subject, after)) {
    return false;
  }
  // In `for x in [1, 2]` the tuple is no index of `in`.
  if (place.kind(-1) == Kind::identifier && place.text(0) == "in") {
    return true;
  }
  if (after == Kind::bracket_open &&
      (subject == Kind::identifier || subject == Kind::number || bracket_change(subject) < 0)) {
    return false;
  }
  if (subject == Kind::bang) {
    return false;
  }
  if (subject == Kind::minus) {
    return !makes_minus_a_sign(place.kind(-1));
  }
  return space_at_brackets(subject, after);
}

}  // namespace

bool space_after(std::span<const Token> cell, std::size_t index, std::string_view source) {
  const Place place(cell, index, source);
  return space_between(place) || would_merge(place);
}

}  // namespace hcl::layout
