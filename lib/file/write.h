// Writes a whole text to a regular file, however many calls it takes.
#pragma once

#include <string_view>
#include <tl/expected.hpp>

namespace file {

/// The error is the errno of the write that failed.
[[nodiscard]] tl::expected<void, int> write_all(int fd, std::string_view text);

}  // namespace file
