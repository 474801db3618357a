// Conditionals: "Conditional Operator" of the specification.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "hcl/evaluate/nodes.h"
#include "hcl/value/convert.h"
#include "hcl/value/unify.h"
#include "text/quote.h"

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

bool is_bare_null(const Value& value) {
  return value.is_null() && value.type().is(TypeKind::any);
}

/// The type that both results take; a bare null takes the other's. Where a result failed, so that
/// nothing is known of it, the other one stays what it is.
std::optional<Type> common_type(const Value& a, const Value& b) {
  if (is_bare_null(a) || is_bare_null(b)) {
    return is_bare_null(a) ? b.type() : a.type();
  }
  if (a.type().is(TypeKind::any) || b.type().is(TypeKind::any)) {
    return Type::any();
  }
  return unify(std::array{a.type(), b.type()}, Safety::unsafe);
}

std::string differing_types(const Type& a, const Type& b, const std::string& path);

/// Where two objects differ first; empty if not at all.
std::string differing_attributes(const Type& a, const Type& b, const std::string& path) {
  for (const auto& [name, attribute] : a.attributes()) {
    const auto other = b.attributes().find(name);
    if (other == b.attributes().end()) {
      return fmt::format("only the first has {}.{}", path, name);
    }
    const Type& type = other->second.type;
    if (!unify(std::array{attribute.type, type}, Safety::unsafe)) {
      return differing_types(attribute.type, type, fmt::format("{}.{}", path, name));
    }
  }
  for (const auto& [name, attribute] : b.attributes()) {
    if (!a.attributes().contains(name)) {
      return fmt::format("only the second has {}.{}", path, name);
    }
  }
  return {};
}

std::string differing_elements(const Type& a, const Type& b, const std::string& path) {
  const std::size_t common = std::min(a.elements().size(), b.elements().size());
  for (std::size_t i = 0; i < common; ++i) {
    if (!unify(std::array{a.elements()[i], b.elements()[i]}, Safety::unsafe)) {
      return differing_types(a.elements()[i], b.elements()[i], fmt::format("{}[{}]", path, i));
    }
  }
  return {};
}

/// Where two types that have none in common differ first, if that is inside them.
std::string differing_types(const Type& a, const Type& b, const std::string& path) {
  std::string difference;
  if (a.is(TypeKind::object) && b.is(TypeKind::object)) {
    difference = differing_attributes(a, b, path);
  } else if (a.is(TypeKind::tuple) && b.is(TypeKind::tuple)) {
    difference = differing_elements(a, b, path);
  }
  if (!difference.empty() || path.empty()) {
    return difference;
  }
  return fmt::format("{} is {} in the first, {} in the second", path, text::with_article(a.name()),
                     text::with_article(b.name()));
}

Value report_mismatch(Context& context, const Branch& when_true, const Branch& when_false) {
  // The names of attributes are part of a sensitive value.
  const bool is_sensitive = when_true.value.holds_sensitive() || when_false.value.holds_sensitive();
  const std::string difference =
      is_sensitive ? "" : differing_types(when_true.value.type(), when_false.value.type(), "");
  return context.report(
      Kind::mismatched_results, join(when_true.range, when_false.range),
      fmt::format("one result is {}, the other {}", with_type(when_true.value),
                  with_type(when_false.value)),
      difference.empty()
          ? "a conditional has one type, whichever result it selects; make the two agree"
          : fmt::format("a conditional has one type, and {}; make the two agree", difference));
}

/// The selected result in the type of both.
Value converted(Context& context, const Branch& selected, const Type& type) {
  if (selected.value.type() == type) {
    return selected.value;
  }
  context.make_of(selected.value);
  tl::expected<Value, ConversionError> result = convert(selected.value, type);
  if (result) {
    return std::move(*result);
  }
  return context.report(
      Kind::mismatched_results, selected.range, context.describe(selected.range, selected.value),
      fmt::format("the other result has another type: {}{}{}", result.error().path,
                  result.error().path.empty() ? "" : ": ", result.error().message));
}

void report_no_condition(Context& context, const Expression& expression, const Value& value) {
  context.report(Kind::invalid_condition, expression.range,
                 context.describe(expression.range, value),
                 "a condition is true or false; make it a comparison, as in x != null");
}

}  // namespace

std::optional<Value> evaluate_condition(Context& context, const Expression& expression) {
  const Value value = evaluate_node(context, expression);
  if (value.is_unknown()) {
    return std::nullopt;
  }
  std::optional<Value> flag = to_bool(value);
  if (flag && !flag->is_null()) {
    return flag;
  }
  report_no_condition(context, expression, value);
  return std::nullopt;
}

void check_condition(Context& context, const Expression& expression) {
  diagnostic::Diagnostics diagnostics;
  Context inner = context.reporting_to(diagnostics);
  const Value value = evaluate_node(inner, expression);
  const bool can_be_bool = value.is_unknown()
                               ? is_convertible(value.type(), Type::boolean(), Safety::unsafe)
                               : to_bool(value).value_or(Value()).as_bool() != nullptr;
  if (diagnostics.empty() && !can_be_bool) {
    report_no_condition(inner, expression, value);
  }
  context.adopt(std::move(diagnostics));
}

Value evaluate_conditional(Context& context, const Conditional& node) {
  const std::optional<Value> condition = evaluate_condition(context, *node.condition);
  Branch when_true = evaluate_branch(context, *node.when_true);
  Branch when_false = evaluate_branch(context, *node.when_false);
  const std::optional<Type> type = common_type(when_true.value, when_false.value);
  if (!type) {
    return report_mismatch(context, when_true, when_false);
  }
  if (!condition) {
    return Value::unknown(*type);
  }
  Branch& selected = *condition->as_bool() ? when_true : when_false;
  context.adopt(std::move(selected.diagnostics));
  return converted(context, selected, *type).marked_like(*condition);
}

}  // namespace hcl::evaluation
