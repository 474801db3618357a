#include "reconcile/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>

#include "text/duration.h"
#include "text/quote.h"

namespace reconcile {
namespace {

namespace fs = std::filesystem;

using Kind = LockError::Kind;

std::string name_of_process(int pid) {
  std::ifstream file(fmt::format("/proc/{}/comm", pid));
  std::string name;
  std::getline(file, name);
  return name;
}

/// The holder that a line of /proc/locks tells of, if it is a lock on that file:
/// "3: FLOCK  ADVISORY  WRITE 4711 fe:00:6029321 0 EOF". 0 otherwise.
int holder_in(const std::string& line, const struct stat& file) {
  int pid = 0;
  unsigned int major_number = 0;
  unsigned int minor_number = 0;
  unsigned long inode = 0;
  const bool is_flock = std::sscanf(line.c_str(), "%*d: FLOCK %*s %*s %d %x:%x:%lu", &pid,
                                    &major_number, &minor_number, &inode) == 4;
  return is_flock && major_number == major(file.st_dev) && minor_number == minor(file.st_dev) &&
                 inode == file.st_ino
             ? pid
             : 0;
}

/// The pid of whoever took the lock; 0 where /proc/locks does not tell.
int taker_of_lock(const struct stat& file) {
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    if (const int pid = holder_in(line, file); pid > 0) {
      return pid;
    }
  }
  return 0;
}

/// Whether a process, by its place in /proc, has `file` open and locked.
bool holds_lock(const fs::path& process, const struct stat& file) {
  std::error_code error;
  for (fs::directory_iterator it(process / "fd", error), end; !error && it != end;
       it.increment(error)) {
    struct stat open {};
    if (stat(it->path().c_str(), &open) != 0 || open.st_dev != file.st_dev ||
        open.st_ino != file.st_ino) {
      continue;
    }
    std::ifstream info(process / "fdinfo" / it->path().filename());
    for (std::string line; std::getline(info, line);) {
      if (line.starts_with("lock:") && line.find("FLOCK") != std::string::npos) {
        return true;
      }
    }
  }
  return false;
}

/// The numbers behind `name` in /proc/PID/status.
std::vector<unsigned int> numbers_in(const fs::path& status, std::string_view name) {
  std::vector<unsigned int> numbers;
  std::ifstream file(status);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name)) {
      std::istringstream rest(line.substr(name.size()));
      for (unsigned int number = 0; rest >> number;) {
        numbers.push_back(number);
      }
    }
  }
  return numbers;
}

/// As root, as its owner, by its group, or because anybody may. What counts is the real user: a
/// program that is root's by its set-user-id bit works for its caller.
bool may_write(const fs::path& process, const struct stat& directory) {
  const std::vector<unsigned int> users = numbers_in(process / "status", "Uid:");
  std::vector<unsigned int> groups = numbers_in(process / "status", "Gid:");
  std::ranges::copy(numbers_in(process / "status", "Groups:"), std::back_inserter(groups));
  if (users.empty()) {
    return true;
  }
  const bool in_group = std::ranges::find(groups, directory.st_gid) != groups.end();
  return users.front() == 0 || users.front() == directory.st_uid ||
         (in_group && (directory.st_mode & S_IWGRP) != 0) || (directory.st_mode & S_IWOTH) != 0;
}

/// Whether everyone who holds the flock(2) on `directory` may write to it, so that root has to
/// respect it; also where nobody can tell who holds it. To be asked by root, who sees everyone.
bool is_held_by_writers(const struct stat& directory) {
  const bool is_known = taker_of_lock(directory) > 0;
  bool is_seen = false;
  std::error_code error;
  for (fs::directory_iterator it("/proc", error), end; !error && it != end; it.increment(error)) {
    if (holds_lock(it->path(), directory)) {
      is_seen = true;
      if (!may_write(it->path(), directory)) {
        return false;
      }
    }
  }
  // A lock of this host that no process has open was sent away on a socket, to hide it.
  return is_seen || !is_known;
}

