// Which conversions there are, as far as types alone decide ("Type Conversions" of the information
// model).
#pragma once

#include <cstdint>

#include "hcl/value/type.h"

namespace hcl {

/// Which conversions count: a safe one succeeds for every value of the type, an unsafe one (a
/// string to a number, a map to an object) depends on the value.
enum class Safety : std::uint8_t { safe, unsafe };

/// Whether values of `from` have a conversion to `to`.
[[nodiscard]] bool is_convertible(const Type& from, const Type& to, Safety safety);

/// `to` with its `any` replaced by what stands there in `from`, which is convertible to it.
[[nodiscard]] Type filled_in(const Type& from, const Type& to);

}  // namespace hcl
