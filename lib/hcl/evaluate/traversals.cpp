// Traversals: "Variables and Variable Expressions" of the specification.
#include <fmt/format.h>

#include "hcl/evaluate/nodes.h"
#include "hcl/evaluate/steps.h"
#include "text/quote.h"

namespace hcl::evaluation {

Value evaluate_traversal(Context& context, const Traversal& node) {
  const Value* root = context.find_variable(node.root.text);
  if (root == nullptr) {
    context.report(Kind::unknown_variable, node.root.range,
                   fmt::format("unknown variable {}", text::quoted(node.root.text)),
                   suggestion(node.root.text, "variables", context.variable_names()));
  }
  return apply_steps(context, root != nullptr ? *root : Value::unknown(), node.root.range,
                     node.steps);
}

Value evaluate_relative(Context& context, const RelativeTraversal& node) {
  return apply_steps(context, evaluate_node(context, *node.source), node.source->range, node.steps);
}

}  // namespace hcl::evaluation
