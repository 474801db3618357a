// Tables as comma-separated values (RFC 4180), read as liberally and as strictly as the original
// does: lines end with LF or CRLF, empty lines do not count, a quote is allowed only around a whole
// field.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "hcl/value/value.h"

namespace hcl::functions {

/// A list of objects, one for each line behind the first, which holds the names of their
/// attributes. An error says which line is wrong and why.
[[nodiscard]] tl::expected<Value, std::string> parse_csv(std::string_view text);

}  // namespace hcl::functions
