// Runs children: the narrow interface that git, mise and the engine depend on, so that a test can
// answer in place of real programs.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "process/command.h"
#include "process/result.h"

namespace process {

/// Called with the lines that a child prints, as they come: one or more, each ended by LF. A line
/// longer than 64 KiB comes as lines of that size; the last line may have lacked its end.
using LineSink = std::function<void(std::string_view lines)>;

/// A command that was started and goes on by itself, as far as it gets without anybody reading what
/// it prints.
class Started {
 public:
  /// Waits for its end, if wait() has not: nothing is left behind.
  virtual ~Started() = default;

  /// Sees it through to its end, deadline and all. To be called once at most.
  [[nodiscard]] virtual Result wait() = 0;

 protected:
  Started() = default;
  Started(const Started&) = default;
  Started& operator=(const Started&) = default;
};

class Runner {
 public:
  virtual ~Runner() = default;

  /// Starts `command`, waits for its end and says how it went. `on_line` (may be empty) hears the
  /// merged output, or standard error where the streams are separate.
  [[nodiscard]] virtual Result run(const Command& command, const LineSink& on_line) = 0;

  /// Starts `command` and returns at once; its deadline counts from now. What cannot be started
  /// says so when it is waited for. The runner outlives the answer. By default nothing
  /// runs before it is waited for.
  [[nodiscard]] virtual std::unique_ptr<Started> start(const Command& command);

 protected:
  Runner() = default;
  Runner(const Runner&) = default;
  Runner& operator=(const Runner&) = default;
};

}  // namespace process
