#include "reconcile/lock_holder.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cstdio>
#include <fstream>

#include "text/quote.h"

namespace reconcile {
namespace {

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

}  // namespace

std::string lock_holder(const std::filesystem::path& file) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) {
    return {};
  }
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    if (const int pid = holder_in(line, status); pid > 0) {
      return fmt::format("{} ({})", pid, text::neutralised(name_of_process(pid)));
    }
  }
  return {};
}

}  // namespace reconcile
