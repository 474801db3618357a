// A large manifest as people write them.
#pragma once

#include <string>

namespace bench {

/// `resources` typical resources with their comments, about 500 bytes each, which depend on each
/// other in a row and use four locals.
[[nodiscard]] std::string typical_site(int resources);

/// How many of them fill 8 MB.
inline constexpr int large_site = 16'000;

}  // namespace bench
