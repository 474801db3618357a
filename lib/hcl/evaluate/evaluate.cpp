#include "hcl/evaluate/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "hcl/evaluate/context.h"
#include "hcl/evaluate/nodes.h"
#include "hcl/syntax/parser.h"

namespace hcl {
namespace evaluation {
namespace {

/// Sends each kind of node to its function.
struct Dispatch {
  Context& context;
  const Expression& expression;

  Value operator()(const InvalidExpression& /*node*/) const { return Value::unknown(); }
  Value operator()(const NullLiteral& /*node*/) const { return {}; }
  Value operator()(const BoolLiteral& node) const { return Value::boolean(node.value); }

  Value operator()(const NumberLiteral& node) const {
    if (const std::optional<Number> number = Number::parse(node.text)) {
      return Value::number(*number);
    }
    return context.report(Kind::number_out_of_range, expression.range,
                          fmt::format("{} is out of range", context.code(expression.range)),
                          "numbers lie between about 1e-1233 and 1e1233");
  }

  Value operator()(const Template& node) const {
    return evaluate_template(context, node, expression.range);
  }
  Value operator()(const Traversal& node) const { return evaluate_traversal(context, node); }
  Value operator()(const RelativeTraversal& node) const { return evaluate_relative(context, node); }

  Value operator()(const Splat& node) const { return evaluate_splat(context, node); }

  Value operator()(const Tuple& node) const {
    return evaluate_tuple(context, node, expression.range);
  }
  Value operator()(const Object& node) const {
    return evaluate_object(context, node, expression.range);
  }

  Value operator()(const ForExpression& node) const {
    return evaluate_for(context, node, expression.range);
  }
  Value operator()(const FunctionCall& node) const {
    return evaluate_call(context, node, expression.range);
  }
  Value operator()(const UnaryOperation& node) const { return evaluate_unary(context, node); }
  Value operator()(const BinaryOperation& /*node*/) const {
    return evaluate_binary(context, expression);
  }
  Value operator()(const Conditional& node) const { return evaluate_conditional(context, node); }
  Value operator()(const Parentheses& node) const { return evaluate_node(context, *node.inner); }
};

}  // namespace

Value evaluate_node(Context& context, const Expression& expression) {
  context.budget().spend(1);
  if (context.budget().is_spent()) {
    return Value::unknown();
  }
  return std::visit(Dispatch{context, expression}, expression.node);
}

namespace {

/// Says which expression is to blame for the end of `budget`.
void report_spent(const Budget& budget, diagnostic::Diagnostics& diagnostics) {
  constexpr std::uint64_t million = 1'000'000;
  const Budget::Share& share = budget.largest();
  const bool is_time = budget.lacks_steps();
  diagnostics.push_back(
      {.kind = name(is_time ? Kind::too_many_steps : Kind::too_much_memory),
       .summary = is_time ? "this takes too long" : "this takes too much memory",
       .detail = is_time ? fmt::format("all expressions together may take {} steps; this one took "
                                       "{}",
                                       budget.limits().steps, share.amount.steps)
                         : fmt::format("all values together may take {} MB; this one took {:.1f}",
                                       budget.limits().size / million,
                                       static_cast<double>(share.amount.size) / million),
       .file = share.file,
       .range = share.range,
       .notes = {}});
}

}  // namespace
}  // namespace evaluation

Value evaluate(const Expression& expression, const Scope& scope,
               const diagnostic::SourceFile& source, Budget& budget,
               diagnostic::Diagnostics& diagnostics) {
  if (budget.is_spent()) {
    return Value::unknown();
  }
  const Budget::Amount before = budget.used();
  evaluation::Context context(scope, source, budget, diagnostics);
  Value value = evaluation::evaluate_node(context, expression);
  budget.settle({.file = &source,
                 .range = budget.take_blamed().value_or(expression.range),
                 .amount = {.steps = budget.used().steps - before.steps,
                            .size = budget.used().size - before.size}},
                value.size());
  if (budget.is_spent()) {
    evaluation::report_spent(budget, diagnostics);
    return Value::unknown();
  }
  return value;
}

Value evaluate(const Expression& expression, const Scope& scope,
               const diagnostic::SourceFile& source, diagnostic::Diagnostics& diagnostics) {
  Budget budget;
  return evaluate(expression, scope, source, budget, diagnostics);
}

Value evaluate_template(const diagnostic::SourceFile& source, const Scope& scope, Budget& budget,
                        diagnostic::Diagnostics& diagnostics) {
  TemplateResult parsed = parse_template(source);
  if (!parsed.diagnostics.empty()) {
    std::move(parsed.diagnostics.begin(), parsed.diagnostics.end(),
              std::back_inserter(diagnostics));
    return Value::unknown();
  }
  evaluation::Context context(scope, source, budget, diagnostics);
  Value value = evaluation::evaluate_node(context, *parsed.value);
  // A place in the template means nothing to the expression that it belongs to.
  static_cast<void>(budget.take_blamed());
  return value;
}

}  // namespace hcl
