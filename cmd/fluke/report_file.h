// Writes a report to a file, whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace fluke {

/// Writes `text` beside `file` and renames it into place, with mode 0666 less the umask; a symbolic
/// link is followed. What is not a regular file (a FIFO, /dev/stderr) is written to directly. The
/// error is a message that names the file.
[[nodiscard]] tl::expected<void, std::string> write_report(const std::filesystem::path& file,
                                                           std::string_view text);

}  // namespace fluke
