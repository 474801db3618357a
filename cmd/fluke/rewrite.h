// Gives a file that somebody else looks after a new text, so that nobody ever sees half of it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace fluke {

/// Writes `text` beside `path`, with the file's mode and owner, and renames it into place; a
/// symbolic link is followed. A file that may not be written stays as it is, even if its directory
/// may. The error is a message that names the file.
[[nodiscard]] tl::expected<void, std::string> rewrite(const std::filesystem::path& path,
                                                      std::string_view text);

}  // namespace fluke
