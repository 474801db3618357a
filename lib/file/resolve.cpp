#include "file/resolve.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <utility>

namespace file {
namespace {

namespace fs = std::filesystem;

/// As many as the kernel follows.
constexpr int most_links = 40;

constexpr int directory_flags = O_PATH | O_DIRECTORY | O_CLOEXEC;

bool is_allowed(const struct stat& link, Links links) {
  switch (links) {
    case Links::any:
      return true;
    case Links::trusted:
      return link.st_uid == 0 || link.st_uid == ::geteuid();
    case Links::none:
      break;
  }
  return false;
}

bool is_in_proc(const Descriptor& file) {
  struct statfs system {};
  return ::fstatfs(file.get(), &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}

std::optional<std::string> target_of(const Descriptor& link) {
  std::array<char, PATH_MAX> target;
  const ssize_t size = ::readlinkat(link.get(), "", target.data(), target.size());
  return size < 0 ? std::nullopt
                  : std::optional<std::string>(std::in_place, target.data(),
                                               static_cast<std::size_t>(size));
}

}  // namespace

Descriptor ResolvedPath::open(int flags, unsigned int mode) const {
  const int nofollow = is_magic_link ? 0 : O_NOFOLLOW;
  return Descriptor(::openat(directory.get(), name.c_str(), flags | nofollow | O_CLOEXEC, mode));
}

tl::expected<ResolvedPath, Error> resolve(const fs::path& path, Links links, int base) {
  Descriptor directory(path.is_absolute() ? ::open("/", directory_flags)
                                          : ::openat(base, ".", directory_flags));
  fs::path walked = path.root_directory();
  std::string rest = path.relative_path();
  for (int followed = 0; directory.is_open();) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string name = end == 0 ? "." : rest.substr(0, end);
    const bool is_last = end == rest.size();
    Descriptor found(::openat(directory.get(), name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (is_last && !found.is_open() && errno == ENOENT) {
      return ResolvedPath{.directory = std::move(directory), .name = name};
    }
    struct stat status {};
    if (!found.is_open() || ::fstat(found.get(), &status) != 0) {
      return failure("open");
    }
    if (!S_ISLNK(status.st_mode)) {
      if (is_last) {
        return ResolvedPath{.directory = std::move(directory), .name = name};
      }
    } else if (!is_allowed(status, links)) {
      return tl::unexpected(Error{.operation = "open", .code = ELOOP, .link = walked / name});
    } else if (is_in_proc(found)) {
      if (is_last) {
        return ResolvedPath{.directory = std::move(directory), .name = name, .is_magic_link = true};
      }
      found = Descriptor(::openat(directory.get(), name.c_str(), directory_flags));
    } else {
      const std::optional<std::string> target = target_of(found);
      if (!target || ++followed > most_links) {
        return tl::unexpected(Error{.operation = "open", .code = target ? ELOOP : errno});
      }
      rest.replace(0, end, *target);
      if (target->starts_with('/')) {
        rest.erase(0, rest.find_first_not_of('/'));
        directory = Descriptor(::open("/", directory_flags));
        walked = "/";
      }
      continue;
    }
    // Where it is no directory, the next step says so.
    directory = std::move(found);
    walked /= name;
    rest.erase(0, rest.find_first_not_of('/', end));
  }
  return failure("open");
}

tl::expected<ResolvedPath, Error> resolve(const fs::path& path, Links links) {
  return resolve(path, links, AT_FDCWD);
}

bool is_below(const fs::path& path, const fs::path& directory) {
  return !directory.empty() && std::ranges::mismatch(directory, path).in1 == directory.end();
}

}  // namespace file
