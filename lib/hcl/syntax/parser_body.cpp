// The structural language: bodies, attributes, blocks.

#include <string_view>
#include <unordered_map>
#include <utility>

#include "hcl/syntax/parser_impl.h"
#include "hcl/syntax/string_literal.h"
#include "text/quote.h"

namespace hcl::syntax {
/// The body of a block from behind `open` up to its closing brace, which is left; or, without
/// `open`, the file.
Body Parser::parse_body(const Token* open) {
  const Peeker::Newlines newlines(peeker_, true);
  std::vector<Attribute> attributes;
  std::vector<Block> blocks;
  const std::uint32_t begin = open != nullptr ? open->end : 0;
  const auto outer_layout = std::exchange(layout_is_reported_, false);
  if (open != nullptr && !peeker_.at(TokenKind::newline) && !peeker_.at(TokenKind::brace_close) &&
      !peeker_.peek().is_first_on_line) {
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
  std::uint32_t end =
      open != nullptr ? peeker_.peek().begin : static_cast<std::uint32_t>(source_.text().size());
  if (open != nullptr && peeker_.at(TokenKind::end_of_file)) {
    end = end_unclosed_block(*open, attributes, blocks);
  }
  layout_is_reported_ = outer_layout;
  remove_duplicates(attributes);
  return {.attributes = arena_->copy(attributes),
          .blocks = arena_->copy(blocks),
          .range = {begin, end}};
}

void Parser::parse_item(std::vector<Attribute>& attributes, std::vector<Block>& blocks) {
  const auto outer_indent = std::exchange(item_indent_, peeker_.peek().indent);
  const auto outer_depth = std::exchange(item_depth_, peeker_.depth());
  const auto outer_line = std::exchange(is_on_one_line_, false);
  if (!peeker_.at(TokenKind::identifier)) {
    report_bad_item();
  } else {
    const Name name = name_of(peeker_.read());
    if (at_block_header()) {
      if (const auto block = parse_block(name)) {
        blocks.push_back(*block);
        take_swallowed(attributes, blocks);
      }
    } else if (expect_equals(name)) {
      const Attribute attribute = parse_attribute(name);
      attributes.push_back(attribute);
      expect_attribute_end(attribute);
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
      break;
    case TokenKind::bracket_open:
      fail_here(Kind::expected_item, "unexpected \"[\"",
                "a block is written type \"label\" { … } (this is neither TOML nor INI)");
      break;
    default:
      fail_here(Kind::expected_item, "expected an attribute or a block, found " + found(),
                "an attribute is written name = value, a block type \"label\" { … }");
      return;
  }
  if (peeker_.source().find_first_not_of(" \t\r\n") == peeker_.peek().begin) {
    // The first thing of the file shows that all of it is in another language.
    reporter_.close();
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
  if (ends_with_equals(next)) {
    const Range sign{next.begin, next.end + 1};
    reporter_.report(
        Kind::wrong_equals, sign,
        "expected \"=\" after the name of an attribute, found " + text::quoted(peeker_.text(sign)),
        example);
    peeker_.read();
    return true;
  }
  switch (next.kind) {
    case TokenKind::colon:
      if (rest_of_line(next.end).empty()) {
        fail(Kind::wrong_equals, next.range(), "unexpected \":\" at the end of the line",
             "a block is written " + std::string(name.text) + " { … } (this is not YAML)");
        return false;
      }
      [[fallthrough]];
    case TokenKind::equals_equals:
    case TokenKind::fat_arrow:
      reporter_.report(Kind::wrong_equals, next.range(),
                       "expected \"=\" after the name of an attribute, found " + found(), example);
      return true;
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

/// Whether `token` is the first half of a sign that other languages assign with: `:=`, `+=`, `===`.
bool Parser::ends_with_equals(const Token& token) const {
  switch (token.kind) {
    case TokenKind::colon:
    case TokenKind::plus:
    case TokenKind::minus:
    case TokenKind::star:
    case TokenKind::slash:
    case TokenKind::equals_equals:
      return peeker_.source().substr(token.end).starts_with('=');
    default:
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

void Parser::expect_attribute_end(const Attribute& attribute) {
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
              hint_behind_value(*attribute.value));
  }
}

/// Keeps the first of several attributes of one name and reports the others.
void Parser::remove_duplicates(std::vector<Attribute>& attributes) {
  std::unordered_map<std::string_view, Range> first;
  std::erase_if(attributes, [&](const Attribute& attribute) {
    const Name& name = attribute.name;
    const auto [earlier, is_new] = first.emplace(name.text, name.range);
    if (!is_new) {
      reporter_.report(Kind::duplicate_attribute, name.range,
                       "duplicate attribute " + text::quoted(name.text),
                       "an attribute is set once in a body",
                       {reporter_.note(earlier->second, "it is first set here")});
    }
    return !is_new;
  });
}

}  // namespace hcl::syntax
