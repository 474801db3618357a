// Keeps a function from making what the evaluator would refuse as too large: a few arguments can
// describe a result that fits into no memory.
#pragma once

#include <cstdint>

#include "hcl/functions/call.h"
#include "hcl/value/limits.h"

namespace hcl::functions {

/// How much the parts of a result may still be in all, counted as Value::size() counts.
class SizeLimit {
 public:
  /// Whether there is room for a part of `size`, which is taken then.
  [[nodiscard]] bool take(std::uint64_t size) {
    const bool fits = size <= left_;
    left_ = fits ? left_ - size : 0;
    return fits;
  }
  [[nodiscard]] bool take(const Value& part) { return take(part.size()); }

 private:
  std::uint64_t left_ = max_value_size;
};

/// The failure where it does not fit.
[[nodiscard]] inline tl::unexpected<FunctionError> too_large() {
  return fail("the result would be larger than a value may be");
}

}  // namespace hcl::functions