/// The first symbolic link on the way to `path` that points to nothing; empty if there is none.
std::filesystem::path find_dangling_link(const std::filesystem::path& path) {
  std::filesystem::path so_far;
  for (const std::filesystem::path& name : path) {
    so_far /= name;
    std::error_code error;
    if (std::filesystem::is_symlink(so_far, error) && !std::filesystem::exists(so_far, error)) {
      return so_far;
    }
  }
  return {};
}

Kind kind_of_open_error(const std::filesystem::path& directory, int error) {
  switch (error) {
    case ENOENT:
      return find_dangling_link(directory).empty() ? Kind::absent : Kind::dangling_link;
    case ENOTDIR:
      return Kind::not_a_directory;
    default:
      return Kind::not_opened;
  }
}

bool names(const std::filesystem::path& path, const struct stat& directory) {
  struct stat now {};
  return stat(path.c_str(), &now) == 0 && now.st_dev == directory.st_dev &&
         now.st_ino == directory.st_ino;
}

std::string message_of(int error) {
  return std::generic_category().message(error);
}

/// A "~" that a shell would have expanded reaches fluke as the name of a directory.
bool holds_tilde(const std::filesystem::path& path) {
  return std::ranges::any_of(
      path, [](const std::filesystem::path& name) { return name.native().starts_with('~'); });
}

std::string describe_absent(const std::filesystem::path& directory) {
  return fmt::format("working directory {} does not exist; {}", text::quoted(directory.native()),
                     holds_tilde(directory) ? "fluke does not expand \"~\": write the whole path"
                                            : "create it, or add a git block to have it cloned");
}

std::string describe_dangling_link(const std::filesystem::path& directory) {
  const std::filesystem::path link = find_dangling_link(directory);
  std::error_code ignored;
  const std::filesystem::path target = std::filesystem::read_symlink(link, ignored);
  return fmt::format(
      "working directory {} does not exist: {} is a symbolic link to {}, which is absent; create "
      "that, or remove the link",
      text::quoted(directory.native()), text::quoted(link.native()), text::quoted(target.native()));
}

std::string describe_held(const LockError& error, const std::string& name,
                          std::chrono::milliseconds timeout) {
  const std::string waited =
      timeout.count() == 0 ? "" : "; waited " + text::format_duration(timeout);
  if (!error.orphan) {
    return fmt::format("{} holds {}{}",
                       error.holder.empty() ? "another process" : "process " + error.holder, name,
                       waited);
  }
  constexpr std::size_t most = 80;
  const auto& [pid, command, age] = *error.orphan;
  return fmt::format(
      "process {} ({}{}), left by a fluke that was killed, has been running in {} for {}{}; let it "
      "finish, or end it with: kill -- -{}",
      pid, text::neutralised(command.substr(0, most)), command.size() > most ? "..." : "", name,
      text::human_duration(age), waited, pid);
}

}  // namespace

std::filesystem::path lock_path(const manifest::Resource& resource,
                                const std::filesystem::path& runtime) {
  if (!resource.working_dir.empty() || runtime.empty()) {
    return resource.working_dir;
  }
  // File systems mostly allow names of 255 bytes. Of two long names that begin alike, one waits for
  // the other.
  constexpr std::size_t longest = 200;
  std::string name = "lock-";
  for (const char c : resource.settings->subject().value_or(resource.name)) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@';
    name += is_plain
                ? std::string(1, c)
                : fmt::format("%{:02X}", static_cast<unsigned int>(static_cast<unsigned char>(c)));
  }
  return runtime / name.substr(0, longest);
}

