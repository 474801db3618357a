// Answers as mise would, without a process.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "process/command.h"
#include "process/result.h"
#include "process/runner.h"

namespace reconcile::testing {

/// A mise whose tasks are the same in every directory. What is not mise goes to `other`.
class MiseRunner : public process::Runner {
 public:
  [[nodiscard]] process::Result run(const process::Command& command,
                                    const process::LineSink& on_line) override;

  /// The tasks that there are.
  std::vector<std::string> tasks = {"apply", "check"};

  /// Tasks that the list does not show and mise runs all the same.
  std::vector<std::string> unlisted;

  /// How `mise run TASK` ends in the directory of that name; by default with status 0.
  std::function<process::Ending(const std::string& directory, const std::string& task)> on_run;

  /// Tasks that the list shows and mise refuses to run.
  std::vector<std::string> refused;

  /// How `mise tasks` ends, where it does not do its work.
  std::optional<process::Ending> tasks_ending;
  bool runs_unlisted = false;

  /// Runs everything that is not mise.
  process::Runner* other = nullptr;

  /// Every call of mise, such as "app: run check".
  std::string calls;
  std::vector<process::Command> commands;

 private:
  [[nodiscard]] process::Result list(const std::string& directory) const;
  [[nodiscard]] bool would_run(const std::string& task) const;
};

}  // namespace reconcile::testing
