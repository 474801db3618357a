// What stands in brackets: tuples, objects, for expressions, and the arguments of calls.

#include "hcl/syntax/parser_impl.h"

namespace hcl::syntax {

/// Expressions and the commas between them, from behind `open` to behind `closer`. False if the
/// closer is not there.
bool Parser::parse_list(const Token& open, TokenKind closer, std::vector<const Expression*>& items,
                        bool* expands_last) {
  const int depth = peeker_.depth();
  while (true) {
    if (!lost() && peeker_.skip(closer)) {
      return true;
    }
    if (!lost() && !report_unclosed(open)) {
      items.push_back(parse_expression());
      expect_separator(open, closer, expands_last);
    }
    if (lost() && recover_in_bracket(closer, depth, false) == Found::nothing) {
      return false;
    }
  }
}

/// A comma, which is read, or the closer, which is not; before it, in a call, perhaps `...`.
void Parser::expect_separator(const Token& open, TokenKind closer, bool* expands_last) {
  if (lost() || peeker_.skip(TokenKind::comma) || peeker_.at(closer)) {
    return;
  }
  if (expands_last != nullptr && peeker_.skip(TokenKind::ellipsis)) {
    *expands_last = true;
    if (!peeker_.at(closer) && !report_unclosed(open)) {
      fail_here(Kind::expansion, "expected \")\" behind \"...\", found " + found(),
                "only the last argument can be expanded, and no comma follows it");
    }
    return;
  }
  if (!report_unclosed(open) && !report_number_suffix()) {
    const std::string closing = closer == TokenKind::paren_close ? "\")\"" : "\"]\"";
    fail_here(Kind::missing_separator, "expected \",\" or " + closing + ", found " + found(),
              hint_behind_element(closer));
  }
}

Expression Parser::parse_tuple() {
  const Token open = peeker_.read();
  const Nesting nesting(*this, open.range());
  std::vector<const Expression*> elements;
  {
    const Peeker::Newlines newlines(peeker_, false);
    if (nesting && at_keyword("for")) {
      return parse_for(open);
    }
    if (!nesting || !parse_list(open, TokenKind::bracket_close, elements, nullptr)) {
      return {.range = since(open.begin), .node = InvalidExpression{}};
    }
  }
  return {.range = since(open.begin), .node = Tuple{.elements = arena_->copy(elements)}};
}

/// A call, from its parenthesis on.
Expression Parser::parse_call(const Name& name) {
  const Token open = peeker_.read();
  const Nesting nesting(*this, open.range());
  std::vector<const Expression*> arguments;
  bool expands_last = false;
  {
    const Peeker::Newlines newlines(peeker_, false);
    if (!nesting || !parse_list(open, TokenKind::paren_close, arguments, &expands_last)) {
      return {.range = since(name.range.begin), .node = InvalidExpression{}};
    }
  }
  const FunctionCall call{
      .name = name, .arguments = arena_->copy(arguments), .expands_last = expands_last};
  return {.range = since(name.range.begin), .node = Indirect(arena_->make(call))};
}

/// `namespace::name`, from behind its first name.
Name Parser::parse_function_name(const Name& first) {
  std::string text(first.text);
  while (peeker_.skip(TokenKind::colon_colon)) {
    if (!peeker_.at(TokenKind::identifier)) {
      fail_here(Kind::function_name, "expected a name behind \"::\", found " + found(),
                "a function in a namespace is called as namespace::name(…)");
      return first;
    }
    text += "::";
    text += peeker_.text(peeker_.read().range());
  }
  if (!peeker_.at(TokenKind::paren_open)) {
    fail_here(Kind::function_name, "expected \"(\" behind the name of a function, found " + found(),
              "only functions have namespaces; they are called as namespace::name(…)");
  }
  return {.text = arena_->copy_text(text), .range = since(first.range.begin)};
}

Expression Parser::parse_object() {
  const Token open = peeker_.read();
  const int depth = peeker_.depth();
  const Nesting nesting(*this, open.range());
  if (!nesting) {
    return {.range = open.range(), .node = InvalidExpression{}};
  }
  {
    const Peeker::Newlines newlines(peeker_, false);
    if (at_keyword("for")) {
      return parse_for(open);
    }
  }
  const Peeker::Newlines newlines(peeker_, true);
  std::vector<ObjectItem> items;
  while (true) {
    while (!lost() && peeker_.skip(TokenKind::newline)) {
    }
    if (!lost() && peeker_.at(TokenKind::brace_close)) {
      break;
    }
    parse_element(items, open);
    if (lost() && recover_in_bracket(TokenKind::brace_close, depth, true) == Found::nothing) {
      return {.range = since(open.begin), .node = InvalidExpression{}};
    }
  }
  note_closing(open, peeker_.read());
  return {.range = since(open.begin), .node = Object{.items = arena_->copy(items)}};
}

/// `key = value` or `key : value`, and the comma or newline behind it.
void Parser::parse_element(std::vector<ObjectItem>& items, const Token& open) {
  if (report_unclosed_object(open)) {
    return;
  }
  const Expression* key = parse_key();
  if (!lost() && !peeker_.at(TokenKind::equals) && !peeker_.at(TokenKind::colon)) {
    report_no_value();
  }
  if (lost()) {
    return;
  }
  peeker_.read();
  const Expression* value = parse_expression();
  if (lost()) {
    return;
  }
  items.push_back({.key = key, .value = value});
  if (peeker_.skip(TokenKind::comma) || peeker_.skip(TokenKind::newline) ||
      peeker_.at(TokenKind::brace_close) || report_unclosed_object(open) ||
      report_number_suffix()) {
    return;
  }
  fail_here(Kind::missing_separator, "expected \",\" or a new line, found " + found(),
            "elements of an object are separated by commas or newlines");
}

/// Reports an object that is never closed, if the next token shows that.
bool Parser::report_unclosed_object(const Token& open) {
  const Token& next = peeker_.peek();
  if (next.kind != TokenKind::end_of_file && !looks_like_block(next)) {
    return false;
  }
  if (next.kind == TokenKind::end_of_file && mismatch_behind(open.begin) != nullptr) {
    report_unclosed_block(open, std::nullopt);
    reporter_.mute();
    return true;
  }
  return report_unclosed(open);
}

void Parser::report_no_value() {
  if (peeker_.at(TokenKind::comma) || peeker_.at(TokenKind::newline) ||
      peeker_.at(TokenKind::brace_close)) {
    fail(Kind::incomplete_element, since(peeker_.last().begin),
         "element of an object without a value", "an element is written key = value, on one line");
    return;
  }
  fail_here(Kind::incomplete_element,
            "expected \"=\" behind the key of an object, found " + found(),
            "an element is written key = value; keys with dots or spaces go in quotes");
}

/// A name alone is a key by itself, also where it would be a literal elsewhere.
const Expression* Parser::parse_key() {
  const Token first = peeker_.peek();
  const Expression* key = parse_expression();
  const bool is_literal = std::holds_alternative<BoolLiteral>(key->node) ||
                          std::holds_alternative<NullLiteral>(key->node);
  return is_literal ? make(key->range, Traversal{.root = name_of(first), .steps = {}}) : key;
}

/// A for expression, from its `for` on; `open` is its bracket.
Expression Parser::parse_for(const Token& open) {
  const int depth = peeker_.depth();
  const bool is_object = open.kind == TokenKind::brace_open;
  const TokenKind closer = is_object ? TokenKind::brace_close : TokenKind::bracket_close;
  const Peeker::Newlines newlines(peeker_, false);
  peeker_.read();
  ForExpression result;
  if (parse_for_intro(result.key, result.value)) {
    result.collection = parse_expression();
    parse_for_result(result, is_object);
  }
  if (!lost() && !peeker_.at(closer) && !report_unclosed(open) && !report_number_suffix()) {
    fail_here(Kind::for_expression, "expected the end of a for expression, found " + found(),
              "a for expression ends behind its result and its condition");
  }
  if (!lost()) {
    peeker_.read();
    return {.range = since(open.begin), .node = Indirect(arena_->make(result))};
  }
  recover_behind(closer, depth);
  return {.range = since(open.begin), .node = InvalidExpression{}};
}

/// `name in` or `key, value in`, also in template directives.
bool Parser::parse_for_intro(std::optional<Name>& key, Name& value) {
  const auto parse_name = [this](Name& name) {
    if (!peeker_.at(TokenKind::identifier)) {
      fail_here(Kind::for_expression, "expected a name behind \"for\", found " + found(),
                peeker_.at(TokenKind::equals) || peeker_.at(TokenKind::colon)
                    ? "a first key named for goes in quotes: \"for\""
                    : "a loop is written for value in collection, or for key, value in collection");
      return false;
    }
    name = name_of(peeker_.read());
    return true;
  };
  if (!parse_name(value)) {
    return false;
  }
  if (peeker_.skip(TokenKind::comma)) {
    key = value;
    if (!parse_name(value)) {
      return false;
    }
  }
  if (!at_keyword("in")) {
    fail_here(Kind::for_expression, "expected \"in\" in a for expression, found " + found(),
              "a loop is written for value in collection, or for key, value in collection");
    return false;
  }
  peeker_.read();
  return true;
}

/// From the colon to the condition.
void Parser::parse_for_result(ForExpression& result, bool is_object) {
  if (!lost() && !peeker_.at(TokenKind::colon)) {
    fail_here(Kind::for_expression, "expected \":\" in a for expression, found " + found(),
              "a colon stands between the collection and the result");
  }
  if (lost()) {
    return;
  }
  peeker_.read();
  result.value_result = parse_expression();
  if (!lost() && is_object) {
    if (!peeker_.at(TokenKind::fat_arrow)) {
      fail_here(Kind::for_expression, "expected \"=>\" in a for expression, found " + found(),
                "in braces the result is key => value; without keys use brackets, [for …]");
      return;
    }
    peeker_.read();
    result.key_result = result.value_result;
    result.value_result = parse_expression();
    result.is_grouping = !lost() && peeker_.skip(TokenKind::ellipsis);
  } else if (!lost() && (peeker_.at(TokenKind::fat_arrow) || peeker_.at(TokenKind::ellipsis))) {
    fail_here(Kind::for_expression, "unexpected " + found() + " in a for expression",
              "keys and grouping need braces: {for … : key => value}");
  }
  if (!lost() && at_keyword("if")) {
    peeker_.read();
    result.condition = parse_expression();
  }
}

}  // namespace hcl::syntax
