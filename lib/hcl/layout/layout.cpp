#include "hcl/layout/layout.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "hcl/syntax/characters.h"
#include "hcl/syntax/lexer.h"
#include "hcl/syntax/parser.h"
#include "hcl/syntax/reporter.h"
#include "text/utf8.h"

namespace hcl {
namespace {

using syntax::TokenKind;

struct Token {
  std::string_view text;
  /// The space between this token and the one before.
  std::uint32_t spaces = 0;
  TokenKind kind = TokenKind::end_of_file;
};

/// Tokens of one line.
using Cell = std::span<Token>;

/// A line of tokens in up to three cells. `assignment` begins with the equals sign, if the value
/// behind it ends on the line; `comment` is the comment at the end, if something stands before it.
struct Line {
  Cell lead;
  Cell assignment;
  Cell comment;
};

// Reading.

bool ends_line(const Token& token) {
  return token.kind == TokenKind::newline ||
         (token.kind == TokenKind::comment && token.text.ends_with('\n'));
}

/// Takes a text apart at its empty lines, across which no layout reaches.
class Paragraphs {
 public:
  explicit Paragraphs(const diagnostic::SourceFile& source)
      : source_(source.text()),
        reporter_(source),
        lexer_(source_, reporter_, syntax::Lexer::Start::code, syntax::Lexer::Trivia::keep) {}

  /// The next tokens, up to and with the newline of an empty line or the end of the file. They last
  /// until the next call.
  [[nodiscard]] std::span<Token> next() {
    tokens_.clear();
    do {
      const syntax::Token token = lexer_.next();
      tokens_.push_back({.text = source_.substr(token.begin, token.end - token.begin),
                         .spaces = token.begin - last_end_,
                         .kind = token.kind});
      last_end_ = token.end;
    } while (!is_complete());
    return tokens_;
  }

 private:
  [[nodiscard]] bool is_complete() const {
    const TokenKind last = tokens_.back().kind;
    return last == TokenKind::end_of_file ||
           (last == TokenKind::newline &&
            (tokens_.size() == 1 || ends_line(tokens_[tokens_.size() - 2])));
  }

  std::string_view source_;
  syntax::Reporter reporter_;
  syntax::Lexer lexer_;
  std::uint32_t last_end_ = 0;
  std::vector<Token> tokens_;
};

/// How many brackets are open after the token, compared with before.
int bracket_change(TokenKind kind) {
  const bool is_template_mark = kind == TokenKind::quote_open || kind == TokenKind::quote_close ||
                                kind == TokenKind::heredoc_open || kind == TokenKind::heredoc_close;
  return is_template_mark ? 0 : syntax::depth_change(kind);
}

int bracket_change(std::span<const Token> cell) {
  int change = 0;
  for (const Token& token : cell) {
    change += bracket_change(token.kind);
  }
  return change;
}

Line make_line(Cell tokens) {
  Line line = {.lead = tokens, .assignment = {}, .comment = {}};
  if (tokens.size() > 1 && tokens.back().kind == TokenKind::comment) {
    line.comment = tokens.last(1);
    line.lead = tokens.first(tokens.size() - 1);
  }
  const auto equals = std::ranges::find(line.lead.subspan(1), TokenKind::equals, &Token::kind);
  const auto index = static_cast<std::size_t>(equals - line.lead.begin());
  if (index < line.lead.size() && bracket_change(line.lead.subspan(index)) == 0) {
    line.assignment = line.lead.subspan(index);
    line.lead = line.lead.first(index);
  }
  return line;
}

/// All lines but those without a token.
std::vector<Line> split_lines(std::span<Token> tokens) {
  std::vector<Line> lines;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool is_end = tokens[i].kind == TokenKind::end_of_file;
    const std::size_t end = is_end ? i : i + 1;
    if ((is_end || ends_line(tokens[i])) && end > begin) {
      lines.push_back(make_line(tokens.subspan(begin, end - begin)));
      begin = end;
    }
  }
  return lines;
}

// Indentation.

/// The levels of indentation: for each the number of brackets that were opened on the line that
/// began it. A line that opens several is one level, and so is what closes them.
class Levels {
 public:
  void indent(std::span<Line> lines) {
    for (Line& line : lines) {
      Token& first = line.lead.front();
      if (first.kind == TokenKind::newline) {
        first.spaces = 0;
        continue;
      }
      const int net = net_brackets(line);
      close(-net);
      first.spaces = 2 * static_cast<std::uint32_t>(levels_.size());
      if (net > 0) {
        levels_.push_back(net);
      }
    }
  }

