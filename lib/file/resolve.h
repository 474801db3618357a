// Resolves a path once, to a directory that is held open and a name in it: what others do to the
// path afterwards no longer matters. Whoever runs as root in directories that others may write to
// needs this.
#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>

#include "file/descriptor.h"
#include "file/error.h"

namespace file {

/// The symbolic links that a path may lead through.
enum class Links {
  any,
  /// Those of root and of the effective user.
  trusted,
  none,
};

/// Where a file is or is to be made.
struct ResolvedPath {
  /// Opened with O_PATH.
  Descriptor directory;
  std::string name;
  /// One of the links in /proc that stand for an open file, as /dev/stdout does: no path leads
  /// there, so the kernel has to follow it.
  bool is_magic_link = false;

  /// openat(2), which follows no other link. Closed on failure, with errno set.
  [[nodiscard]] Descriptor open(int flags, unsigned int mode = 0666) const;
};

/// Resolves all links of `path` that `links` allows; the last component need not exist. A relative
/// path starts from `base`, a directory's descriptor or AT_FDCWD.
[[nodiscard]] tl::expected<ResolvedPath, Error> resolve(const std::filesystem::path& path,
                                                        Links links, int base);
[[nodiscard]] tl::expected<ResolvedPath, Error> resolve(const std::filesystem::path& path,
                                                        Links links);

/// Whether `path`, as it is spelled, is `directory` or lies below it; false for no directory.
[[nodiscard]] bool is_below(const std::filesystem::path& path,
                            const std::filesystem::path& directory);

}  // namespace file
