// One type for two values: "Type Unification" of the information model.
#pragma once

#include <optional>

#include "hcl/value/value.h"

namespace hcl::evaluation {

/// `value`, converted to the type that it and `other` have in common; nothing if they have none.
/// A string and a number or bool have string in common. Null and unknown values take any type.
/// Tuples of equal length and objects with equal keys are unified part by part; other tuples and
/// objects stay as they are.
[[nodiscard]] std::optional<Value> unified(const Value& value, const Value& other);

}  // namespace hcl::evaluation
