// Tables as comma-separated values (RFC 4180), read as liberally and as strictly as the original
// does: lines end with LF or CRLF, empty lines do not count, a quote is allowed only around a whole
// field.
#pragma once

#include <string_view>

#include "hcl/value/function.h"

namespace hcl::functions {

/// A list of objects, one for each line behind the first, which holds the names of their
/// attributes. An error blames the argument 0, and says which line of it is wrong.
[[nodiscard]] FunctionResult parse_csv(std::string_view text);

}  // namespace hcl::functions
