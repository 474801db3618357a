// Splats: "Splat Operators" of the specification.
#include <algorithm>
#include <optional>
#include <utility>

#include "hcl/evaluate/loops.h"
#include "hcl/evaluate/nodes.h"
#include "hcl/evaluate/steps.h"

namespace hcl::evaluation {
namespace {

bool is_sequence(TypeKind kind) {
  return kind == TypeKind::list || kind == TypeKind::set || kind == TypeKind::tuple;
}

/// What the steps reach from an element that is known by its type alone.
Type reached_type(Context& context, const Type& element, Range range, std::span<const Step> each) {
  return take_steps(context, Value::unknown(element), range, each).type();
}

/// The type of a splat over what is known by its type alone.
Type splat_type(Context& context, const Type& source, Range range, std::span<const Step> each) {
  const bool has_elements = source.is(TypeKind::list) || source.is(TypeKind::set);
  return has_elements ? Type::list(reached_type(context, source.element(), range, each))
                      : Type::any();
}

/// The elements of a list or set lead to a list, unless a failure among them left it open what it
/// holds.
Value list_of(Context& context, Elements elements, const Value& source, Range range,
              std::span<const Step> each) {
  const Type type = elements.empty() ? reached_type(context, source.type().element(), range, each)
                                     : elements.front().type();
  const bool is_uniform = std::all_of(elements.begin(), elements.end(),
                                      [&](const Value& element) { return element.type() == type; });
  return is_uniform ? Value::list(type, std::move(elements)) : Value::tuple(std::move(elements));
}

}  // namespace

Value take_each(Context& context, const Value& source, SplatRanges ranges,
                std::span<const Step> each) {
  if (source.is_null() && is_sequence(source.kind())) {
    return context.report(Kind::no_collection, ranges.source,
                          context.describe(ranges.source, source),
                          "a splat needs a list; guard it, as in x == null ? [] : x[*].name");
  }
  if (source.is_unknown()) {
    return Value::unknown(splat_type(context, source.type(), ranges.with_marker, each));
  }
  if (!is_sequence(source.kind())) {
    Elements only;
    if (!source.is_null()) {
      only.push_back(take_steps(context, source, ranges.source, each));
    }
    return context.limited(Value::tuple(std::move(only)).marked_as_part_of(source),
                           ranges.with_marker);
  }
  Elements elements;
  Rounds(context, source, ranges.source)
      .run([&](Context& round, const Value& /*key*/, const Value& element) {
        elements.push_back(take_steps(round, element, ranges.with_marker, each));
        return true;
      });
  Value result = source.kind() == TypeKind::tuple
                     ? Value::tuple(std::move(elements))
                     : list_of(context, std::move(elements), source, ranges.with_marker, each);
  return context.limited(result.marked_as_part_of(source), ranges.with_marker);
}

Value evaluate_splat(Context& context, const Splat& node) {
  const Value source = evaluate_node(context, *node.source);
  const Range range = node.source->range;
  return take_each(context, source, {range, join(range, node.marker)}, node.each);
}

}  // namespace hcl::evaluation
