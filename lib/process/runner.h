// Runs children: the narrow interface that git, mise and the engine depend on, so that a test can
// answer in place of real programs.
#pragma once

#include <functional>
#include <string_view>

#include "process/command.h"
#include "process/result.h"

namespace process {

class PidFile;

/// Called with the lines that a child prints, as they come: one or more, each ended by LF. A line
/// longer than 64 KiB comes as lines of that size; the last line may have lacked its end.
using LineSink = std::function<void(std::string_view lines)>;

class Runner {
 public:
  virtual ~Runner() = default;

  /// Runs `command` to its end and says how it went. `on_line` (may be empty) gets the
  /// merged output, or standard error where the streams are separate.
  [[nodiscard]] virtual Result run(const Command& command, const LineSink& on_line) = 0;

  /// The same, and does `work` while the command runs, which may run others: those are in no pid
  /// file. Not where the command could not be started. Here, for a runner that runs one at a time,
  /// before the command.
  [[nodiscard]] virtual Result run_beside(const Command& command, const LineSink& on_line,
                                          const std::function<void()>& work) {
    work();
    return run(command, on_line);
  }

  /// From now on run() keeps `file`, which outlives that, up to date; null: no more.
  virtual void set_pid_file(PidFile* /*file*/) {}

 protected:
  Runner() = default;
  Runner(const Runner&) = default;
  Runner& operator=(const Runner&) = default;
};

}  // namespace process
