// Finds mise, lists a directory's tasks and runs one of them.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "mise/task_list.h"
#include "process/environment.h"
#include "process/runner.h"

namespace mise {

enum class Cause {
  /// mise cannot read the directory's configuration, or does not answer as expected.
  bad_config,
  not_started,
  timed_out,
  cancelled,
};

struct Error {
  Cause cause = Cause::bad_config;
  /// What happened and what to do next, without a final full stop.
  std::string message;
  /// The end of mise's own output; may be empty.
  std::string output = {};
};

/// mise's absolute path: the executable on PATH, else where its installers put it (below HOME:
/// .local/bin, .local/share/mise/bin, .cargo/bin; /usr/local/bin, /usr/bin, /opt/homebrew/bin …),
/// for cron's PATH is short.
[[nodiscard]] std::optional<std::filesystem::path> find_mise(
    const process::Environment& environment);

/// Says where find_mise() looked in vain, and what to do: what stands behind "mise was".
[[nodiscard]] std::string describe_not_found(const process::Environment& environment);

class Client {
 public:
  /// `environment` is the one that tasks inherit; what a mise task that runs fluke says of itself
  /// is left out of it. `runner` outlives the client.
  Client(process::Runner& runner, std::filesystem::path program,
         const process::Environment& environment);

  /// Asks mise for the tasks visible in `directory`.
  [[nodiscard]] tl::expected<TaskList, Error> tasks(
      const std::filesystem::path& directory,
      std::optional<std::chrono::milliseconds> deadline) const;

  /// Asks mise for the task that `name` stands for in `directory`, in case the list does not show
  /// it; nothing if there is none.
  [[nodiscard]] tl::expected<std::optional<Task>, Error> look_up(
      const std::filesystem::path& directory, std::string_view name,
      std::optional<std::chrono::milliseconds> deadline) const;

  /// `mise run task` in `directory`, with `variables` added to the environment.
  [[nodiscard]] process::Result run(const std::filesystem::path& directory, std::string_view task,
                                    std::span<const std::pair<std::string, std::string>> variables,
                                    std::optional<std::chrono::milliseconds> deadline,
                                    const process::LineSink& on_line) const;

 private:
  [[nodiscard]] process::Command question(const std::filesystem::path& directory,
                                          std::vector<std::string> arguments,
                                          std::optional<std::chrono::milliseconds> deadline) const;
  [[nodiscard]] Error unexpected_answer(const process::Command& command,
                                        const process::Result& result) const;

  process::Runner& runner_;
  std::filesystem::path program_;
  process::Environment environment_;
};

}  // namespace mise
