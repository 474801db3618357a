#include "hcl/evaluate/loops.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "hcl/evaluate/nodes.h"
#include "text/quote.h"

namespace hcl::evaluation {
namespace {

/// Whether an error of this kind says the same in every iteration.
bool is_about_any_iteration(std::string_view kind) {
  constexpr std::array kinds = {Kind::unknown_variable, Kind::unknown_function, Kind::ambiguous_key,
                                Kind::value_too_large};
  return std::any_of(kinds.begin(), kinds.end(), [kind](Kind each) { return name(each) == kind; });
}

Context bound(const Context& context, const LoopHead& head, std::array<Binding, 2>& bindings,
              const Value& key, const Value& element) {
  bindings[0] = {.name = head.value.text, .value = &element, .outer = context.bindings()};
  if (!head.key) {
    return context.with_bindings(bindings[0]);
  }
  // The value hides a key of the same name.
  bindings[1] = bindings[0];
  bindings[0] = {.name = head.key->text, .value = &key, .outer = context.bindings()};
  bindings[1].outer = &bindings[0];
  return context.with_bindings(bindings[1]);
}

}  // namespace

void Iterations::run(const Body& body) {
  const bool is_set = collection_.kind() == TypeKind::set;
  const auto next = [&](const Value& key, const Value& element) {
    return iterate(body, key.marked_as_part_of(collection_),
                   element.marked_as_part_of(collection_));
  };
  if (const Elements* elements = collection_.as_elements()) {
    for (std::size_t i = 0; i < elements->size(); ++i) {
      const Value& element = (*elements)[i];
      const Value key = is_set ? element : Value::number(Number(static_cast<std::int64_t>(i)));
      if (!next(key, element)) {
        break;
      }
    }
  } else if (const Members* members = collection_.as_members()) {
    for (const auto& [key, member] : *members) {
      if (!next(Value::string(key), member)) {
        break;
      }
    }
  }
  if (context_.budget().is_spent()) {
    context_.budget().blame(range_);
  }
}

bool Iterations::iterate(const Body& body, const Value& key, const Value& element) {
  context_.budget().make(part_size);
  diagnostic::Diagnostics diagnostics;
  Context inner = context_.reporting_to(diagnostics);
  const bool goes_on = body(inner, key, element);
  if (!diagnostics.empty()) {
    pass_on(std::move(diagnostics), key);
  }
  return goes_on && !context_.budget().is_spent();
}

void Iterations::pass_on(diagnostic::Diagnostics diagnostics, const Value& key) {
  std::erase_if(diagnostics, [this](const diagnostic::Diagnostic& each) { return !is_new(each); });
  for (diagnostic::Diagnostic& each : diagnostics) {
    seen_.push_back({.kind = each.kind, .range = each.range});
    if (!is_about_any_iteration(each.kind)) {
      each.notes.push_back({.file = nullptr, .range = {}, .message = describe_iteration(key)});
    }
  }
  context_.adopt(std::move(diagnostics));
}

bool Iterations::is_new(const diagnostic::Diagnostic& diagnostic) const {
  return std::none_of(seen_.begin(), seen_.end(), [&](const Place& place) {
    return place.kind == diagnostic.kind && place.range == diagnostic.range;
  });
}

std::string Iterations::describe_iteration(const Value& key) const {
  const TypeKind kind = collection_.kind();
  const bool has_keys = kind == TypeKind::map || kind == TypeKind::object;
  return fmt::format("this is for {} {} of {}", has_keys ? "key" : "element", to_hcl(key, 50),
                     context_.code(range_));
}

std::optional<Value> evaluate_collection(Context& context, const Expression& expression) {
  Value value = evaluate_node(context, expression);
  if (value.is_unknown()) {
    return std::nullopt;
  }
  if (value.as_elements() != nullptr || value.as_members() != nullptr) {
    return value;
  }
  context.report(Kind::no_collection, expression.range, context.describe(expression.range, value),
                 value.is_null() ? "a loop needs a collection; guard it, as in x == null ? [] : x"
                                 : "a loop runs over a list, set, map, tuple or object");
  return std::nullopt;
}

void for_each(Context& context, const LoopHead& head, const Value& collection,
              const std::function<bool(Context&)>& body) {
  Iterations(context, collection, head.collection.range)
      .run([&](Context& round, const Value& key, const Value& element) {
        std::array<Binding, 2> bindings;
        Context inner = bound(round, head, bindings, key, element);
        return body(inner);
      });
}

void for_unknown(Context& context, const LoopHead& head,
                 const std::function<void(Context&)>& body) {
  const Value unknown = Value::unknown();
  std::array<Binding, 2> bindings;
  Context inner = bound(context, head, bindings, unknown, unknown);
  body(inner);
}

}  // namespace hcl::evaluation
