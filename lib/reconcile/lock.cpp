#include "reconcile/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

#include "reconcile/attempts.h"
#include "reconcile/lock_holder.h"
#include "text/duration.h"
#include "text/quote.h"

namespace reconcile {
namespace {

using Kind = LockError::Kind;

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
  auto attempts = attempt_repeatedly(
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

std::optional<std::chrono::system_clock::time_point> DirectoryLock::interrupted_since() const {
  std::optional<std::chrono::system_clock::time_point> first;
  for (const process::PidFile& file : pid_files_) {
    if (const auto since = file.interrupted_since()) {
      first = std::min(first.value_or(*since), *since);
    }
  }
  return first;
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

}  // namespace reconcile
