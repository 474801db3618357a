// Infinities, which JSON does not have.
#pragma once

#include <algorithm>

#include "hcl/value/value.h"

namespace hcl::functions {

/// Whether `value` is an infinity or a part of it is. Recurses as deep as the value.
[[nodiscard]] inline bool holds_infinity(const Value& value) {
  if (const Number* number = value.as_number()) {
    return !number->is_finite();
  }
  if (const Elements* elements = value.as_elements()) {
    return std::ranges::any_of(*elements, holds_infinity);
  }
  const Members* members = value.as_members();
  return members != nullptr && std::ranges::any_of(*members, [](const auto& entry) {
           return holds_infinity(entry.second);
         });
}

}  // namespace hcl::functions
