#include "process/proc.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <functional>

#include "file/descriptor.h"
#include "file/resolve.h"

namespace process {
namespace {

namespace fs = std::filesystem;

/// Calls `visit(pid)` for each process until it returns false. False where /proc cannot be read.
bool for_each_process(const std::function<bool(pid_t)>& visit) {
  std::error_code error;
  for (fs::directory_iterator it("/proc", error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().native();
    if (std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; }) &&
        !visit(static_cast<pid_t>(std::stol(name)))) {
      break;
    }
  }
  return !error;
}

/// The first process, other than this one, for which `matches(its folder in /proc)`.
std::optional<pid_t> find_process(const std::function<bool(const fs::path&)>& matches) {
  std::optional<pid_t> found;
  for_each_process([&](pid_t pid) {
    if (pid != getpid() && matches(fs::path("/proc") / std::to_string(pid))) {
      found = pid;
    }
    return !found;
  });
  return found;
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

}  // namespace

// /proc/PID/stat is "PID (NAME) STATE PARENT GROUP SESSION …". The name may hold anything,
// parentheses too.
std::optional<ProcessStat> read_stat(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/stat";
  const file::Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 512> buffer = {};
  if (!file.is_open() || read(file.get(), buffer.data(), buffer.size() - 1) <= 0) {
    return std::nullopt;
  }
  const std::string stat = buffer.data();
  const std::size_t name = stat.find('(');
  const std::size_t name_end = stat.rfind(')');
  if (name == std::string::npos || name_end == std::string::npos) {
    return std::nullopt;
  }
  ProcessStat process = {.pid = pid, .name = stat.substr(name + 1, name_end - name - 1)};
  // Between the session (the 6th field) and the start (the 22nd) are fifteen that say nothing here.
  if (std::sscanf(stat.c_str() + name_end + 1,
                  " %c %d %d %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu",
                  &process.state, &process.parent, &process.group, &process.session,
                  &process.started) != 5) {
    return std::nullopt;
  }
  return process;
}

std::optional<std::vector<ProcessStat>> all_processes() {
  std::vector<ProcessStat> processes;
  const bool is_readable = for_each_process([&](pid_t pid) {
    if (std::optional<ProcessStat> process = read_stat(pid)) {
      processes.push_back(*std::move(process));
    }
    return true;
  });
  return is_readable ? std::optional(std::move(processes)) : std::nullopt;
}

std::optional<pid_t> find_process_with_open(const fs::path& file) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) {
    return std::nullopt;
  }
  return find_process([&](const fs::path& process) { return has_open(process, status); });
}

std::optional<pid_t> find_process_in(const fs::path& directory, std::string_view name) {
  std::error_code error;
  // The kernel shows working directories without symbolic links.
  const fs::path resolved = fs::canonical(directory, error);
  if (error) {
    return std::nullopt;
  }
  return find_process([&](const fs::path& process) {
    std::string program;
    std::getline(std::ifstream(process / "comm"), program);
    std::error_code unreadable;
    const fs::path working_directory = fs::read_symlink(process / "cwd", unreadable);
    return program.starts_with(name) && !unreadable && file::is_below(working_directory, resolved);
  });
}

bool sees_all_processes() {
  // The number of the first namespace is a constant of the kernel (PROC_PID_INIT_INO).
  std::error_code error;
  return fs::read_symlink("/proc/self/ns/pid", error) == "pid:[4026531836]";
}

}  // namespace process
