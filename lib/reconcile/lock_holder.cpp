#include "reconcile/lock_holder.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "text/quote.h"

namespace reconcile {
namespace {

namespace fs = std::filesystem;

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

}  // namespace

std::string lock_holder(const fs::path& file) {
  struct stat status {};
  const int pid = stat(file.c_str(), &status) == 0 ? taker_of_lock(status) : 0;
  return pid > 0 ? fmt::format("{} ({})", pid, text::neutralised(name_of_process(pid))) : "";
}

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

}  // namespace reconcile
