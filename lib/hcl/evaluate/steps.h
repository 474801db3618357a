// Steps into values: `.name`, `[key]`, `.0` and the splats among them ("Index Operator", "Attribute
// Access Operator" and "Splat Operators" of the specification).
#pragma once

#include <span>

#include "hcl/evaluate/context.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"

namespace hcl::evaluation {

/// What is reached from `start`, which came out of what stands at `range`. A part of something
/// sensitive is sensitive.
[[nodiscard]] Value apply_steps(Context& context, Value start, Range range,
                                std::span<const Step> steps);

/// What stands before a splat, and what stands there with its `[*]`, as messages quote them.
struct SplatRanges {
  Range source;
  Range with_marker;
};

/// A splat: what `each` reaches from each element of `source`. What is no list, set or tuple stands
/// for its only element, null for none.
[[nodiscard]] Value apply_splat(Context& context, const Value& source, SplatRanges ranges,
                                std::span<const Step> each);

}  // namespace hcl::evaluation
