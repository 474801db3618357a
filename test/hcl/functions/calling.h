// Calls functions as an expression does.
#pragma once

#include <string>
#include <string_view>

#include "hcl/value/function.h"

namespace calling {

/// The value of an expression that uses functions, as compact HCL; "error: " and the detail of the
/// first diagnostic where there is none.
[[nodiscard]] std::string called(std::string_view expression, const hcl::Functions& functions);

/// The same with the standard functions.
[[nodiscard]] std::string called(std::string_view expression);

}  // namespace calling
