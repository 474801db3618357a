// One type for several values: "Type Unification" of the information model.
#pragma once

#include <optional>
#include <span>

#include "hcl/value/convertible.h"
#include "hcl/value/type.h"

namespace hcl {

/// The type that all of `types` convert to; nothing if there is none. A string and a number or bool
/// have string in common. Tuples of one length and objects with the same attributes are unified
/// part by part; other tuples make a list, other objects a map, if all their parts have a type in
/// common. `any` among the types takes part in nothing; a collection beside it makes `any`.
[[nodiscard]] std::optional<Type> unify(std::span<const Type> types, Safety safety);

}  // namespace hcl
