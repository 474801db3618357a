// The Runner of the real world.
#pragma once

#include <chrono>

#include "process/cancellation.h"
#include "process/process_trees.h"
#include "process/runner.h"

namespace process {

/// Starts children with posix_spawn(3): each in a session of its own, standard input from
/// /dev/null, default signal dispositions and an empty mask, no descriptor but 0 to 2.
///
/// The end of a command is the end of the process that was started, not of its output: what a
/// daemon left behind holds open is no longer read. At a deadline, or when `cancellation` is
/// requested, its whole process tree gets SIGTERM and, after `grace`, SIGKILL; a second
/// signal to fluke skips what is left of the grace. So that daemons can be found then, this process
/// adopts orphans from the first runner on, and reaps them: no other code may wait for children of
/// its own while a runner runs. A child that fails while fluke is being stopped counts as
/// Cancelled, for the same hand may have stopped both. Once cancellation is requested, nothing is
/// started any more: the answer is Cancelled.
class PosixRunner : public Runner {
 public:
  /// `cancellation` outlives the runner.
  explicit PosixRunner(Cancellation& cancellation,
                       std::chrono::milliseconds grace = std::chrono::seconds(10));

  [[nodiscard]] Result run(const Command& command, const LineSink& on_line) override;
  [[nodiscard]] Result run_beside(const Command& command, const LineSink& on_line,
                                  const std::function<void()>& work) override;
  void set_pid_file(PidFile* file) override { pid_file_ = file; }

 private:
  Cancellation& cancellation_;
  std::chrono::milliseconds grace_;
  ProcessTrees trees_;
  PidFile* pid_file_ = nullptr;
};

}  // namespace process
