// Expressions: operators, conditionals, and the terms that are not collections or templates.

#include "hcl/syntax/parser_impl.h"

namespace hcl::syntax {
namespace {

struct BinaryInfo {
  /// Higher binds tighter; 0 is no operator.
  int precedence = 0;
  BinaryOperator op = BinaryOperator::add;
};

BinaryInfo binary_info(TokenKind kind) {
  switch (kind) {
    case TokenKind::or_or:
      return {1, BinaryOperator::logical_or};
    case TokenKind::and_and:
      return {2, BinaryOperator::logical_and};
    case TokenKind::equals_equals:
      return {3, BinaryOperator::equal};
    case TokenKind::bang_equals:
      return {3, BinaryOperator::not_equal};
    case TokenKind::less:
      return {4, BinaryOperator::less};
    case TokenKind::less_equals:
      return {4, BinaryOperator::less_or_equal};
    case TokenKind::greater:
      return {4, BinaryOperator::greater};
    case TokenKind::greater_equals:
      return {4, BinaryOperator::greater_or_equal};
    case TokenKind::plus:
      return {5, BinaryOperator::add};
    case TokenKind::minus:
      return {5, BinaryOperator::subtract};
    case TokenKind::star:
      return {6, BinaryOperator::multiply};
    case TokenKind::slash:
      return {6, BinaryOperator::divide};
    case TokenKind::percent:
      return {6, BinaryOperator::modulo};
    default:
      return {};
  }
}

constexpr int lowest_precedence = 1;

}  // namespace

const Expression* Parser::parse_expression() {
  const Expression* condition = parse_binary(lowest_precedence);
  if (lost() || !peeker_.at(TokenKind::question)) {
    return condition;
  }
  const Token question = peeker_.read();
  const Nesting nesting(*this, question.range());
  if (!nesting) {
    return condition;
  }
  const Expression* when_true = parse_expression();
  if (!lost() && !peeker_.at(TokenKind::colon)) {
    fail_here(Kind::incomplete_conditional, "expected \":\" of a conditional, found " + found(),
              "a conditional is written condition ? value : other value");
  }
  if (lost()) {
    return make(since(condition->range.begin), InvalidExpression{});
  }
  peeker_.read();
  const Expression* when_false = parse_expression();
  return make(
      since(condition->range.begin),
      Conditional{.condition = condition, .when_true = when_true, .when_false = when_false});
}

/// Operators that bind at least as tightly as `lowest`; chains lean to the left.
const Expression* Parser::parse_binary(int lowest) {
  const Expression* left = parse_unary();
  while (!lost()) {
    const BinaryInfo info = binary_info(peeker_.peek().kind);
    if (info.precedence < lowest) {
      break;
    }
    const Range op_range = peeker_.read().range();
    const Expression* right = parse_binary(info.precedence + 1);
    left = make(join(left->range, right->range),
                BinaryOperation{.op = info.op, .op_range = op_range, .left = left, .right = right});
  }
  return left;
}

const Expression* Parser::parse_unary() {
  const TokenKind kind = peeker_.peek().kind;
  if (kind != TokenKind::minus && kind != TokenKind::bang) {
    return parse_steps(parse_term());
  }
  const Token sign = peeker_.read();
  const Nesting nesting(*this, sign.range());
  if (!nesting) {
    return make(sign.range(), InvalidExpression{});
  }
  const Expression* operand = parse_unary();
  const UnaryOperator op =
      kind == TokenKind::minus ? UnaryOperator::negate : UnaryOperator::logical_not;
  return make(join(sign.range(), operand->range), UnaryOperation{.op = op, .operand = operand});
}

Expression Parser::parse_term() {
  const Token& next = peeker_.peek();
  switch (next.kind) {
    case TokenKind::identifier:
      return parse_name_or_call();
    case TokenKind::number: {
      const Range range = peeker_.read().range();
      return {.range = range, .node = NumberLiteral{.text = peeker_.text(range)}};
    }
    case TokenKind::quote_open:
    case TokenKind::heredoc_open:
      return parse_template();
    case TokenKind::bracket_open:
      return parse_tuple();
    case TokenKind::brace_open:
      return parse_object();
    case TokenKind::paren_open:
      return parse_parentheses();
    case TokenKind::interpolation_open:
      return parse_misplaced_interpolation();
    case TokenKind::invalid:
      return {.range = peeker_.read().range(), .node = InvalidExpression{}};
    default:
      return report_no_expression();
  }
}

Expression Parser::report_no_expression() {
  const Token next = peeker_.peek();
  if (next.kind == TokenKind::percent && peeker_.source().substr(next.end).starts_with('{')) {
    fail_here(Kind::template_outside_quotes, "template outside of quotes",
              "put the whole template in quotes; in an expression write condition ? value : other");
    return {.range = {next.begin, next.begin}, .node = InvalidExpression{}};
  }
  fail_here(Kind::expected_expression, "expected an expression, found " + found(),
            hint_for_missing_value());
  return {.range = {next.begin, next.begin}, .node = InvalidExpression{}};
}

/// `30m`, `0x1F`, `1_000`: a number with a name right behind it.
bool Parser::report_number_suffix() {
  const Token& number = peeker_.last();
  const Token& next = peeker_.peek();
  if (number.kind != TokenKind::number || next.kind != TokenKind::identifier ||
      next.begin != number.end) {
    return false;
  }
  const Range range = join(number.range(), next.range());
  fail(Kind::invalid_number, range, "number is malformed",
       "a number is decimal digits without a unit; write \"" + std::string(peeker_.text(range)) +
           "\" in quotes if it is text");
  return true;
}

Expression Parser::parse_name_or_call() {
  Name name = name_of(peeker_.read());
  if (peeker_.at(TokenKind::colon_colon)) {
    name = parse_function_name(name);
  }
  if (!lost() && peeker_.at(TokenKind::paren_open)) {
    return parse_call(name);
  }
  if (lost()) {
    return {.range = name.range, .node = InvalidExpression{}};
  }
  if (name.text == "true" || name.text == "false") {
    return {.range = name.range, .node = BoolLiteral{.value = name.text == "true"}};
  }
  if (name.text == "null") {
    return {.range = name.range, .node = NullLiteral{}};
  }
  return {.range = name.range, .node = Traversal{.root = name, .steps = {}}};
}

Expression Parser::parse_parentheses() {
  const Token open = peeker_.read();
  const int depth = peeker_.depth();
  const Nesting nesting(*this, open.range());
  const Expression* inner = nullptr;
  {
    const Peeker::Newlines newlines(peeker_, false);
    if (nesting) {
      inner = parse_expression();
    }
    if (!lost() && !peeker_.at(TokenKind::paren_close) && !report_unclosed(open) &&
        !report_number_suffix()) {
      fail_here(Kind::missing_separator, "expected \")\", found " + found(),
                "the expression in the parentheses ends before it");
    }
    if (!lost()) {
      peeker_.read();
    } else if (!recover_behind(TokenKind::paren_close, depth)) {
      inner = nullptr;
    }
  }
  if (inner == nullptr) {
    return {.range = since(open.begin), .node = InvalidExpression{}};
  }
  return {.range = since(open.begin), .node = Parentheses{.inner = inner}};
}

/// `a = ${b}`: reported, and then read as `a = b`.
Expression Parser::parse_misplaced_interpolation() {
  const Token open = peeker_.read();
  const int depth = peeker_.depth();
  reporter_.report(Kind::template_outside_quotes, open.range(), "template outside of quotes",
                   "in an expression write the name alone, or put the whole template in quotes");
  const Nesting nesting(*this, open.range());
  const Peeker::Newlines newlines(peeker_, false);
  if (nesting) {
    static_cast<void>(parse_expression());
  }
  if (!lost() && !peeker_.skip(TokenKind::sequence_close)) {
    reporter_.mute();
  }
  if (lost()) {
    recover_behind(TokenKind::sequence_close, depth);
  }
  return {.range = since(open.begin), .node = InvalidExpression{}};
}

}  // namespace hcl::syntax
