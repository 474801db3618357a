// Tuples and objects: "Collection Values" of the specification.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "hcl/evaluate/nodes.h"
#include "hcl/value/convert.h"

namespace hcl::evaluation {
namespace {

/// The key of an element of an object constructor, where a name alone stands for itself.
std::optional<Value> evaluate_item_key(Context& context, const Expression& key) {
  const auto* traversal = std::get_if<Traversal>(&key.node);
  if (traversal == nullptr) {
    return evaluate_key(context, key);
  }
  if (traversal->steps.empty()) {
    return Value::string(traversal->root.text);
  }
  context.report(Kind::ambiguous_key, key.range,
                 fmt::format("{} is an ambiguous key", context.code(key.range)),
                 "put it in parentheses to use its value, or in quotes to use its text");
  return std::nullopt;
}

}  // namespace

std::optional<Value> evaluate_key(Context& context, const Expression& expression) {
  const Value value = evaluate_node(context, expression);
  if (!value.is_wholly_known()) {
    return std::nullopt;
  }
  std::optional<Value> text = to_string(value);
  if (!text || text->is_null()) {
    context.report(Kind::invalid_key, expression.range, context.describe(expression.range, value),
                   "the key of an object is a string, a number or a bool");
    return std::nullopt;
  }
  return text;
}

Value evaluate_tuple(Context& context, const Tuple& node, Range range) {
  Elements elements;
  elements.reserve(node.elements.size());
  for (const Expression* element : node.elements) {
    elements.push_back(evaluate_node(context, *element));
  }
  return context.limited(Value::tuple(std::move(elements)), range);
}

Value evaluate_object(Context& context, const Object& node, Range range) {
  Members members;
  // An object is as little known as its keys: any of them might be the one that is asked for. And
  // a sensitive key shows in every part of it.
  bool has_known_keys = true;
  bool has_sensitive_key = false;
  for (const ObjectItem& item : node.items) {
    const std::optional<Value> key = evaluate_item_key(context, *item.key);
    Value value = evaluate_node(context, *item.value);
    has_known_keys = has_known_keys && key.has_value();
    if (key) {
      has_sensitive_key = has_sensitive_key || key->is_sensitive();
      members.insert_or_assign(*key->as_string(), std::move(value));
    }
  }
  if (!has_known_keys) {
    return Value::unknown();
  }
  return context.limited(Value::object(std::move(members)).marked_sensitive(has_sensitive_key),
                         range);
}

}  // namespace hcl::evaluation
