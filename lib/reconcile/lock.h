// Keeps two runs out of one directory by flock(2) on the directory itself: there is no lock file to
// leave behind, and the lock goes with its holder, however that ends.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <tl/expected.hpp>

#include "file/descriptor.h"
#include "reconcile/clock.h"

namespace reconcile {

/// Why a directory could not be locked.
struct LockError {
  enum class Kind {
    absent,
    /// It is, or lies behind, a symbolic link to what does not exist.
    dangling_link,
    /// mkdir(2) failed, with `error`.
    not_created,
    not_a_directory,
    /// Another process held it until the end of the time-out.
    held,
    interrupted,
    /// open(2) failed, with `error`.
    not_opened,
    /// flock(2) failed, with `error`: some file systems know no such locks.
    not_locked,
  };
  Kind kind = Kind::absent;
  int error = 0;
  /// With Kind::held, who holds it, as far as that is known: "4711 (fluke)".
  std::string holder = {};
};

class DirectoryLock {
 public:
  /// Waits up to `timeout` for another holder. The lock is on what `directory` names at the end of
  /// the call, even if it was replaced in between.
  [[nodiscard]] static tl::expected<DirectoryLock, LockError> acquire(
      const std::filesystem::path& directory, std::chrono::milliseconds timeout, Clock& clock);

 private:
  explicit DirectoryLock(file::Descriptor directory) : directory_(std::move(directory)) {}

  [[nodiscard]] static tl::expected<DirectoryLock, LockError> try_acquire(
      const std::filesystem::path& directory);

  file::Descriptor directory_;
};

/// As a message says it; `timeout` is what was waited.
[[nodiscard]] std::string describe(const LockError& error, const std::filesystem::path& directory,
                                   std::chrono::milliseconds timeout);

}  // namespace reconcile
