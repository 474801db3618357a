// A file of git's that is read as a whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace git {

/// Empty where it cannot be read.
[[nodiscard]] std::string read_small_file(const std::filesystem::path& file);

/// Empty also where it is larger than `most` bytes.
[[nodiscard]] std::string read_small_file(const std::filesystem::path& file, std::uintmax_t most);

}  // namespace git
