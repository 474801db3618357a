// Unary and binary operators: "Operations" of the specification.
#include <fmt/format.h>

#include <optional>
#include <vector>

#include "hcl/evaluate/nodes.h"
#include "hcl/value/convert.h"

namespace hcl::evaluation {
namespace {

/// One side of an operation: where it stands and what came out.
struct Operand {
  Range range;
  const Value& value;
};

std::string_view symbol(BinaryOperator op) {
  constexpr std::string_view symbols[] = {"||", "&&", "==", "!=", "<", "<=", ">",
                                          ">=", "+",  "-",  "*",  "/", "%"};
  return symbols[static_cast<std::size_t>(op)];
}

Value report_operand(Context& context, const Operand& operand, std::string detail) {
  return context.report(Kind::invalid_operand, operand.range,
                        context.describe(operand.range, operand.value), std::move(detail));
}

bool is_comparison(std::string_view op) {
  return op[0] == '<' || op[0] == '>';
}

/// What somebody who wrote this operand for a number probably wants.
std::string_view number_remedy(const Value& value, std::string_view op) {
  if (op == "+" && value.as_string() != nullptr) {
    return "; to join strings, write \"${a}${b}\"";
  }
  if (is_comparison(op) && value.as_string() != nullptr) {
    return "; strings are compared with == and != only";
  }
  if (is_comparison(op) && value.as_bool() != nullptr) {
    return "; to join comparisons, write x < y && y < z";
  }
  return "";
}

/// Nothing if the operand is unknown or, after a diagnostic, no number.
std::optional<Number> number_operand(Context& context, const Operand& operand,
                                     std::string_view op) {
  if (operand.value.is_unknown()) {
    return std::nullopt;
  }
  const std::optional<Value> value = to_number(operand.value);
  if (value && !value->is_null()) {
    return *value->as_number();
  }
  report_operand(context, operand,
                 fmt::format("operator {} takes numbers{}", op, number_remedy(operand.value, op)));
  return std::nullopt;
}

/// Nothing if the operand is unknown or, after a diagnostic, no bool.
std::optional<bool> bool_operand(Context& context, const Operand& operand, std::string_view op) {
  if (operand.value.is_unknown()) {
    return std::nullopt;
  }
  const std::optional<Value> value = to_bool(operand.value);
  if (value && !value->is_null()) {
    return *value->as_bool();
  }
  const bool is_number = operand.value.as_number() != nullptr;
  report_operand(context, operand,
                 fmt::format("operator {} takes true and false{}", op,
                             is_number ? "; compare the number, as in x != 0" : ""));
  return std::nullopt;
}

std::optional<Number> compute(BinaryOperator op, const Number& left, const Number& right) {
  switch (op) {
    case BinaryOperator::add:
      return Number::add(left, right);
    case BinaryOperator::subtract:
      return Number::subtract(left, right);
    case BinaryOperator::multiply:
      return Number::multiply(left, right);
    case BinaryOperator::divide:
      return Number::divide(left, right);
    default:
      return Number::modulo(left, right);
  }
}

bool compare(BinaryOperator op, const Number& left, const Number& right) {
  switch (op) {
    case BinaryOperator::less:
      return left < right;
    case BinaryOperator::less_or_equal:
      return left <= right;
    case BinaryOperator::greater:
      return left > right;
    default:
      return left >= right;
  }
}

struct Calculation {
  BinaryOperator op;
  const Number& left;
  const Number& right;
  bool is_sensitive;
};

std::string code_of(const Calculation& sum) {
  const auto shown = [&](const Number& number) {
    return to_hcl(Value::number(number).marked_sensitive(sum.is_sensitive), 30);
  };
  return fmt::format("{} {} {}", shown(sum.left), symbol(sum.op), shown(sum.right));
}

Value calculate(Context& context, const Calculation& sum, Range range) {
  const std::optional<Number> result = compute(sum.op, sum.left, sum.right);
  const bool are_finite = sum.left.is_finite() && sum.right.is_finite();
  if (!result) {
    context.report(Kind::undefined_result, range, fmt::format("{} has no result", code_of(sum)),
                   are_finite
                       ? "guard the division, as in y == 0 ? 0 : x / y"
                       : "an infinity is what a division by zero gives; guard that division");
    return Value::unknown(Type::number());
  }
  const bool divides_by_zero = sum.op == BinaryOperator::divide && sum.right == Number(0);
  if (!result->is_finite() && are_finite && !divides_by_zero) {
    context.report(Kind::number_out_of_range, range,
                   fmt::format("{} is out of range", context.code(range)),
                   "numbers lie between about 1e-1233 and 1e1233");
    return Value::unknown(Type::number());
  }
  return Value::number(*result);
}

/// What is unknown has a type, and nothing but null equals what has another one.
bool differ_in_type(const Value& unknown, const Value& known) {
  return unknown.is_unknown() && !known.is_unknown() && !known.is_null() &&
         unknown.type().is_wholly_known() && unknown.type() != known.type();
}

Value equality(BinaryOperator op, const Value& left, const Value& right) {
  if (differ_in_type(left, right) || differ_in_type(right, left)) {
    return Value::boolean(op == BinaryOperator::not_equal);
  }
  if (!left.is_wholly_known() || !right.is_wholly_known()) {
    return Value::unknown(Type::boolean());
  }
  return Value::boolean((left == right) == (op == BinaryOperator::equal));
}

Value logic(Context& context, BinaryOperator op, const Operand& left, const Operand& right) {
  const std::optional<bool> a = bool_operand(context, left, symbol(op));
  const std::optional<bool> b = bool_operand(context, right, symbol(op));
  if (!a || !b) {
    return Value::unknown(Type::boolean());
  }
  return Value::boolean(op == BinaryOperator::logical_and ? *a && *b : *a || *b);
}

Value arithmetic(Context& context, BinaryOperator op, const Operand& left, const Operand& right,
                 Range range) {
  const std::optional<Number> a = number_operand(context, left, symbol(op));
  const std::optional<Number> b = number_operand(context, right, symbol(op));
  const bool compares = op < BinaryOperator::add;
  if (!a || !b) {
    return Value::unknown(compares ? Type::boolean() : Type::number());
  }
  if (compares) {
    return Value::boolean(compare(op, *a, *b));
  }
  const bool is_sensitive = left.value.is_sensitive() || right.value.is_sensitive();
  return calculate(context, {op, *a, *b, is_sensitive}, range);
}

Value apply(Context& context, const Expression& expression, const Value& left, const Value& right,
            bool has_failed) {
  const auto& node = std::get<BinaryOperation>(expression.node);
  const Operand a{.range = node.left->range, .value = left};
  const Operand b{.range = node.right->range, .value = right};
  switch (node.op) {
    case BinaryOperator::equal:
    case BinaryOperator::not_equal:
      context.spend_on(left);
      return has_failed ? Value::unknown(Type::boolean()) : equality(node.op, left, right);
    case BinaryOperator::logical_and:
    case BinaryOperator::logical_or:
      return logic(context, node.op, a, b);
    default:
      return arithmetic(context, node.op, a, b, expression.range);
  }
}

}  // namespace

Value evaluate_unary(Context& context, const UnaryOperation& node) {
  const Value value = evaluate_node(context, *node.operand);
  const Operand operand{.range = node.operand->range, .value = value};
  if (node.op == UnaryOperator::logical_not) {
    const std::optional<bool> flag = bool_operand(context, operand, "!");
    const Value result = flag ? Value::boolean(!*flag) : Value::unknown(Type::boolean());
    return result.marked_like(value);
  }
  const std::optional<Number> number = number_operand(context, operand, "-");
  const Value result = number ? Value::number(-*number) : Value::unknown(Type::number());
  return result.marked_like(value);
}

Value evaluate_binary(Context& context, const Expression& expression) {
  std::vector<const Expression*> chain;
  const Expression* leftmost = &expression;
  while (const auto* node = std::get_if<BinaryOperation>(&leftmost->node)) {
    chain.push_back(leftmost);
    leftmost = node->left;
  }
  const std::size_t reported = context.report_count();
  Value left = evaluate_node(context, *leftmost);
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    const Value right = evaluate_node(context, *std::get<BinaryOperation>((*it)->node).right);
    const bool has_failed = context.report_count() > reported;
    left = apply(context, **it, left, right, has_failed).marked_like(left).marked_like(right);
  }
  return left;
}

}  // namespace hcl::evaluation
