// Keeps two runs out of one directory, by flock(2) on the directory itself: the lock goes with its
// holder, however that ends. Where a fluke was killed and its command goes on, the directory is
// held all the same: the pid file says so. Whoever may read a directory can lock it; so that nobody
// shuts root out, root passes over the lock of a process whose user may not write to the directory,
// and relies on the lock of its own pid file.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "file/descriptor.h"
#include "manifest/manifest.h"
#include "process/pid_file.h"
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
  /// With Kind::held, the command of a killed fluke that holds it.
  std::optional<process::Orphan> orphan = {};
};

class DirectoryLock {
 public:
  /// Waits up to `timeout` for another holder. The lock is on what `directory` names at the end of
  /// the call, even if it was replaced in between. Without `pid_files`, which outlive it, there is
  /// no pid file.
  [[nodiscard]] static tl::expected<DirectoryLock, LockError> acquire(
      const std::filesystem::path& directory, std::chrono::milliseconds timeout, Clock& clock,
      const process::PidFiles* pid_files = nullptr);

  /// Where the commands that run in the directory are noted; null where there is no pid file. It
  /// moves with the lock.
  [[nodiscard]] process::PidFile* pid_file() {
    return pid_files_.empty() ? nullptr : &pid_files_.front();
  }

 private:
  DirectoryLock(file::Descriptor directory, std::vector<process::PidFile> pid_files)
      : pid_files_(std::move(pid_files)), directory_(std::move(directory)) {}

  [[nodiscard]] static tl::expected<DirectoryLock, LockError> try_acquire(
      const std::filesystem::path& directory, const process::PidFiles* pid_files);

  std::vector<process::PidFile> pid_files_;
  /// After the pid files, so that it goes before them.
  file::Descriptor directory_;
};

/// What is locked for `resource`: its directory, or where it has none, a directory below `runtime`
/// with the name of what it is about, to be made and removed again. Empty where there is neither.
[[nodiscard]] std::filesystem::path lock_path(const manifest::Resource& resource,
                                              const std::filesystem::path& runtime);

/// As a message says it; `timeout` is what was waited.
[[nodiscard]] std::string describe(const LockError& error, const std::filesystem::path& directory,
                                   std::chrono::milliseconds timeout);

/// The directory of a first clone, made so that there is something to lock.
/// It removes what it made when it goes, as far as that is empty: a clone that failed leaves
/// nothing behind.
class MadeDirectory {
 public:
  /// Makes `directory` and those above it; fails with an errno.
  [[nodiscard]] static tl::expected<MadeDirectory, int> make(
      const std::filesystem::path& directory);

  MadeDirectory(MadeDirectory&&) noexcept = default;
  MadeDirectory& operator=(MadeDirectory&&) = delete;
  ~MadeDirectory();

 private:
  MadeDirectory() = default;

  /// The innermost first.
  std::vector<std::filesystem::path> made_;
};

/// The process that holds a flock(2) on `file`, such as "4711 (fluke)"; empty where nobody can
/// tell: the holder is in another container, or the file system has another number for the kernel
/// than for its users.
[[nodiscard]] std::string lock_holder(const std::filesystem::path& file);

}  // namespace reconcile
