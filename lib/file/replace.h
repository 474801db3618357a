// Puts a file in the place of another one, so that nobody ever sees half of it.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "file/descriptor.h"
#include "file/error.h"
#include "file/resolve.h"

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

/// Writes `text` to a new file beside `path` and renames it into its place; when that fails,
/// nothing is left of it. Without a former file the mode is what the umask leaves of 0666. ESTALE
/// where the former file is needed, and gone or changed.
[[nodiscard]] tl::expected<void, Error> replace(const ResolvedPath& path, std::string_view text,
                                                const std::optional<Former>& former);

/// A regular file that is read and then, perhaps, replaced. It is open for as long as this lives:
/// no other one can get its inode number.
class RewritableFile {
 public:
  /// EINVAL where there is something else at `path`.
  [[nodiscard]] static tl::expected<RewritableFile, Error> open(ResolvedPath path);

  /// Its descriptor, to read from.
  [[nodiscard]] int descriptor() const { return file_.get(); }
  [[nodiscard]] const struct stat& status() const { return status_; }

  /// Puts `text` in its place, in a file of the same mode and owner, all at once or not at all. One
  /// that may not be written stays as it is, even if its directory may; ESTALE where the place
  /// holds another file by now, or this one was changed after it was opened.
  [[nodiscard]] tl::expected<void, Error> replace(std::string_view text) const;

 private:
  RewritableFile(ResolvedPath path, Descriptor file, const struct stat& status);

  ResolvedPath path_;
  Descriptor file_;
  struct stat status_;
};

}  // namespace file
