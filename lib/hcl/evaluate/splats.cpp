// Splats: "Splat Operators" of the specification.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

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
  return apply_steps(context, Value::unknown(element), range, each).type();
}

/// The type of a splat over what is known by its type alone. What is no list, set or tuple might be
/// null, so that there is no saying.
Type splat_type(Context& context, const Type& source, Range range, std::span<const Step> each) {
  if (source.is(TypeKind::list) || source.is(TypeKind::set)) {
    return Type::list(reached_type(context, source.element(), range, each));
  }
  if (!source.is(TypeKind::tuple)) {
    return Type::any();
  }
  std::vector<Type> reached;
  for (const Type& element : source.elements()) {
    reached.push_back(reached_type(context, element, range, each));
  }
  return Type::tuple(std::move(reached));
}

/// Stands for a splat of which an element has failed: its type is still something to hold others
/// against.
Value failed_splat(const Context& context, const Type& source, Range range,
                   std::span<const Step> each) {
  diagnostic::Diagnostics already_told;
  Context inner = context.reporting_to(already_told);
  return Value::unknown(splat_type(inner, source, range, each));
}

/// The elements of a list or set lead to a list, unless one of them is null and stands for nothing.
Value list_of(Context& context, Elements elements, const Value& source, Range range,
              std::span<const Step> each) {
  const Type type = elements.empty() ? reached_type(context, source.type().element(), range, each)
                                     : elements.front().type();
  const bool is_uniform = std::all_of(elements.begin(), elements.end(),
                                      [&](const Value& element) { return element.type() == type; });
  return is_uniform ? Value::list(type, std::move(elements)) : Value::tuple(std::move(elements));
}

Value take_elements(Context& context, const Value& source, SplatRanges ranges,
                    std::span<const Step> each) {
  Elements elements;
  Iterations(context, source, ranges.source)
      .run([&](Context& round, const Value& /*key*/, const Value& element) {
        elements.push_back(apply_steps(round, element, ranges.with_marker, each));
        return true;
      });
  return source.kind() == TypeKind::tuple
             ? Value::tuple(std::move(elements))
             : list_of(context, std::move(elements), source, ranges.with_marker, each);
}

/// What is no list stands for its only element, null for none.
Value take_single(Context& context, const Value& source, SplatRanges ranges,
                  std::span<const Step> each) {
  Elements only;
  if (!source.is_null()) {
    only.push_back(apply_steps(context, source, ranges.source, each));
  }
  return Value::tuple(std::move(only));
}

}  // namespace

Value apply_splat(Context& context, const Value& source, SplatRanges ranges,
                  std::span<const Step> each) {
  if (source.is_null() && is_sequence(source.kind())) {
    return context.report(Kind::no_collection, ranges.source,
                          context.describe(ranges.source, source),
                          "a splat needs a list; guard it, as in x == null ? [] : x[*].name");
  }
  if (source.is_unknown()) {
    return Value::unknown(splat_type(context, source.type(), ranges.with_marker, each));
  }
  const std::size_t reported = context.report_count();
  const Value result = is_sequence(source.kind()) ? take_elements(context, source, ranges, each)
                                                  : take_single(context, source, ranges, each);
  if (context.report_count() > reported) {
    const Type type = is_sequence(source.kind()) ? source.type() : Type::tuple({source.type()});
    return failed_splat(context, type, ranges.with_marker, each).marked_as_part_of(source);
  }
  return context.limited(result.marked_as_part_of(source), ranges.with_marker);
}

Value evaluate_splat(Context& context, const Splat& node) {
  const std::size_t reported = context.report_count();
  const Value value = evaluate_node(context, *node.source);
  // A list of failures is not one to look into.
  const Value source = context.report_count() > reported ? Value::unknown() : value;
  const Range range = node.source->range;
  return apply_splat(context, source, {range, join(range, node.marker)}, node.each);
}

}  // namespace hcl::evaluation
