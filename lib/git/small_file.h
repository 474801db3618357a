// A file of git's that is read as a whole.
#pragma once

#include <filesystem>
#include <string>

namespace git {

/// Empty where it cannot be read, is no regular file or is larger than a mebibyte.
[[nodiscard]] std::string read_small_file(const std::filesystem::path& file);

}  // namespace git
