// Reads files that configurations name. What is there may be anything: a pipe, a device, a file
// that never ends or holds no text.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace hcl::functions {

/// The contents of a regular file, which is UTF-8 text and no larger than a value may be. Never
/// waits for another program. An error says what is wrong, path and reason.
[[nodiscard]] tl::expected<std::string, std::string> read_text(const std::string& path);

/// Whether `path` names a regular file; false where there is nothing. An error where there is
/// something else, or where that cannot be told.
[[nodiscard]] tl::expected<bool, std::string> is_file(const std::string& path);

}  // namespace hcl::functions
