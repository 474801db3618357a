// Conditionals: "Conditional Operator" of the specification.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "hcl/evaluate/nodes.h"
#include "hcl/evaluate/unify.h"
#include "hcl/value/convert.h"

namespace hcl::evaluation {
namespace {

/// A result and what there is to say about it, should it be selected.
struct Branch {
  Range range;
  diagnostic::Diagnostics diagnostics;
  Value value;
};

Branch evaluate_branch(const Context& context, const Expression& expression) {
  Branch branch{.range = expression.range, .diagnostics = {}, .value = {}};
  Context inner = context.reporting_to(branch.diagnostics);
  branch.value = evaluate_node(inner, expression);
  return branch;
}

/// Nothing if the condition is unknown or, after a diagnostic, not a bool.
std::optional<bool> evaluate_condition(Context& context, const Expression& expression) {
  const Value value = evaluate_node(context, expression);
  if (value.is_unknown()) {
    return std::nullopt;
  }
  const std::optional<Value> flag = to_bool(value);
  if (flag && !flag->is_null()) {
    return *flag->as_bool();
  }
  context.report(Kind::invalid_condition, expression.range,
                 context.describe(expression.range, value),
                 "a condition is true or false; make it a comparison, as in x != null");
  return std::nullopt;
}

}  // namespace

Value evaluate_conditional(Context& context, const Conditional& node) {
  const std::optional<bool> condition = evaluate_condition(context, *node.condition);
  Branch when_true = evaluate_branch(context, *node.when_true);
  Branch when_false = evaluate_branch(context, *node.when_false);
  const bool is_true = condition.value_or(true);
  Branch& selected = is_true ? when_true : when_false;
  const Branch& other = is_true ? when_false : when_true;
  std::optional<Value> result = unified(selected.value, other.value);
  if (!result) {
    return context.report(
        Kind::mismatched_results, join(when_true.range, when_false.range),
        fmt::format("one result is {}, the other {}", with_type(when_true.value),
                    with_type(when_false.value)),
        "a conditional has one type, whichever result it selects; make the two agree");
  }
  if (!condition) {
    return Value::unknown();
  }
  context.adopt(std::move(selected.diagnostics));
  return std::move(*result);
}

}  // namespace hcl::evaluation
