// What a manifest looks like from outside: how it is called, how large it may be, and what to say
// where one cannot be read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace manifest {

/// What the names of manifests end in that are found in a directory.
inline constexpr std::string_view manifest_suffix = ".fluke.hcl";

inline constexpr std::size_t max_text_size = std::size_t{1} << 30U;

/// "No such file or directory; check the path", of an errno. `what` is a noun with its article,
/// which stands in "a manifest is at most 1 GiB large".
[[nodiscard]] std::string describe_read_error(int error, std::string_view what);

}  // namespace manifest
