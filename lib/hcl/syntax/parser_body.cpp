// The structural language: bodies, attributes, blocks.

#include <algorithm>
#include <numeric>
#include <utility>

#include "hcl/syntax/parser_impl.h"
#include "hcl/syntax/string_literal.h"
#include "text/quote.h"

namespace hcl::syntax {
namespace {

/// Almost every body passes, and most are so small that comparing all pairs is quickest.
bool have_distinct_names(std::span<const Attribute> attributes) {
  constexpr std::size_t few = 16;
  if (attributes.size() > few) {
    std::vector<std::string_view> names;
    for (const Attribute& attribute : attributes) {
      names.push_back(attribute.name.text);
    }
    std::ranges::sort(names);
    return std::ranges::adjacent_find(names) == names.end();
  }
  for (std::size_t i = 1; i < attributes.size(); ++i) {
    const auto is_same = [&](const Attribute& other) {
      return other.name.text == attributes[i].name.text;
    };
    if (std::ranges::any_of(attributes.first(i), is_same)) {
      return false;
    }
  }
  return true;
}

}  // namespace

/// The body of a block from behind `open` up to its closing brace, which is left; or, without
/// `open`, the file.
Body Parser::parse_body(const Token* open) {
  const Peeker::Newlines newlines(peeker_, true);
  ScratchList<Attribute> attributes(attribute_stack_);
  ScratchList<Block> blocks(block_stack_);
  const std::uint32_t begin = open != nullptr ? open->end : 0;
  const auto outer_layout = std::exchange(layout_is_reported_, false);
  if (open != nullptr && !peeker_.at(TokenKind::newline) && !peeker_.at(TokenKind::brace_close)) {
    parse_rest_of_one_line_block(attributes);
  }
  while (!reporter_.closed() && !peeker_.at(TokenKind::end_of_file)) {
    if (peeker_.skip(TokenKind::newline)) {
      continue;
    }
    if (!peeker_.at(TokenKind::brace_close)) {
      parse_item(attributes, blocks);
      continue;
    }
    if (open != nullptr) {
      break;
    }
    reporter_.report(
        Kind::unexpected_closing_brace, peeker_.read().range(), "unexpected \"}\"",
        "no block is open here; remove it, or look for a block closed too early above");
    peeker_.set_depth(0);
  }
  if (open != nullptr && peeker_.at(TokenKind::end_of_file)) {
    report_unclosed_block(*open);
  }
  layout_is_reported_ = outer_layout;
  return {.attributes = without_duplicates(attributes),
          .blocks = blocks.keep_in(*arena_),
          .range = {begin, open != nullptr ? peeker_.peek().begin
                                           : static_cast<std::uint32_t>(source_.text().size())}};
}

void Parser::parse_item(ScratchList<Attribute>& attributes, ScratchList<Block>& blocks) {
  const auto outer_indent = std::exchange(item_indent_, peeker_.peek().indent);
  const auto outer_depth = std::exchange(item_depth_, peeker_.depth());
  const auto outer_line = std::exchange(is_on_one_line_, false);
  if (!peeker_.at(TokenKind::identifier)) {
    report_bad_item();
  } else {
    const Name name = name_of(peeker_.read());
    const TokenKind next = peeker_.peek().kind;
    if (next == TokenKind::brace_open || next == TokenKind::quote_open ||
        next == TokenKind::identifier) {
      if (const auto block = parse_block(name)) {
        blocks.add(*block);
      }
    } else if (expect_equals(name)) {
      attributes.add(parse_attribute(name));
      expect_attribute_end();
    }
  }
  if (lost()) {
    recover_item();
  }
  item_indent_ = outer_indent;
  item_depth_ = outer_depth;
  is_on_one_line_ = outer_line;
}

void Parser::report_bad_item() {
  switch (peeker_.peek().kind) {
    case TokenKind::quote_open: {
      const Label label = parse_label();
      fail(Kind::quoted_name, label.range, "name in quotes",
           "names of attributes and block types are plain: write " + std::string(label.text) +
               " = … (this is not JSON)");
      return;
    }
    case TokenKind::brace_open:
      fail_here(Kind::expected_item, "unexpected \"{\"",
                "a block begins with its type, as in name { … } (this is not JSON)");
      return;
    case TokenKind::minus:
      fail_here(Kind::expected_item, "unexpected \"-\"",
                "an attribute is written name = value, a list name = [a, b] (this is not YAML)");
      return;
    default:
      fail_here(Kind::expected_item, "expected an attribute or a block, found " + found(),
                "an attribute is written name = value, a block type \"label\" { … }");
      return;
  }
}

/// What stands between a name and its value. A wrong or missing sign is reported and the value read
/// all the same; false where there is no value.
bool Parser::expect_equals(const Name& name) {
  if (peeker_.at(TokenKind::equals)) {
    return true;
  }
  const Token next = peeker_.peek();
  const std::string example = "write " + std::string(name.text) + " = …";
  switch (next.kind) {
    case TokenKind::equals_equals:
    case TokenKind::colon:
    case TokenKind::fat_arrow:
      reporter_.report(Kind::wrong_equals, next.range(),
                       "expected \"=\" after the name of an attribute, found " + found(), example);
      return true;
    case TokenKind::newline:
    case TokenKind::end_of_file:
    case TokenKind::brace_close:
      fail(Kind::missing_equals, name.range, "attribute without a value", example);
      return false;
    case TokenKind::number:
    case TokenKind::bracket_open:
    case TokenKind::heredoc_open:
    case TokenKind::interpolation_open:
      reporter_.report(Kind::missing_equals, next.range(),
                       "expected \"=\" after the name of an attribute, found " + found(), example);
      return true;
    default:
      fail_here(Kind::missing_equals,
                "expected \"=\" after the name of an attribute, found " + found(),
                example + " for an attribute, " + std::string(name.text) + " { … } for a block");
      return false;
  }
}

/// From the sign on; any sign will do, for a wrong one has been reported.
Attribute Parser::parse_attribute(const Name& name) {
  Range equals{name.range.end, name.range.end};
  const TokenKind sign = peeker_.peek().kind;
  if (sign == TokenKind::equals || sign == TokenKind::equals_equals || sign == TokenKind::colon ||
      sign == TokenKind::fat_arrow) {
    equals = peeker_.read().range();
  }
  const Expression* value = parse_expression();
  return {.name = name, .equals = equals, .value = value, .range = since(name.range.begin)};
}

void Parser::expect_attribute_end() {
  if (lost()) {
    return;
  }
  const Token next = peeker_.peek();
  switch (next.kind) {
    case TokenKind::newline:
    case TokenKind::end_of_file:
      return;
    case TokenKind::comma:
      peeker_.read();
      reporter_.report(Kind::comma_after_attribute, next.range(), "unexpected comma",
                       "attributes of a body are separated by newlines, not by commas");
      return;
    case TokenKind::brace_close:
      if (!layout_is_reported_) {
        reporter_.report(
            Kind::missing_newline, next.range(), "unexpected \"}\"",
            "the closing brace of a block of several lines stands on a line of its own");
      }
      return;
    case TokenKind::equals:
      fail(Kind::missing_newline, next.range(), "unexpected \"=\"",
           "the value ends before it; a comparison is written ==");
      return;
    default:
      break;
  }
  if (!report_number_suffix()) {
    fail_here(Kind::missing_newline, "expected the end of the line, found " + found(),
              "an attribute ends with its line");
  }
}

std::optional<Block> Parser::parse_block(const Name& type) {
  const Nesting nesting(*this, type.range);
  ScratchList<Label> labels(label_stack_);
  while (!lost() && (peeker_.at(TokenKind::quote_open) || peeker_.at(TokenKind::identifier))) {
    labels.add(parse_label());
  }
  if (nesting && !lost() && peeker_.at(TokenKind::invalid)) {
    // A label in the wrong quotes.
    labels.add({.text = "", .range = peeker_.read().range()});
  }
  const Range header = since(type.range.begin);
  const auto open = expect_open_brace(header, labels.size());
  if (!open) {
    return std::nullopt;
  }
  const Body body = parse_body(&*open);
  const Token close = peeker_.peek();
  if (close.kind == TokenKind::brace_close) {
    peeker_.read();
    note_closing(*open, close);
    expect_block_end();
  }
  return Block{.type = type,
               .labels = labels.keep_in(*arena_),
               .open_brace = open->range(),
               .close_brace = close.range(),
               .body = body,
               .header = header};
}

Label Parser::parse_label() {
  const Token open = peeker_.read();
  if (open.kind == TokenKind::identifier) {
    return {.text = peeker_.text(open.range()), .range = open.range()};
  }
  const int depth = peeker_.depth();
  Label label{.text = "", .range = open.range()};
  if (peeker_.at(TokenKind::text)) {
    const Token text = peeker_.read();
    label.text = peeker_.text(text.range());
    if (text.has_escapes) {
      label.text = arena_->copy_text(decode_quoted(label.text, text.begin, reporter_));
    }
  }
  if (!peeker_.at(TokenKind::quote_close)) {
    fail_here(Kind::template_in_label, "template in a label",
              "a label is fixed text; a plain \"${\" is written \"$${\", a plain \"%{\" \"%%{\"");
    recover_behind(TokenKind::quote_close, depth);
  } else if (peeker_.read().range().empty()) {
    reporter_.mute();
  }
  label.range = since(open.begin);
  return label;
}

/// The brace that opens a block. If something else comes first it is reported, and the block read
/// all the same if its brace is on this line or begins the next one.
std::optional<Token> Parser::expect_open_brace(Range header, std::size_t label_count) {
  if (lost()) {
    return std::nullopt;
  }
  if (peeker_.at(TokenKind::brace_open)) {
    return peeker_.read();
  }
  if (peeker_.at(TokenKind::newline)) {
    peeker_.read();
    if (peeker_.at(TokenKind::brace_open)) {
      const Token open = peeker_.read();
      reporter_.report(Kind::brace_on_next_line, open.range(), "\"{\" on a line of its own",
                       "the opening brace of a block stands on the line of its type and labels");
      return open;
    }
  }
  const bool is_line_end =
      peeker_.last().kind == TokenKind::newline || peeker_.at(TokenKind::end_of_file);
  if (is_line_end) {
    reporter_.report(Kind::block_header, header, "block without a body",
                     label_count == 1 ? "a block goes on with \"{\"; for an attribute, put \"=\" "
                                        "between name and value"
                                      : "a block goes on with \"{\" on the same line");
    return std::nullopt;
  }
  fail_here(Kind::block_header, "expected a label or \"{\", found " + found(),
            peeker_.at(TokenKind::equals)
                ? "a block has no \"=\"; an attribute has one name, and no labels"
                : "labels are names or quoted strings, separated by spaces");
  while (peeker_.depth() > item_depth_ ||
         (!peeker_.at(TokenKind::newline) && !peeker_.at(TokenKind::brace_close))) {
    if (peeker_.at(TokenKind::end_of_file)) {
      break;
    }
    const Token token = peeker_.read();
    if (token.kind == TokenKind::brace_open && peeker_.depth() == item_depth_ + 1) {
      reporter_.unmute();
      return token;
    }
  }
  return std::nullopt;
}

/// A block on one line holds one attribute: `a { b = 1 }`. On the way out the parser stands at the
/// closing brace, or, after a line break that should not be there, in a body of several lines.
void Parser::parse_rest_of_one_line_block(ScratchList<Attribute>& attributes) {
  const int depth = peeker_.depth();
  const auto outer_line = std::exchange(is_on_one_line_, true);
  constexpr std::string_view rule =
      "a block on one line holds one attribute; put each item on a line of its own";
  if (peeker_.at(TokenKind::identifier)) {
    const Name name = name_of(peeker_.read());
    const Token next = peeker_.peek();
    if (next.kind == TokenKind::identifier || next.kind == TokenKind::quote_open ||
        next.kind == TokenKind::brace_open) {
      fail(Kind::one_line_block, diagnostic::join(name.range, next.range()),
           "block within a block on one line", std::string(rule));
    } else if (expect_equals(name)) {
      attributes.add(parse_attribute(name));
    }
  } else if (!peeker_.at(TokenKind::end_of_file)) {
    report_bad_item();
  }
  if (!lost() && peeker_.at(TokenKind::newline)) {
    if (peeker_.text(peeker_.peek().range()) == ";") {
      reporter_.mute();
    } else {
      layout_is_reported_ = true;
      reporter_.report(
          Kind::one_line_block, peeker_.peek().range(), "block on one line that does not end there",
          "what begins on the line of the \"{\" ends on it, with \"}\"; otherwise begin "
          "a new line behind the \"{\"");
    }
  } else if (!lost() && !peeker_.at(TokenKind::brace_close) &&
             !peeker_.at(TokenKind::end_of_file) && !report_number_suffix()) {
    fail_here(Kind::one_line_block, "expected \"}\" of a block on one line, found " + found(),
              std::string(rule));
  }
  while (lost() && recover_in_bracket(TokenKind::brace_close, depth, false) == Found::separator) {
    reporter_.mute();
  }
  is_on_one_line_ = outer_line;
}

void Parser::expect_block_end() {
  if (lost()) {
    return;
  }
  const Token next = peeker_.peek();
  if (next.kind == TokenKind::newline || next.kind == TokenKind::end_of_file) {
    return;
  }
  if (next.kind == TokenKind::comma) {
    peeker_.read();
  }
  if (next.kind == TokenKind::comma || next.kind == TokenKind::identifier ||
      next.kind == TokenKind::brace_close) {
    reporter_.report(
        Kind::missing_newline, next.range(),
        "expected the end of the line after a block, found " + describe(next, peeker_.source()),
        "a block ends with its line");
    return;
  }
  fail_here(Kind::missing_newline, "expected the end of the line after a block, found " + found(),
            "a block ends with its line");
}

/// Takes note of a closing brace that is indented less than the line of its opening brace.
void Parser::note_closing(const Token& open, const Token& close) {
  if (!mismatch_ && close.is_first_on_line && close.indent < open.indent) {
    mismatch_ = Mismatch{.open = open.range(), .close = close.range()};
  }
}

void Parser::report_unclosed_block(const Token& open) {
  if (!std::exchange(swallowed_end_, true)) {
    const bool is_inner = mismatch_ && mismatch_->open.begin > open.begin;
    std::vector<diagnostic::Note> notes;
    if (is_inner) {
      notes.push_back(reporter_.note(mismatch_->close,
                                     "this \"}\" closes it, but is indented like one further out"));
    }
    reporter_.report(Kind::unclosed_block, is_inner ? mismatch_->open : open.range(),
                     "\"{\" is not closed", "the file ends before its \"}\"", std::move(notes));
  }
}

/// Keeps the first of several attributes of one name and reports the others.
std::span<const Attribute> Parser::without_duplicates(ScratchList<Attribute>& attributes) {
  const std::span<Attribute> all = attributes.items();
  if (have_distinct_names(all)) {
    return attributes.keep_in(*arena_);
  }
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [all](std::size_t a, std::size_t b) {
    return all[a].name.text < all[b].name.text;
  });
  std::vector<bool> is_duplicate(all.size());
  std::size_t first = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const Name& earlier = all[order[first]].name;
    const Name& name = all[order[i]].name;
    if (name.text != earlier.text) {
      first = i;
      continue;
    }
    is_duplicate[order[i]] = true;
    reporter_.report(Kind::duplicate_attribute, name.range,
                     "duplicate attribute " + text::quoted(name.text),
                     "an attribute is set once in a body",
                     {reporter_.note(earlier.range, "it is first set here")});
  }
  std::vector<Attribute> kept;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!is_duplicate[i]) {
      kept.push_back(all[i]);
    }
  }
  return arena_->copy(kept);
}

}  // namespace hcl::syntax
