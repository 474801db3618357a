// Reads whole files.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <tl/expected.hpp>

namespace file {

/// Reads to the end. The error is an errno; EFBIG where there are more than `most` bytes.
[[nodiscard]] tl::expected<std::string, int> read_all(int fd, std::size_t most);

/// The contents of a regular file; EINVAL where `path` names something else. Never waits for
/// another program.
[[nodiscard]] tl::expected<std::string, int> read_regular(const std::filesystem::path& path,
                                                          std::size_t most);

}  // namespace file
