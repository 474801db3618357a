// Writes a report to a file, whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace fluke {

/// Writes `text` beside `path` and renames it into place; a symbolic link is followed, if it is one
/// of root or of the effective user. A new file has the mode that the umask leaves; over an
/// existing one its mode stays, and its owner where that is permitted: whoever may read the report
/// tomorrow was decided when the file was made. What is not a regular file (a FIFO, /dev/stderr) is
/// written to as a StreamFile. The error is a message that names the file.
[[nodiscard]] tl::expected<void, std::string> write_report(const std::filesystem::path& path,
                                                           std::string_view text);

}  // namespace fluke
