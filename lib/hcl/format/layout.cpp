#include "hcl/format/layout.h"

#include <algorithm>
#include <utility>

#include "hcl/format/scanner.h"
#include "hcl/format/spacing.h"
#include "text/utf8.h"

namespace hcl::layout {
namespace {

using Cell = std::span<Token>;

int bracket_change(Cell cell) {
  int change = 0;
  for (const Token& token : cell) {
    change += bracket_change(token.kind);
  }
  return change;
}

Line make_line(Cell tokens) {
  Line line = {.lead = tokens, .assignment = {}, .comment = {}};
  if (tokens.size() > 1 && tokens.back().kind == Kind::comment) {
    line.comment = tokens.last(1);
    line.lead = tokens.first(tokens.size() - 1);
  }
  const auto equals = std::ranges::find(line.lead.subspan(1), Kind::equals, &Token::kind);
  const auto index = static_cast<std::size_t>(equals - line.lead.begin());
  if (index < line.lead.size() && bracket_change(line.lead.subspan(index)) == 0) {
    line.assignment = line.lead.subspan(index);
    line.lead = line.lead.first(index);
  }
  return line;
}

/// What the line as a whole opens or closes. Of the first cell, what is within a heredoc does not
/// count; an assignment closes what it opens.
int net_brackets(const Line& line) {
  const auto heredoc = std::ranges::find(line.lead, Kind::heredoc_open, &Token::kind);
  return bracket_change(line.lead.first(static_cast<std::size_t>(heredoc - line.lead.begin())));
}

void space(Cell cell, std::string_view source) {
  for (std::size_t i = 0; i + 1 < cell.size(); ++i) {
    cell[i + 1].spaces = space_after(cell, i, source) ? 1 : 0;
  }
}

std::size_t columns(Cell cell, std::string_view source) {
  std::size_t count = 0;
  for (const Token& token : cell) {
    const std::string_view text = source.substr(token.begin, token.end - token.begin);
    const bool is_plain = std::ranges::all_of(
        text, [](char c) { return c != '\r' && static_cast<unsigned char>(c) < 0x80; });
    count += token.spaces + (is_plain ? text.size() : text::count_graphemes(text));
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
    // To measure is dear: what a line measures is kept where its spaces will be.
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

void Levels::close(int brackets) {
  while (brackets > 0 && !levels_.empty()) {
    const int closed = std::min(brackets, levels_.back());
    brackets -= closed;
    levels_.back() -= closed;
    if (levels_.back() == 0) {
      levels_.pop_back();
    }
  }
}

/// All lines but those without a token.
void Layout::split_lines(std::span<Token> tokens) {
  lines_.clear();
  std::size_t begin = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool is_end = tokens[i].kind == Kind::end_of_file;
    const std::size_t end = is_end ? i : i + 1;
    if ((is_end || ends_line(tokens[i], source_)) && end > begin) {
      lines_.push_back(make_line(tokens.subspan(begin, end - begin)));
      begin = end;
    }
  }
}

void Layout::indent() {
  for (Line& line : lines_) {
    Token& first = line.lead.front();
    if (first.kind == Kind::newline) {
      first.spaces = 0;
      continue;
    }
    const int net = net_brackets(line);
    levels_.close(-net);
    first.spaces = levels_.spaces();
    if (net > 0) {
      levels_.open(net);
    }
  }
}

void Layout::lay_out(std::span<Token> tokens) {
  split_lines(tokens);
  indent();
  if (std::exchange(is_first_, false) &&
      source_.substr(tokens.front().begin).starts_with(byte_order_mark)) {
    // At the very beginning it would no longer be one of the text's characters.
    tokens.front().spaces = 1;
  }
  for (Line& line : lines_) {
    space(line.lead, source_);
    space(line.assignment, source_);
  }
  align(lines_, &Line::assignment,
        [this](const Line& line) { return columns(line.lead, source_); });
  align(lines_, &Line::comment, [this](const Line& line) {
    return columns(line.lead, source_) + columns(line.assignment, source_);
  });
}

}  // namespace hcl::layout
