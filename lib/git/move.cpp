#include "git/move.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace git {
namespace {

bool are_one(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

}  // namespace

int move_without_replacing(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
    return 0;
  }
  return errno == EINVAL || errno == ENOSYS ? move_by_link(from, to) : errno;
}

int move_by_link(const std::filesystem::path& from, const std::filesystem::path& to) {
  struct stat source {};
  struct stat target {};
  if (lstat(from.c_str(), &source) != 0) {
    return errno;
  }
  if (lstat(to.c_str(), &target) == 0) {
    const bool linked = !S_ISDIR(source.st_mode) && are_one(source, target);
    return !linked ? EEXIST : unlink(from.c_str()) == 0 ? 0 : errno;
  }
  if (!S_ISDIR(source.st_mode)) {
    if (linkat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), 0) == 0) {
      return unlink(from.c_str()) == 0 ? 0 : errno;
    }
    if (errno != EPERM && errno != EOPNOTSUPP) {
      return errno;
    }
  }
  // A directory replaces no more than an empty one; a file system without hard links leaves the
  // look above.
  return rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace git