 private:
  /// What the line as a whole opens or closes. Of the first cell, what is within a heredoc does not
  /// count; an assignment closes what it opens.
  static int net_brackets(const Line& line) {
    const auto heredoc = std::ranges::find(line.lead, TokenKind::heredoc_open, &Token::kind);
    return bracket_change(line.lead.first(static_cast<std::size_t>(heredoc - line.lead.begin())));
  }

  void close(int brackets) {
    while (brackets > 0 && !levels_.empty()) {
      const int closed = std::min(brackets, levels_.back());
      brackets -= closed;
      levels_.back() -= closed;
      if (levels_.back() == 0) {
        levels_.pop_back();
      }
    }
  }

  std::vector<int> levels_;
};

// Space within a line.

/// A token in its cell.
class Place {
 public:
  Place(std::span<const Token> cell, std::size_t index) : cell_(cell), index_(index) {}

  /// The kind of the token at that distance, which may be negative; beyond the cell, the end of the
  /// file.
  [[nodiscard]] TokenKind kind(std::ptrdiff_t distance) const {
    const std::size_t index = index_ + static_cast<std::size_t>(distance);
    return index < cell_.size() ? cell_[index].kind : TokenKind::end_of_file;
  }

  /// The text of the token at that distance, which is there.
  [[nodiscard]] std::string_view text(std::ptrdiff_t distance) const {
    return cell_[index_ + static_cast<std::size_t>(distance)].text;
  }

