// Puts a file in the place of another one, so that nobody ever sees half of it.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "file/error.h"
#include "file/place.h"

namespace file {

/// The file that is replaced.
struct Former {
  /// The new file takes its mode over, and its owner.
  struct stat status {};
  /// To have another owner is a failure; otherwise it is kept where that is permitted.
  bool owner_is_needed = false;
  /// The place has to hold this file still, unchanged.
  bool is_needed = false;
};

/// Writes `text` to a new file beside `place` and renames it into place; when that fails, nothing
/// is left of it. Without a former file the mode is what the umask leaves of 0666. ESTALE where the
/// former file is needed, and gone or changed.
[[nodiscard]] tl::expected<void, Error> replace(const Place& place, std::string_view text,
                                                const std::optional<Former>& former);

}  // namespace file
