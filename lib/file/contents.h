// Reads and writes whole files, however many calls it takes. Errors are those of errno(3).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace file {

/// Reads to the end; EFBIG where there are more than `most` bytes.
[[nodiscard]] tl::expected<std::string, int> read_all(int fd, std::size_t most);

/// The contents of a regular file; EINVAL where `path` names something else. Never waits for
/// another program.
[[nodiscard]] tl::expected<std::string, int> read_regular(const std::filesystem::path& path,
                                                          std::size_t most);

/// Writes to a regular file.
[[nodiscard]] tl::expected<void, int> write_all(int fd, std::string_view text);

}  // namespace file
