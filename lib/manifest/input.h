// How large a text may be, and what to say where one cannot be read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace manifest {

inline constexpr std::size_t max_text_size = std::size_t{1} << 30U;

/// "No such file or directory; check the path", of an errno. `what` is a noun with its article,
/// which stands in "a manifest is at most 1 GiB large".
[[nodiscard]] std::string describe_read_error(int error, std::string_view what);

}  // namespace manifest
