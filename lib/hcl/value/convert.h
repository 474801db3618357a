// Conversions between primitive types (information model, "Primitive Type Conversions").
#pragma once

#include <optional>

#include "hcl/value/value.h"

namespace hcl {

// Null stays null and unknown stays unknown. Nothing where there is no conversion.
[[nodiscard]] std::optional<Value> to_string(const Value& value);
[[nodiscard]] std::optional<Value> to_number(const Value& value);
[[nodiscard]] std::optional<Value> to_bool(const Value& value);

}  // namespace hcl
