#include "process/process_group.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "process/descriptor.h"

namespace process {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

/// The beginning of /proc/PID/stat, enough for its first fields; empty if the process has gone.
std::string read_stat(const char* pid) {
  const std::string path = std::string("/proc/") + pid + "/stat";
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 512> buffer;
  const ssize_t size = file.is_open() ? read(file.get(), buffer.data(), buffer.size()) : -1;
  return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : std::string();
}

/// Reads "PID (NAME) STATE PARENT GROUP …"; the name may hold anything, parentheses too.
bool is_living_member(const std::string& stat, pid_t group) {
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) {
    return false;
  }
  char state = 0;
  int parent = 0;
  int its_group = 0;
  const int fields =
      std::sscanf(stat.c_str() + name_end + 1, " %c %d %d", &state, &parent, &its_group);
  return fields == 3 && its_group == group && state != 'Z' && state != 'X';
}

}  // namespace

bool group_lives(pid_t group) {
  const std::unique_ptr<DIR, CloseDirectory> proc(opendir("/proc"));
  if (proc == nullptr) {
    return true;
  }
  while (const dirent* entry = readdir(proc.get())) {
    const bool is_process = entry->d_name[0] >= '1' && entry->d_name[0] <= '9';
    if (is_process && is_living_member(read_stat(entry->d_name), group)) {
      return true;
    }
  }
  return false;
}

}  // namespace process