tl::expected<DirectoryLock, LockError> DirectoryLock::try_acquire(
    const std::filesystem::path& directory, const process::PidFiles* pid_files) {
  for (;;) {
    file::Descriptor descriptor(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    struct stat status {};
    if (!descriptor.is_open() || fstat(descriptor.get(), &status) != 0) {
      const int error = errno;
      return tl::unexpected(
          LockError{.kind = kind_of_open_error(directory, error), .error = error});
    }
    auto files = pid_files != nullptr ? pid_files->lock(status) : std::vector<process::PidFile>();
    if (!files) {
      return tl::unexpected(LockError{.kind = Kind::held});
    }
    if (flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
      const int error = errno;
      if (error != EWOULDBLOCK) {
        return tl::unexpected(LockError{.kind = Kind::not_locked, .error = error});
      }
      if (geteuid() != 0 || is_held_by_writers(status)) {
        return tl::unexpected(LockError{.kind = Kind::held});
      }
      // Whoever held it may have let go meanwhile.
      static_cast<void>(flock(descriptor.get(), LOCK_EX | LOCK_NB));
    }
    for (process::PidFile& file : *files) {
      if (std::optional<process::Orphan> orphan = file.find_orphan(directory)) {
        return tl::unexpected(LockError{.kind = Kind::held, .orphan = std::move(orphan)});
      }
    }
    // The directory may have been replaced after it was opened; a lock on the old one keeps nobody
    // out of the new one.
    if (names(directory, status)) {
      return DirectoryLock(std::move(descriptor), std::move(*files));
    }
  }
}

tl::expected<DirectoryLock, LockError> DirectoryLock::acquire(
    const std::filesystem::path& directory, std::chrono::milliseconds timeout, Clock& clock,
    const process::PidFiles* pid_files) {
  using std::chrono_literals::operator""ms;
  auto attempts = retry(
      clock, {.limit = timeout, .first_pause = 10ms, .longest_pause = 500ms},
      [&] { return try_acquire(directory, pid_files); },
      [](const auto& lock) { return lock || lock.error().kind != Kind::held; });
  if (attempts.interrupted) {
    return tl::unexpected(LockError{.kind = Kind::interrupted});
  }
  if (!attempts.last && attempts.last.error().kind == Kind::held && !attempts.last.error().orphan) {
    attempts.last.error().holder = lock_holder(directory);
  }
  return std::move(attempts.last);
}

std::string describe(const LockError& error, const std::filesystem::path& directory,
                     std::chrono::milliseconds timeout) {
  const std::string name = text::quoted(directory.native());
  switch (error.kind) {
    case Kind::absent:
      return describe_absent(directory);
    case Kind::dangling_link:
      return describe_dangling_link(directory);
    case Kind::not_created:
      return fmt::format("cannot create working directory {}: {}", name, message_of(error.error));
    case Kind::not_a_directory:
      return fmt::format("working directory {} is not a directory; move it away or name another",
                         name);
    case Kind::held:
      return describe_held(error, name, timeout);
    case Kind::interrupted:
      return fmt::format("interrupted while waiting for {}", name);
    case Kind::not_opened:
      return fmt::format("cannot open working directory {}: {}", name, message_of(error.error));
    case Kind::not_locked:
      return fmt::format(
          "cannot lock working directory {}: {}; its file system must support flock(2)", name,
          message_of(error.error));
  }
  return {};
}

std::string lock_holder(const fs::path& file) {
  struct stat status {};
  const int pid = stat(file.c_str(), &status) == 0 ? taker_of_lock(status) : 0;
  return pid > 0 ? fmt::format("{} ({})", pid, text::neutralised(name_of_process(pid))) : "";
}

tl::expected<MadeDirectory, int> MadeDirectory::make(const std::filesystem::path& directory) {
  MadeDirectory made;
  std::error_code error;
  for (std::filesystem::path at = directory; !std::filesystem::exists(at, error) && !error;
       at = at.parent_path()) {
    made.made_.push_back(at);
  }
  std::filesystem::create_directories(directory, error);
  if (error) {
    return tl::unexpected(error.value());
  }
  return made;
}

MadeDirectory::~MadeDirectory() {
  for (const std::filesystem::path& directory : made_) {
    rmdir(directory.c_str());
  }
}

}  // namespace reconcile