 private:
  std::span<const Token> cell_;
  std::size_t index_;
};

/// Whether a minus behind `before` is a sign, not a subtraction: an expression cannot end there.
bool makes_minus_a_sign(TokenKind before) {
  switch (before) {
    case TokenKind::end_of_file:
    case TokenKind::paren_open:
    case TokenKind::brace_open:
    case TokenKind::bracket_open:
    case TokenKind::equals:
    case TokenKind::equals_equals:
    case TokenKind::bang:
    case TokenKind::bang_equals:
    case TokenKind::less:
    case TokenKind::less_equals:
    case TokenKind::greater:
    case TokenKind::greater_equals:
    case TokenKind::and_and:
    case TokenKind::or_or:
    case TokenKind::plus:
    case TokenKind::minus:
    case TokenKind::star:
    case TokenKind::slash:
    case TokenKind::percent:
    case TokenKind::question:
    case TokenKind::colon:
    case TokenKind::comma:
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

/// Whether the token is a number which what follows would be part of if nothing stood between them:
/// `a.0 .1` has two indexes, `a.0.1` one.
bool would_merge(const Place& place) {
  return place.kind(0) == TokenKind::number && place.kind(1) == TokenKind::dot &&
         (place.kind(2) == TokenKind::number ||
          (place.kind(2) == TokenKind::identifier && is_exponent(place.text(2))));
}

bool is_template_part(TokenKind subject, TokenKind after) {
  return subject == TokenKind::text || subject == TokenKind::quote_open ||
         subject == TokenKind::heredoc_open || after == TokenKind::text ||
         after == TokenKind::quote_close || after == TokenKind::heredoc_close;
}

bool opens_sequence(TokenKind kind) {
  return kind == TokenKind::interpolation_open || kind == TokenKind::directive_open;
}

bool space_at_brackets(TokenKind subject, TokenKind after) {
  if (subject == TokenKind::brace_open || after == TokenKind::brace_close) {
    return subject != TokenKind::brace_open || after != TokenKind::brace_close;
  }
  // An object alone in a template sequence stands apart from the sequence's own braces.
  if ((opens_sequence(subject) && after == TokenKind::brace_open) ||
      (subject == TokenKind::brace_close && after == TokenKind::sequence_close)) {
    return true;
  }
  const bool between_sequences = subject == TokenKind::sequence_close && opens_sequence(after);
  return !between_sequences && bracket_change(subject) <= 0 && bracket_change(after) >= 0;
}

/// Whether a space goes behind the token: the one table of rules for what is within a line.
bool space_after(const Place& place) {
  const TokenKind subject = place.kind(0);
  const TokenKind after = place.kind(1);
  if (after == TokenKind::newline ||
      (subject == TokenKind::identifier && after == TokenKind::paren_open)) {
    return false;
  }
  if ((subject == TokenKind::identifier && after == TokenKind::colon_colon) ||
      (subject == TokenKind::colon_colon && after == TokenKind::identifier)) {
    return false;
  }
  if (subject == TokenKind::dot || after == TokenKind::dot || after == TokenKind::comma ||
      after == TokenKind::ellipsis) {
    return false;
  }
  if (subject == TokenKind::comma) {
    return true;
  }
  if (is_template_part(subject, after)) {
    return false;
  }
  // In `for x in [1, 2]` the tuple is no index of `in`.
  if (place.kind(-1) == TokenKind::identifier && place.text(0) == "in") {
    return true;
  }
  if (after == TokenKind::bracket_open &&
      (subject == TokenKind::identifier || subject == TokenKind::number ||
       bracket_change(subject) < 0)) {
    return false;
  }
  if (subject == TokenKind::bang) {
    return false;
  }
  if (subject == TokenKind::minus) {
    return !makes_minus_a_sign(place.kind(-1));
  }
  return space_at_brackets(subject, after);
}

void set_spaces(Cell cell) {
  for (std::size_t i = 0; i + 1 < cell.size(); ++i) {
    const Place place(cell, i);
    cell[i + 1].spaces = space_after(place) || would_merge(place) ? 1 : 0;
  }
}

// Columns.

/// Splits off the part of a template's text that hclfmt counts by itself: a "$" or "%", or one that
/// is escaped with what it would open, or all up to the next of these.
std::string_view take_part(std::string_view& text) {
  std::size_t size = std::min(text.find_first_of("$%"), text.size());
  if (size == 0) {
    const bool is_escape = text.size() > 2 && text[1] == text[0] && text[2] == '{';
    size = !is_escape ? 1 : text.substr(3).starts_with('~') ? 4 : 3;
  }
  const std::string_view part = text.substr(0, size);
  text.remove_prefix(size);
  return part;
}

std::size_t columns(const Token& token) {
  const bool is_plain =
      std::ranges::all_of(token.text, [](char c) { return c != '\r' && !syntax::is_foreign(c); });
  if (is_plain || token.kind != TokenKind::text) {
    return is_plain ? token.text.size() : text::count_graphemes(token.text);
  }
  std::size_t count = 0;
  for (std::string_view rest = token.text; !rest.empty();) {
    count += text::count_graphemes(take_part(rest));
  }
  return count;
}

std::size_t columns(std::span<const Token> cell) {
  std::size_t count = 0;
  for (const Token& token : cell) {
    count += token.spaces + columns(token);
  }
  return count;
}

/// Puts the cells that `cell` names below each other where neighbouring lines have them, one space
/// behind the longest text that `width` measures.
template <typename Width>
void align(std::span<Line> lines, Cell Line::*cell, Width width) {
  const auto has_cell = [&](const Line& line) { return !(line.*cell).empty(); };
  auto begin = lines.begin();
  while ((begin = std::find_if(begin, lines.end(), has_cell)) != lines.end()) {
    const auto end = std::find_if_not(begin, lines.end(), has_cell);
    std::uint32_t widest = 0;
    const auto spaces = [cell](Line& line) -> std::uint32_t& {
      return (line.*cell).front().spaces;
    };
    // What a line measures is kept where its spaces will be.
    for (auto line = begin; line != end; ++line) {
      spaces(*line) = static_cast<std::uint32_t>(width(*line));
      widest = std::max(widest, spaces(*line));
    }
    for (auto line = begin; line != end; ++line) {
      spaces(*line) = widest - spaces(*line) + 1;
    }
    begin = end;
  }
}

}  // namespace

tl::expected<std::string, diagnostic::Diagnostics> canonical_layout(
    const diagnostic::SourceFile& source) {
  if (diagnostic::Diagnostics problems = parse(source).diagnostics; has_errors(problems)) {
    return tl::unexpected(std::move(problems));
  }
  Paragraphs paragraphs(source);
  Levels levels;
  std::string result;
  result.reserve(source.text().size() + source.text().size() / 8);
  for (bool is_end = false; !is_end;) {
    const std::span<Token> tokens = paragraphs.next();
    std::vector<Line> lines = split_lines(tokens);
    levels.indent(lines);
    for (Line& line : lines) {
      set_spaces(line.lead);
      set_spaces(line.assignment);
    }
    align(lines, &Line::assignment, [](const Line& line) { return columns(line.lead); });
    align(lines, &Line::comment,
          [](const Line& line) { return columns(line.lead) + columns(line.assignment); });
    for (const Token& token : tokens) {
      result.append(token.spaces, ' ').append(token.text);
    }
    is_end = tokens.back().kind == TokenKind::end_of_file;
  }
  return result;
}

}  // namespace hcl
