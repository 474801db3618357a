// Puts a file in the place of another one, so that nobody ever sees half of it.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

namespace fluke {

/// What the new file takes over from the one that it replaces.
struct Inheritance {
  mode_t mode = 0;
  uid_t owner = 0;
  gid_t group = 0;
  /// To have another owner is a failure; otherwise the owner is kept where that is permitted.
  bool owner_is_needed = false;

  [[nodiscard]] static Inheritance of(const struct stat& file) {
    return {.mode = file.st_mode & 07777U, .owner = file.st_uid, .group = file.st_gid};
  }
};

/// The step that failed, as a message names it, and its errno.
struct FileError {
  std::string_view operation;
  int error = 0;
};

/// Writes `text` to a new file beside `target` and renames it into place; when that fails, nothing
/// is left of it. Without an inheritance the mode is what the umask leaves of 0666. `target` is no
/// symbolic link.
[[nodiscard]] tl::expected<void, FileError> replace_file(
    const std::filesystem::path& target, std::string_view text,
    const std::optional<Inheritance>& inheritance);

}  // namespace fluke
