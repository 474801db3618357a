#include "hcl/evaluate/evaluate.h"

#include <fmt/format.h>

#include "hcl/evaluate/context.h"
#include "hcl/evaluate/nodes.h"

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

  Value operator()(const Splat& node) const { return report_splat(context, node.marker); }

  Value operator()(const Tuple& node) const {
    return evaluate_tuple(context, node, expression.range);
  }
  Value operator()(const Object& node) const {
    return evaluate_object(context, node, expression.range);
  }

  Value operator()(const ForExpression& node) const {
    const Range head{expression.range.begin, node.value.range.end};
    return context.report_unsupported(head, "for expressions are",
                                      "write the elements out one by one");
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

Value report_splat(Context& context, Range marker) {
  return context.report_unsupported(marker, "splat expressions are",
                                    "take the elements one by one, as in list[0].name");
}

Value evaluate_node(Context& context, const Expression& expression) {
  return std::visit(Dispatch{context, expression}, expression.node);
}

}  // namespace evaluation

Value evaluate(const Expression& expression, const Scope& scope,
               const diagnostic::SourceFile& source, diagnostic::Diagnostics& diagnostics) {
  evaluation::Context context(scope, source, diagnostics);
  return evaluation::evaluate_node(context, expression);
}

}  // namespace hcl
