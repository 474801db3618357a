// Tuples and objects: "Collection Values" of the specification.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "hcl/evaluate/nodes.h"
#include "hcl/value/convert.h"

namespace hcl::evaluation {
namespace {

/// The text of a key; nothing if it is unknown or, after a diagnostic, no key.
std::optional<std::string> evaluate_key(Context& context, const Expression& key) {
  if (const auto* traversal = std::get_if<Traversal>(&key.node)) {
    if (traversal->steps.empty()) {
      return *Value::string(traversal->root.text).as_string();
    }
    context.report(Kind::ambiguous_key, key.range,
                   fmt::format("{} is an ambiguous key", context.code(key.range)),
                   "put it in parentheses to use its value, or in quotes to use its text");
    return std::nullopt;
  }
  const Value value = evaluate_node(context, key);
  if (value.is_unknown()) {
    return std::nullopt;
  }
  const std::optional<Value> text = to_string(value);
  if (!text || text->is_null()) {
    context.report(Kind::invalid_key, key.range, context.describe(key.range, value),
                   "the key of an object is a string, a number or a bool");
    return std::nullopt;
  }
  return *text->as_string();
}

}  // namespace

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
  // An object is as little known as its keys: any of them might be the one that is asked for.
  bool has_known_keys = true;
  for (const ObjectItem& item : node.items) {
    std::optional<std::string> key = evaluate_key(context, *item.key);
    Value value = evaluate_node(context, *item.value);
    has_known_keys = has_known_keys && key.has_value();
    if (key) {
      members.insert_or_assign(std::move(*key), std::move(value));
    }
  }
  return has_known_keys ? context.limited(Value::object(std::move(members)), range)
                        : Value::unknown();
}

}  // namespace hcl::evaluation
