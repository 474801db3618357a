#include "reconcile/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

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

bool names(const std::filesystem::path& path, int descriptor) {
  struct stat by_path {};
  struct stat by_descriptor {};
  return stat(path.c_str(), &by_path) == 0 && fstat(descriptor, &by_descriptor) == 0 &&
         by_path.st_dev == by_descriptor.st_dev && by_path.st_ino == by_descriptor.st_ino;
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

}  // namespace

tl::expected<DirectoryLock, LockError> DirectoryLock::try_acquire(
    const std::filesystem::path& directory) {
  for (;;) {
    file::Descriptor descriptor(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!descriptor.is_open()) {
      const int error = errno;
      return tl::unexpected(
          LockError{.kind = kind_of_open_error(directory, error), .error = error});
    }
    if (flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
      const int error = errno;
      return tl::unexpected(
          LockError{.kind = error == EWOULDBLOCK ? Kind::held : Kind::not_locked, .error = error});
    }
    // The directory may have been replaced after it was opened; a lock on the old one keeps nobody
    // out of the new one.
    if (names(directory, descriptor.get())) {
      return DirectoryLock(std::move(descriptor));
    }
  }
}

tl::expected<DirectoryLock, LockError> DirectoryLock::acquire(
    const std::filesystem::path& directory, std::chrono::milliseconds timeout, Clock& clock) {
  using std::chrono_literals::operator""ms;
  auto attempts = attempt_repeatedly(
      clock, {.limit = timeout, .first_pause = 10ms, .longest_pause = 500ms},
      [&] { return try_acquire(directory); },
      [](const auto& lock) { return lock || lock.error().kind != Kind::held; });
  if (attempts.interrupted) {
    return tl::unexpected(LockError{.kind = Kind::interrupted});
  }
  if (!attempts.last && attempts.last.error().kind == Kind::held) {
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
      return fmt::format("{} holds {}{}",
                         error.holder.empty() ? "another process" : "process " + error.holder, name,
                         timeout.count() == 0 ? "" : "; waited " + text::format_duration(timeout));
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
