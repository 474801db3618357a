// What proc(5) shows of the processes of this host.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace process {

/// A process at one instant, as /proc/PID/stat has it.
struct ProcessStat {
  pid_t pid = 0;
  std::string name;
  char state = 0;
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
  /// In clock ticks since the host was started. Together with `pid` it identifies a process.
  unsigned long long started = 0;

  [[nodiscard]] bool is_alive() const { return state != 'Z' && state != 'X'; }
};

/// Nothing if there is no such process.
[[nodiscard]] std::optional<ProcessStat> read_stat(pid_t pid);

/// Nothing if /proc cannot be read.
[[nodiscard]] std::optional<std::vector<ProcessStat>> all_processes();

/// A process, other than this one, that has `file` open. Only root sees what processes of other
/// users have open.
[[nodiscard]] std::optional<pid_t> find_process_with_open(const std::filesystem::path& file);

/// A process, other than this one, whose program's name begins with `name` and whose working
/// directory is `directory` or below it; nothing where there is no such directory.
[[nodiscard]] std::optional<pid_t> find_process_in(const std::filesystem::path& directory,
                                                   std::string_view name);

/// Whether /proc shows every process of this host: it does not in a container, whose processes have
/// a namespace of their own.
[[nodiscard]] bool sees_all_processes();

}  // namespace process
