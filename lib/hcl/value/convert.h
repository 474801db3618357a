// Conversions of values ("Type Conversions" of the information model).
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "hcl/value/convertible.h"
#include "hcl/value/type.h"
#include "hcl/value/value.h"

namespace hcl {

/// Why a value has no conversion.
struct ConversionError {
  /// The part that does not fit, as steps from the value: `.ports[2]`; empty for the value itself.
  std::string path;
  /// What would fit, and what is there: "a number is needed, not a string". Never shows a value.
  std::string message;
};

/// `value` as `type`, which may hold `any` (that part keeps its own type) and optional attributes
/// (null where they are missing). Null and unknown values take the type. Marks are kept.
[[nodiscard]] tl::expected<Value, ConversionError> convert(const Value& value, const Type& type);

// To primitive types. Null stays null and unknown stays unknown. Nothing where there is no
// conversion.
[[nodiscard]] std::optional<Value> to_string(const Value& value);
[[nodiscard]] std::optional<Value> to_number(const Value& value);
[[nodiscard]] std::optional<Value> to_bool(const Value& value);

}  // namespace hcl
