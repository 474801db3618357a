// Unary and binary operators: "Operations" of the specification.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
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

/// What came out of one side, and what was reported on the way.
struct Outcome {
  Value value;
  diagnostic::Diagnostics diagnostics = {};

  [[nodiscard]] bool has_failed() const { return !diagnostics.empty(); }
};

Outcome evaluate_side(const Context& context, const Expression& expression) {
  diagnostic::Diagnostics diagnostics;
  Context inner = context.reporting_to(diagnostics);
  Value value = evaluate_node(inner, expression);
  return {.value = std::move(value), .diagnostics = std::move(diagnostics)};
}

diagnostic::Diagnostics joined(Outcome& left, Outcome& right) {
  diagnostic::Diagnostics all = std::move(left.diagnostics);
  std::ranges::move(right.diagnostics, std::back_inserter(all));
  return all;
}

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

void report_no_bool(Context& context, const Operand& operand, std::string_view op) {
  const bool is_number = operand.value.type().is(TypeKind::number);
  report_operand(context, operand,
                 fmt::format("operator {} takes true and false{}", op,
                             is_number ? "; compare the number, as in x != 0" : ""));
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

/// What a value says where a bool is needed.
enum class Truth : std::uint8_t { no, yes, null, unknown, no_bool };

Truth truth_of(const Value& value) {
  if (const bool* flag = value.as_bool()) {
    return *flag ? Truth::yes : Truth::no;
  }
  if (!is_convertible(value.type(), Type::boolean(), Safety::unsafe)) {
    return Truth::no_bool;
  }
  if (value.is_unknown() || value.is_null()) {
    return value.is_null() ? Truth::null : Truth::unknown;
  }
  const std::optional<Value> flag = to_bool(value);
  return !flag ? Truth::no_bool : *flag->as_bool() ? Truth::yes : Truth::no;
}

/// `&&` or `||`. Both sides have to be bools, but where one side decides the result, nothing counts
/// that was reported on the other: the original's short circuit, which goes either way. A null
/// decides `&&` as false does.
Outcome logic(const Context& context, const BinaryOperation& node, Outcome left, Outcome right) {
  const bool is_and = node.op == BinaryOperator::logical_and;
  const Truth a = truth_of(left.value);
  const Truth b = truth_of(right.value);
  if (a != Truth::no_bool && b != Truth::no_bool) {
    const auto decides = [is_and](Truth truth) {
      return is_and ? truth == Truth::no || truth == Truth::null : truth == Truth::yes;
    };
    if (decides(a) || decides(b)) {
      return {Value::boolean(!is_and), std::move((decides(a) ? left : right).diagnostics)};
    }
    // Of two unknown sides the left one counts, unless it has failed: then both are reported.
    if (a == Truth::unknown && (b != Truth::unknown || !left.has_failed())) {
      return {Value::unknown(Type::boolean()), std::move(left.diagnostics)};
    }
    if (b == Truth::unknown && a != Truth::unknown) {
      return {Value::unknown(Type::boolean()), std::move(right.diagnostics)};
    }
  }
  const auto is_wrong = [is_and](Truth truth, const Outcome& side) {
    return (truth == Truth::no_bool && !(side.value.is_unknown() && side.has_failed())) ||
           (truth == Truth::null && !is_and);
  };
  const bool is_left_wrong = is_wrong(a, left);
  const bool is_right_wrong = is_wrong(b, right);
  const Truth neutral = is_and ? Truth::yes : Truth::no;
  const bool is_known = a == neutral && b == neutral;
  Outcome result{.value = is_known ? Value::boolean(is_and) : Value::unknown(Type::boolean()),
                 .diagnostics = joined(left, right)};
  Context inner = context.reporting_to(result.diagnostics);
  if (is_left_wrong) {
    report_no_bool(inner, {node.left->range, left.value}, symbol(node.op));
  }
  if (is_right_wrong) {
    report_no_bool(inner, {node.right->range, right.value}, symbol(node.op));
  }
  return result;
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

Outcome apply(Context& context, const Expression& expression, Outcome left, Outcome right) {
  const auto& node = std::get<BinaryOperation>(expression.node);
  if (node.op == BinaryOperator::logical_and || node.op == BinaryOperator::logical_or) {
    return logic(context, node, std::move(left), std::move(right));
  }
  diagnostic::Diagnostics diagnostics = joined(left, right);
  if (node.op == BinaryOperator::equal || node.op == BinaryOperator::not_equal) {
    context.spend_on(left.value);
    Value value = diagnostics.empty() ? equality(node.op, left.value, right.value)
                                      : Value::unknown(Type::boolean());
    return {.value = std::move(value), .diagnostics = std::move(diagnostics)};
  }
  const Operand a{.range = node.left->range, .value = left.value};
  const Operand b{.range = node.right->range, .value = right.value};
  Context inner = context.reporting_to(diagnostics);
  Value value = arithmetic(inner, node.op, a, b, expression.range);
  return {.value = std::move(value), .diagnostics = std::move(diagnostics)};
}

}  // namespace

Value evaluate_unary(Context& context, const UnaryOperation& node) {
  const Value value = evaluate_node(context, *node.operand);
  const Operand operand{.range = node.operand->range, .value = value};
  if (node.op == UnaryOperator::logical_not) {
    const Truth truth = truth_of(value);
    const bool is_bool = truth == Truth::yes || truth == Truth::no;
    if (!is_bool && !value.is_unknown()) {
      report_no_bool(context, operand, "!");
    }
    const Value result =
        is_bool ? Value::boolean(truth == Truth::no) : Value::unknown(Type::boolean());
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
  Outcome left = evaluate_side(context, *leftmost);
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    Outcome right = evaluate_side(context, *std::get<BinaryOperation>((*it)->node).right);
    const bool is_sensitive = left.value.holds_sensitive() || right.value.holds_sensitive();
    left = apply(context, **it, std::move(left), std::move(right));
    if (is_sensitive) {
      left.value = left.value.marked_sensitive();
    }
  }
  context.adopt(std::move(left.diagnostics));
  return left.value;
}

}  // namespace hcl::evaluation
