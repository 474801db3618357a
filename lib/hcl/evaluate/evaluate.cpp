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

Value evaluate_within(Budget& budget, const Expression& expression, const Scope& scope,
                      const diagnostic::SourceFile& source, diagnostic::Diagnostics& diagnostics) {
  Context context(scope, source, budget, diagnostics);
  Value value = evaluate_node(context, expression);
  if (budget.is_spent()) {
    diagnostics.push_back(
        {.kind = name(Kind::too_many_steps),
         .summary = "this takes too long",
         .detail = fmt::format("an expression is given up after {} steps", budget.total()),
         .file = &source,
         .range = budget.blamed().value_or(expression.range),
         .notes = {}});
  }
  return value;
}

}  // namespace evaluation

Value evaluate(const Expression& expression, const Scope& scope,
               const diagnostic::SourceFile& source, diagnostic::Diagnostics& diagnostics) {
  evaluation::Budget budget;
  return evaluation::evaluate_within(budget, expression, scope, source, diagnostics);
}

Value evaluate_template(const diagnostic::SourceFile& source, const Scope& scope,
                        diagnostic::Diagnostics& diagnostics) {
  TemplateResult parsed = parse_template(source);
  if (!parsed.diagnostics.empty()) {
    std::move(parsed.diagnostics.begin(), parsed.diagnostics.end(),
              std::back_inserter(diagnostics));
    return Value::unknown();
  }
  return evaluate(*parsed.value, scope, source, diagnostics);
}

}  // namespace hcl
