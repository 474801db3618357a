// Makes a file that must not be there yet.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace fluke {

/// Makes `path` and the directories above it, and writes `text`; what is there already, even a link
/// to nowhere, is left as it is. The error is a message that names the file.
[[nodiscard]] tl::expected<void, std::string> create_file(const std::filesystem::path& path,
                                                          std::string_view text);

}  // namespace fluke
