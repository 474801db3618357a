// Templates: quoted strings and heredocs, interpolations and directives.

#include <algorithm>
#include <array>
#include <utility>

#include "hcl/syntax/characters.h"
#include "hcl/syntax/parser_impl.h"
#include "hcl/syntax/string_literal.h"
#include "hcl/syntax/template_parts.h"
#include "text/quote.h"

namespace hcl::syntax {

TemplateResult Parser::parse_template_file() {
  refuse_utf16();
  std::vector<FlatPart> parts;
  parse_parts(parts, TokenKind::end_of_file, true);
  finish_heredoc(parts, false);
  const Range all{0, static_cast<std::uint32_t>(source_.text().size())};
  const Expression* value = lost() ? make(all, InvalidExpression{})
                                   : make(all, Template{.parts = fold(parts), .is_heredoc = false});
  return {.arena = std::move(arena_), .value = value, .diagnostics = reporter_.take()};
}

Expression Parser::parse_template() {
  const Token open = peeker_.read();
  const bool is_heredoc = open.kind == TokenKind::heredoc_open;
  const Nesting nesting(*this, open.range());
  const TokenKind closer = is_heredoc ? TokenKind::heredoc_close : TokenKind::quote_close;
  std::vector<FlatPart> parts;
  parse_parts(parts, closer, is_heredoc);
  if (lost()) {
    return {.range = since(open.begin), .node = InvalidExpression{}};
  }
  const Token close = peeker_.read();
  if (close.range().empty()) {
    // The lexer has reported that the template is not closed.
    reporter_.mute();
  }
  if (is_heredoc) {
    finish_heredoc(parts, peeker_.text(open.range()).starts_with("<<-"));
  }
  return {.range = since(open.begin),
          .node = Template{.parts = fold(parts), .is_heredoc = is_heredoc}};
}

/// Everything up to `closer`, which is left.
void Parser::parse_parts(std::vector<FlatPart>& parts, TokenKind closer, bool is_heredoc) {
  int directives = 0;
  bool strips_next = false;
  while (!lost() && !peeker_.at(closer)) {
    const Token next = peeker_.read();
    if (next.kind == TokenKind::text) {
      parts.push_back(parse_text(next, is_heredoc, strips_next));
      strips_next = false;
      continue;
    }
    if (next.strips && !strips_next && !parts.empty() && parts.back().kind == FlatKind::text) {
      parts.back().text = strip_back(parts.back().text, is_heredoc);
    }
    parse_sequence(parts, next, directives);
    strips_next = peeker_.last().kind == TokenKind::sequence_close && peeker_.last().strips;
  }
}

FlatPart Parser::parse_text(const Token& token, bool is_heredoc, bool strips) {
  FlatPart part{.has_escapes = token.has_escapes && is_heredoc,
                .range = token.range(),
                .text = peeker_.text(token.range())};
  if (token.has_escapes && !is_heredoc) {
    part.text = arena_->copy_text(decode_quoted(part.text, token.begin, reporter_));
  }
  if (strips) {
    part.text = strip_front(part.text, is_heredoc);
  }
  return part;
}

void Parser::finish_heredoc(std::span<FlatPart> parts, bool is_flush) {
  if (is_flush) {
    remove_indentation(parts, *arena_);
  }
  for (FlatPart& part : parts) {
    if (part.has_escapes) {
      part.text = arena_->copy_text(decode_heredoc(part.text));
    }
  }
}

/// From behind `${` or `%{` to behind its brace.
void Parser::parse_sequence(std::vector<FlatPart>& parts, const Token& open, int& directives) {
  const int depth = peeker_.depth();
  const Peeker::Newlines newlines(peeker_, false);
  FlatPart part{.kind = FlatKind::interpolation};
  if (open.kind == TokenKind::interpolation_open) {
    part.value = parse_expression();
  } else {
    parse_directive(part, directives);
  }
  const bool is_understood = !lost();
  if (!lost()) {
    expect_sequence_end(open);
  }
  if (lost() && !recover_behind(TokenKind::sequence_close, depth)) {
    return;
  }
  part.range = since(open.begin);
  if (is_understood) {
    parts.push_back(part);
  }
}

void Parser::expect_sequence_end(const Token& open) {
  const Token next = peeker_.peek();
  if (next.kind == TokenKind::sequence_close) {
    peeker_.read();
    return;
  }
  const std::string marker(peeker_.text(open.range()).substr(0, 2));
  const bool is_errant_quote = next.kind == TokenKind::quote_open;
  if (next.kind == TokenKind::end_of_file || next.is_first_on_line || is_errant_quote) {
    fail(Kind::unclosed_sequence, open.range(), "\"" + marker + "\" is not closed",
         "its \"}\" is missing; a plain \"" + marker + "\" is written \"" + marker[0] + marker +
             "\"");
    if (is_errant_quote && peeker_.reread_as_closing()) {
      reporter_.unmute();
    }
    return;
  }
  if (!report_number_suffix()) {
    fail_here(Kind::unexpected_in_sequence,
              "expected \"}\" of a template sequence, found " + found(),
              "\"" + marker + "\" holds one expression and ends with \"}\"; a plain \"" + marker +
                  "\" is written \"" + marker[0] + marker + "\"");
  }
}

void Parser::parse_directive(FlatPart& part, int& directives) {
  const Token word = peeker_.peek();
  const std::string_view name = peeker_.text(word.range());
  constexpr std::array<std::pair<std::string_view, FlatKind>, 5> known = {{
      {"if", FlatKind::if_begin},
      {"else", FlatKind::if_else},
      {"endif", FlatKind::if_end},
      {"for", FlatKind::for_begin},
      {"endfor", FlatKind::for_end},
  }};
  const auto* const entry = std::find_if(known.begin(), known.end(),
                                         [name](const auto& each) { return each.first == name; });
  if (word.kind != TokenKind::identifier || entry == known.end()) {
    fail_here(Kind::unknown_directive, "expected a template directive, found " + found(),
              "the directives are if, else, endif, for, endfor; a plain \"%{\" is written \"%%{\"");
    return;
  }
  peeker_.read();
  part.kind = entry->second;
  if (part.kind == FlatKind::if_end || part.kind == FlatKind::for_end) {
    directives = std::max(directives - 1, 0);
  } else if (part.kind != FlatKind::if_else && nesting_ + ++directives > max_nesting) {
    report_nesting(word.range());
  }
  if (part.kind == FlatKind::if_begin) {
    part.value = parse_expression();
  } else if (part.kind == FlatKind::for_begin && parse_for_intro(part.key, part.name)) {
    part.value = parse_expression();
  }
}

/// The parts with their directives nested.
std::span<const TemplatePart> Parser::fold(std::span<const FlatPart> parts) {
  std::vector<TemplatePart> result;
  std::size_t next = 0;
  while (next < parts.size() && !reporter_.closed()) {
    fold_until_end(parts, next, result);
    if (next < parts.size()) {
      reporter_.report(
          Kind::unbalanced_directive, parts[next].range, "unexpected template directive",
          "no directive that it could belong to is open here", notes_on_opening(parts.first(next)));
      ++next;
    }
  }
  return arena_->copy(result);
}

/// The last thing among the texts of `parts` that was meant to begin a directive: the form of
/// another language, or a strip marker that stands outside.
std::vector<diagnostic::Note> Parser::notes_on_opening(std::span<const FlatPart> parts) const {
  for (auto it = parts.rbegin(); it != parts.rend(); ++it) {
    const FlatPart& part = *it;
    const std::string_view text = peeker_.text(part.range);
    for (const std::string_view opening : {"{~%", "{%"}) {
      const std::size_t at = part.kind == FlatKind::text ? text.rfind(opening) : text.npos;
      if (at == std::string_view::npos) {
        continue;
      }
      std::string_view word = text.substr(at + opening.size());
      word.remove_prefix(leading_space(word));
      word = word.substr(0, word.find_first_not_of("abcdefghijklmnopqrstuvwxyz"));
      const auto begin = part.range.begin + static_cast<std::uint32_t>(at);
      const Range range{begin, begin + static_cast<std::uint32_t>(opening.size())};
      const bool has_marker = opening.size() == 3;
      return {reporter_.note(range,
                             std::string(has_marker ? "this is text; the marker stands inside: %{~ "
                                                    : "this is text; a directive is written %{ ") +
                                 std::string(word))};
    }
  }
  return {};
}

/// Adds parts up to one that ends or divides a directive, which is left.
void Parser::fold_until_end(std::span<const FlatPart> parts, std::size_t& next,
                            std::vector<TemplatePart>& result) {
  while (next < parts.size()) {
    const FlatPart& part = parts[next];
    switch (part.kind) {
      case FlatKind::text:
        result.push_back({.range = part.range, .part = TemplateText{.text = part.text}});
        ++next;
        break;
      case FlatKind::interpolation:
        result.push_back({.range = part.range, .part = TemplateInterpolation{.value = part.value}});
        ++next;
        break;
      case FlatKind::if_begin:
        result.push_back(fold_if(parts, next));
        break;
      case FlatKind::for_begin:
        result.push_back(fold_for(parts, next));
        break;
      default:
        return;
    }
  }
}

std::span<const TemplatePart> Parser::fold_content(std::span<const FlatPart> parts,
                                                   std::size_t& next) {
  std::vector<TemplatePart> content;
  fold_until_end(parts, next, content);
  return arena_->copy(content);
}

TemplatePart Parser::fold_if(std::span<const FlatPart> parts, std::size_t& next) {
  const FlatPart& begin = parts[next++];
  TemplateIf result{
      .condition = begin.value, .when_true = fold_content(parts, next), .when_false = {}};
  if (next < parts.size() && parts[next].kind == FlatKind::if_else) {
    ++next;
    result.when_false = fold_content(parts, next);
  }
  const Range end = expect_directive_end(parts, next, begin, FlatKind::if_end);
  return {.range = join(begin.range, end), .part = Indirect(arena_->make(result))};
}

TemplatePart Parser::fold_for(std::span<const FlatPart> parts, std::size_t& next) {
  const FlatPart& begin = parts[next++];
  const TemplateFor result{.key = begin.key,
                           .value = begin.name,
                           .collection = begin.value,
                           .body = fold_content(parts, next)};
  const Range end = expect_directive_end(parts, next, begin, FlatKind::for_end);
  return {.range = join(begin.range, end), .part = Indirect(arena_->make(result))};
}

/// The range of the directive that ends `begin`. Another one is reported and taken for it.
Range Parser::expect_directive_end(std::span<const FlatPart> parts, std::size_t& next,
                                   const FlatPart& begin, FlatKind end) {
  const std::string name = end == FlatKind::if_end ? "if" : "for";
  if (next == parts.size()) {
    reporter_.report(Kind::unbalanced_directive, begin.range,
                     "template directive \"" + name + "\" is not closed",
                     "its %{ end" + name + " } is missing before the end of the template");
    return begin.range;
  }
  const FlatPart& part = parts[next++];
  if (part.kind != end) {
    reporter_.report(Kind::unbalanced_directive, part.range, "unexpected template directive",
                     "expected the %{ end" + name + " } of the directive that is open here",
                     {reporter_.note(begin.range, "it is opened here")});
    // After an "else" too many the end is still to come.
    while (next < parts.size() && parts[next - 1].kind == FlatKind::if_else) {
      static_cast<void>(fold_content(parts, next));
      next = std::min(next + 1, parts.size());
    }
  }
  return part.range;
}

}  // namespace hcl::syntax
