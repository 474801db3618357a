// Paths as text; nothing here looks at the host.
#pragma once

#include <string>
#include <string_view>

namespace hcl::functions {

/// The shortest path that names the same, going by the text alone: "a/../b//" is "b", "" is ".".
[[nodiscard]] std::string clean_path(std::string_view path);

}  // namespace hcl::functions
