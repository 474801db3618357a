#include "file/safe_path.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

#include "text/quote.h"

namespace file {
namespace {

/// "belongs to uid 1001".
std::optional<std::string> find_writer(const struct stat& status, Groups groups) {
  if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
    return fmt::format("belongs to uid {}", status.st_uid);
  }
  // Where the sticky bit is set, nobody removes or replaces what is somebody else's.
  if (S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0) {
    return std::nullopt;
  }
  if ((status.st_mode & S_IWOTH) != 0) {
    return "can be written by everybody";
  }
  // Many a user has a group of their own, to which their umask gives the right to write.
  if (groups == Groups::not_trusted && (status.st_mode & S_IWGRP) != 0 && status.st_gid != 0 &&
      status.st_gid != ::getegid()) {
    return fmt::format("can be written by gid {}", status.st_gid);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> why_unsafe(const std::filesystem::path& path, Groups groups) {
  struct stat status {};
  // A link that leads in a circle is no file.
  if (::stat(path.c_str(), &status) != 0 || ::lstat(path.c_str(), &status) != 0) {
    return std::nullopt;
  }
  const std::filesystem::path directory = path.parent_path();
  if (S_ISLNK(status.st_mode)) {
    std::error_code error;
    const std::filesystem::path target = std::filesystem::read_symlink(path, error);
    if (auto reason = why_unsafe(directory / target, groups); reason || error) {
      return reason;
    }
  } else if (const auto writer = find_writer(status, groups)) {
    return fmt::format("{} {}", text::quoted(path.native()), *writer);
  }
  if (::stat(directory.c_str(), &status) == 0) {
    if (const auto writer = find_writer(status, groups)) {
      return fmt::format("{} is in {}, which {}", text::quoted(path.native()),
                         text::quoted(directory.native()), *writer);
    }
  }
  return std::nullopt;
}

}  // namespace file
