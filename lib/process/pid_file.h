// Pid files: which command fluke runs in a directory. When fluke is killed, its lock on the
// directory goes with it, but the command may go on; from the pid file the next fluke learns that
// it does.
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "file/descriptor.h"
#include "process/environment.h"

namespace process {

/// A command that goes on although the fluke that started it was killed.
struct Orphan {
  pid_t pid = 0;
  /// Its command line, as /proc shows it.
  std::string command;
  /// How long it has been running.
  std::chrono::seconds age{0};
};

/// The pid file of one directory, locked for as long as this lives; without a file, one that knows
/// nothing and notes nothing. At the end it is empty, unless fluke is killed or its command could
/// not be ended. It is not removed: a file that another process may be about to lock stays the one
/// that all of them lock.
class PidFile {
 public:
  /// The command of a killed fluke that still runs in `directory`. Processes which that command
  /// has left behind do not count, nor do those of another pid namespace.
  [[nodiscard]] std::optional<Orphan> find_orphan(const std::filesystem::path& directory);

  /// The runner calls these around each command. Between the first and the second only the name of
  /// `program` is known.
  void starting(const std::filesystem::path& program);
  void started(pid_t pid);
  void ended();

 private:
  friend class PidFiles;

  void read();
  void write() const;

  file::Descriptor file_;
  ino_t pid_namespace_ = 0;
  /// The command on record; 0 is one that is being started.
  pid_t pid_ = 0;
  unsigned long long start_ = 0;
  std::string program_;
  /// The file says something that must not be lost.
  bool is_needed_ = false;
};

/// The private directories in which this user's pid files lie. Pid files are made in the first;
/// the others may hold some of a fluke that had another environment.
class PidFiles {
 public:
  /// /run/fluke for root; $XDG_RUNTIME_DIR/fluke or /run/user/UID/fluke for others; and
  /// /tmp/fluke-UID where the former cannot be used. One that others may write to is passed over.
  explicit PidFiles(const Environment& environment);
  explicit PidFiles(const std::vector<std::filesystem::path>& candidates);

  /// Opens and locks the pid files of `directory`, as stat(2) describes it: the one to write to
  /// first. Nothing if another process has one of them locked.
  [[nodiscard]] std::optional<std::vector<PidFile>> lock(const struct stat& directory) const;

  /// The directory in which they are made, for what else is this user's alone for as long as the
  /// host is up; empty if there is none.
  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

 private:
  [[nodiscard]] std::optional<PidFile> lock(int place, const std::string& name) const;

  std::vector<file::Descriptor> places_;
  /// The first of them.
  std::filesystem::path directory_;
  ino_t pid_namespace_ = 0;
};

}  // namespace process
