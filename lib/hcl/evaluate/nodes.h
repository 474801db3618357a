// The evaluation of each kind of node. All of them share a contract: a value that could not be
// found out is unknown, and has been reported; an unknown operand makes the result unknown without
// another word; whatever can be wrong in several places is reported in all of them; what depends on
// a sensitive value is sensitive.
#pragma once

#include <optional>
#include <span>

#include "hcl/evaluate/context.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"

namespace hcl::evaluation {

[[nodiscard]] Value evaluate_node(Context& context, const Expression& expression);

// templates.cpp
[[nodiscard]] Value evaluate_template(Context& context, const Template& node, Range range);

// traversals.cpp
[[nodiscard]] Value evaluate_traversal(Context& context, const Traversal& node);
[[nodiscard]] Value evaluate_relative(Context& context, const RelativeTraversal& node);
[[nodiscard]] Value evaluate_splat(Context& context, const Splat& node);

// collections.cpp
[[nodiscard]] Value evaluate_tuple(Context& context, const Tuple& node, Range range);
[[nodiscard]] Value evaluate_object(Context& context, const Object& node, Range range);
/// The string that `expression` gives as a key; nothing if it is unknown or, after a diagnostic, no
/// key. Sensitive if the value is.
[[nodiscard]] std::optional<Value> evaluate_key(Context& context, const Expression& expression);

// for_expressions.cpp
[[nodiscard]] Value evaluate_for(Context& context, const ForExpression& node, Range range);

// calls.cpp
[[nodiscard]] Value evaluate_call(Context& context, const FunctionCall& node, Range range);

// operators.cpp
[[nodiscard]] Value evaluate_unary(Context& context, const UnaryOperation& node);
/// `expression` is a BinaryOperation. A chain that leans to the left takes no stack.
[[nodiscard]] Value evaluate_binary(Context& context, const Expression& expression);

// conditionals.cpp
[[nodiscard]] Value evaluate_conditional(Context& context, const Conditional& node);
/// The bool that `expression` gives; nothing if it is unknown or, after a diagnostic, not a bool.
/// Sensitive if the value is.
[[nodiscard]] std::optional<Value> evaluate_condition(Context& context,
                                                      const Expression& expression);
/// Reports what is wrong with a condition that depends on unknown names, whatever they stand for.
void check_condition(Context& context, const Expression& expression);

}  // namespace hcl::evaluation
