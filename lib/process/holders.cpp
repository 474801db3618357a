#include "process/holders.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <string>

namespace process {
namespace {

namespace fs = std::filesystem;

/// The first process, other than this one, of which `matches` holds; it gets its place in /proc.
std::optional<pid_t> find_process(const std::function<bool(const fs::path&)>& matches) {
  std::error_code error;
  for (fs::directory_iterator it("/proc", error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().native();
    if (!std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; })) {
      continue;
    }
    const pid_t pid = static_cast<pid_t>(std::stol(name));
    if (pid != getpid() && matches(it->path())) {
      return pid;
    }
  }
  return std::nullopt;
}

bool has_open(const fs::path& process, const struct stat& file) {
  std::error_code error;
  for (fs::directory_iterator it(process / "fd", error), end; !error && it != end;
       it.increment(error)) {
    struct stat open {};
    if (stat(it->path().c_str(), &open) == 0 && open.st_dev == file.st_dev &&
        open.st_ino == file.st_ino) {
      return true;
    }
  }
  return false;
}

bool is_below(const fs::path& path, const fs::path& directory) {
  return std::ranges::mismatch(directory, path).in1 == directory.end();
}

}  // namespace

std::optional<pid_t> find_holder(const fs::path& file) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) {
    return std::nullopt;
  }
  return find_process([&](const fs::path& process) { return has_open(process, status); });
}

std::optional<pid_t> find_at_work(std::string_view name, const fs::path& directory) {
  std::error_code error;
  // The kernel tells working directories without symbolic links.
  const fs::path resolved = fs::canonical(directory, error);
  if (error) {
    return std::nullopt;
  }
  return find_process([&](const fs::path& process) {
    std::string program;
    std::getline(std::ifstream(process / "comm"), program);
    std::error_code hidden;
    const fs::path working_directory = fs::read_symlink(process / "cwd", hidden);
    return program.starts_with(name) && !hidden && is_below(working_directory, resolved);
  });
}

bool sees_all_processes() {
  // The number of the first namespace is a constant of the kernel (PROC_PID_INIT_INO).
  std::error_code error;
  return fs::read_symlink("/proc/self/ns/pid", error) == "pid:[4026531836]";
}

}  // namespace process
