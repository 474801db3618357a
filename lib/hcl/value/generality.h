// Which of several types holds what the others hold: where no type is made for all of them, one of
// them is it.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "hcl/value/type.h"

namespace hcl {

/// The places of `types`, the more general ones first, and otherwise in order. A string is more
/// general than a number or a bool, a list than a tuple, a map than an object, anything than `any`.
[[nodiscard]] std::vector<std::size_t> by_generality(std::span<const Type> types);

}  // namespace hcl
