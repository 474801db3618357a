// Steps into values: "Variables and Variable Expressions", "Index Operator" and "Attribute Access
// Operator" of the specification.
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "hcl/evaluate/nodes.h"
#include "hcl/value/convert.h"
#include "text/quote.h"

namespace hcl::evaluation {
namespace {

std::vector<std::string_view> keys_of(const Members& members) {
  std::vector<std::string_view> keys;
  keys.reserve(members.size());
  for (const auto& [key, member] : members) {
    keys.push_back(key);
  }
  return keys;
}

/// Takes one step after another from a value; each step goes from the value before it.
class Walk {
 public:
  /// `start` came out of what stands at `range`.
  Walk(Context& context, Value start, Range range)
      : context_(context), value_(std::move(start)), taken_(range) {}

  void take(const Step& step) {
    value_ = std::visit([&](const auto& node) { return next(node, step.range); }, step.step);
    taken_ = join(taken_, step.range);
  }

  [[nodiscard]] const Value& value() const { return value_; }

 private:
  Value next(const AttributeStep& step, Range /*range*/) {
    if (value_.is_unknown()) {
      return value_;
    }
    const std::string name = *Value::string(step.name.text).as_string();
    if (const Members* members = value_.as_members()) {
      return member(*members, name, "attribute", step.name.range);
    }
    if (value_.is_null()) {
      return report_null(step.name.range);
    }
    return context_.report(Kind::attribute_of_non_object, step.name.range,
                           context_.describe(taken_, value_),
                           value_.as_elements() != nullptr
                               ? "a tuple has no attributes; take an element first, as in x[0].name"
                               : "only objects have attributes");
  }

  Value next(const IndexStep& step, Range /*range*/) {
    const Value key = evaluate_node(context_, *step.key);
    return index(key, step.key->range);
  }

  Value next(const LegacyIndexStep& step, Range range) {
    const std::optional<Number> number = Number::parse(step.digits);
    // An index beyond the range of numbers is beyond every tuple.
    const Range digits{range.end - static_cast<std::uint32_t>(step.digits.size()), range.end};
    return index(Value::number(number.value_or(Number(INT64_MAX))), digits);
  }

  /// Steps of this kind stand in splats only, and splats are not evaluated yet.
  Value next(const SplatStep& /*step*/, Range range) { return report_splat(context_, range); }

  Value index(const Value& key, Range key_range) {
    if (value_.is_unknown() || key.is_unknown()) {
      return Value::unknown();
    }
    if (value_.is_null()) {
      return report_null(key_range);
    }
    if (const Elements* elements = value_.as_elements()) {
      return element(*elements, key, key_range);
    }
    if (const Members* members = value_.as_members()) {
      const std::optional<Value> name = to_string(key);
      return !name || name->is_null()
                 ? report_key(key, key_range, "the key of an object is a string")
                 : member(*members, *name->as_string(), "key", key_range);
    }
    return context_.report(Kind::index_of_non_collection, key_range,
                           context_.describe(taken_, value_), "only tuples and objects have parts");
  }

  Value element(const Elements& elements, const Value& key, Range key_range) {
    const std::optional<Value> converted = to_number(key);
    const Number* number = converted ? converted->as_number() : nullptr;
    if (number == nullptr || !number->is_integer() || *number < Number(0)) {
      return report_key(key, key_range, "the index of a tuple is a whole number, counted from 0");
    }
    const std::optional<std::int64_t> position = number->to_int64();
    if (!position || static_cast<std::uint64_t>(*position) >= elements.size()) {
      return context_.report(
          Kind::index_out_of_range, key_range,
          fmt::format("{} has no element {}", context_.code(taken_), to_hcl(*converted, 40)),
          fmt::format("it has {}, counted from 0", text::counted(elements.size(), "element")));
    }
    return elements[static_cast<std::size_t>(*position)];
  }

  Value member(const Members& members, const std::string& name, std::string_view noun,
               Range range) {
    if (const auto found = members.find(name); found != members.end()) {
      return found->second;
    }
    return context_.report(
        Kind::unknown_attribute, range,
        fmt::format("{} has no {} {}", context_.code(taken_), noun, text::quoted(name)),
        suggestion(name, fmt::format("{}s", noun), keys_of(members)));
  }

  Value report_null(Range range) {
    return context_.report(Kind::step_into_null, range, context_.describe(taken_, value_),
                           "null has no parts; guard it, as in x == null ? null : x.name");
  }

  Value report_key(const Value& key, Range range, std::string rule) {
    return context_.report(Kind::invalid_index, range, context_.describe(range, key),
                           std::move(rule));
  }

  Context& context_;
  Value value_;
  Range taken_;
};

Value take_steps(Context& context, Value start, Range range, std::span<const Step> steps) {
  Walk walk(context, std::move(start), range);
  for (const Step& step : steps) {
    walk.take(step);
  }
  return walk.value();
}

}  // namespace

Value evaluate_traversal(Context& context, const Traversal& node) {
  const Value* root = context.scope().find(node.root.text);
  if (root == nullptr) {
    context.report(Kind::unknown_variable, node.root.range,
                   fmt::format("unknown variable {}", text::quoted(node.root.text)),
                   suggestion(node.root.text, "variables", context.scope().variable_names()));
  }
  return take_steps(context, root != nullptr ? *root : Value::unknown(), node.root.range,
                    node.steps);
}

Value evaluate_relative(Context& context, const RelativeTraversal& node) {
  return take_steps(context, evaluate_node(context, *node.source), node.source->range, node.steps);
}

}  // namespace hcl::evaluation
