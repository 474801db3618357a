// Traversals: "Variables and Variable Expressions" of the specification.
#include <fmt/format.h>

#include "hcl/evaluate/nodes.h"
#include "hcl/evaluate/steps.h"
#include "text/quote.h"

namespace hcl::evaluation {
namespace {

/// Where the names of all steps lead from `root`, and nothing on the way has to be reported or
/// marked; null otherwise. Nothing is copied, and most traversals are of this kind.
const Value* find_member(const Value& root, std::span<const Step> steps) {
  const Value* value = &root;
  for (const Step& step : steps) {
    const auto* attribute = std::get_if<AttributeStep>(&step.step);
    const Members* members = value->as_members();
    if (attribute == nullptr || members == nullptr || value->is_sensitive()) {
      return nullptr;
    }
    const auto found = members->find(attribute->name.text);
    if (found == members->end()) {
      return nullptr;
    }
    value = &found->second;
  }
  return value;
}

}  // namespace

Value evaluate_traversal(Context& context, const Traversal& node) {
  const Value* root = context.find_variable(node.root.text);
  if (root == nullptr) {
    context.report(Kind::unknown_variable, node.root.range,
                   fmt::format("unknown variable {}", text::quoted(node.root.text)),
                   suggestion(node.root.text, "variables", context.variable_names()));
  } else if (const Value* member = find_member(*root, node.steps)) {
    return *member;
  }
  return apply_steps(context, root != nullptr ? *root : Value::unknown(), node.root.range,
                     node.steps);
}

Value evaluate_relative(Context& context, const RelativeTraversal& node) {
  return apply_steps(context, evaluate_node(context, *node.source), node.source->range, node.steps);
}

}  // namespace hcl::evaluation
