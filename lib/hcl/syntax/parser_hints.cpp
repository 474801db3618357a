// What to say beside the caret where an expression does not begin or does not end as it should:
// a guess at what the writer had in mind, from what stands around the place.

#include <algorithm>
#include <array>
#include <utility>

#include "hcl/syntax/characters.h"
#include "hcl/syntax/parser_impl.h"

namespace hcl::syntax {
namespace {

using Hint = std::pair<std::string_view, std::string_view>;

/// Operators of other languages.
constexpr std::array<Hint, 6> word_operators = {{
    {"and", "the operator is written &&"},
    {"or", "the operator is written ||"},
    {"not", "the operator is written !"},
    {"mod", "the operator is written %"},
    {"is", "a comparison is written =="},
    {"then", "a conditional is written condition ? value : other value"},
}};

std::string_view word_operator_hint(std::string_view word) {
  for (const auto& [name, hint] : word_operators) {
    if (name == word) {
      return hint;
    }
  }
  return {};
}

bool is_operator(TokenKind kind) {
  return kind >= TokenKind::equals_equals && kind <= TokenKind::percent && kind != TokenKind::bang;
}

/// What stands at the beginning of `text`, if it consists of digits.
std::string_view digits_of(std::string_view text) {
  const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n,;:?)]}*/%+-<>=!&|#"));
  return word.find_first_not_of("0123456789") == std::string_view::npos ? word : "";
}

bool is_plain_name(const Expression& value) {
  const auto* traversal = std::get_if<Traversal>(&value.node);
  return traversal != nullptr && traversal->steps.empty();
}

}  // namespace

/// What stands behind `begin` on its line, without the space around it.
std::string_view Parser::rest_of_line(std::uint32_t begin) const {
  std::string_view rest = peeker_.source().substr(begin);
  rest = rest.substr(0, rest.find('\n'));
  constexpr std::string_view space = " \t\r";
  rest.remove_prefix(std::min(rest.find_first_not_of(space), rest.size()));
  return rest.substr(0, rest.find_last_not_of(space) + 1);
}

/// The word that begins at `begin` is text.
std::string Parser::quotes_are_missing(std::uint32_t begin) const {
  const std::string_view rest = peeker_.source().substr(begin);
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r\n\"'`,;(){}[]"));
  constexpr std::size_t longest = 60;
  return word.empty() || word.size() > longest
             ? "text goes in double quotes"
             : "text goes in double quotes: \"" + std::string(word) + "\"";
}

/// The next token is none that an expression begins with.
std::string Parser::hint_for_missing_value() {
  const Token& next = peeker_.peek();
  const Token& last = peeker_.last();
  const bool touches_last = last.end == next.begin;
  const std::string_view behind = peeker_.source().substr(next.end);
  const bool begins_path = next.kind == TokenKind::slash || next.kind == TokenKind::dot;
  if (const std::string_view digits = digits_of(behind);
      next.kind == TokenKind::dot && !digits.empty()) {
    return "a number begins with a digit: 0." + std::string(digits);
  }
  if (begins_path && !behind.empty() && has_class(behind[0], identifier_continue)) {
    return quotes_are_missing(next.begin);
  }
  if (begins_path && behind.starts_with('/')) {
    return quotes_are_missing(next.begin);
  }
  if (next.kind == TokenKind::equals) {
    return "a comparison is written ==";
  }
  if (last.kind == TokenKind::less && next.kind == TokenKind::greater && touches_last) {
    return "the operator is written !=";
  }
  if (last.kind == TokenKind::question && touches_last) {
    return "a conditional is written condition ? value : other value";
  }
  if (next.kind == TokenKind::newline && is_operator(last.kind)) {
    return "an expression goes on over the end of a line only within parentheses or brackets";
  }
  return is_operator(next.kind) ? "the operator has no value on its left" : "a value is missing";
}

/// The next token does not belong to `value`, which an attribute has ended with.
std::string Parser::hint_behind_value(const Expression& value) {
  const Token& next = peeker_.peek();
  const Token& last = peeker_.last();
  for (const Token* const token : {&next, &last}) {
    const std::string_view hint = word_operator_hint(peeker_.text(token->range()));
    if (token->kind == TokenKind::identifier && !hint.empty()) {
      return std::string(hint);
    }
  }
  if (next.begin == last.end) {
    return quotes_are_missing(value.range.begin);
  }
  if (is_plain_name(value) && next.kind == TokenKind::quote_open) {
    return "a call has parentheses: " + std::string(peeker_.text(value.range)) + "(…)";
  }
  if (is_plain_name(value) && next.kind == TokenKind::identifier) {
    return "text goes in double quotes";
  }
  return "an attribute ends with its line";
}

/// The next token is neither the comma behind an element nor `closer`.
std::string Parser::hint_behind_element(TokenKind closer) {
  if (peeker_.at(TokenKind::ellipsis)) {
    return "\"...\" expands the last argument of a call";
  }
  if (closer == TokenKind::paren_close && peeker_.at(TokenKind::equals)) {
    return "arguments have no names, only an order";
  }
  if (at_keyword("for")) {
    return "a for expression begins with it: [for name in collection : result]";
  }
  return "elements are separated by commas";
}

}  // namespace hcl::syntax
