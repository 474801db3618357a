// Finds mise, lists a directory's tasks and runs one of them, the same in whatever it asks as in
// what it runs.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "executor/mise/task_list.h"
#include "process/environment.h"
#include "process/runner.h"
#include "reconcile/task_variables.h"

namespace mise {

enum class Cause {
  /// mise cannot read the directory's configuration or run the task.
  bad_config,
  /// It does not answer as mise does.
  unexpected_answer,
  /// Others can change the configuration: mise was not asked.
  not_vouched_for,
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
/// for cron's PATH is short. With `passed_over`, root takes only what nobody else can change.
[[nodiscard]] std::optional<std::filesystem::path> find_mise(
    const process::Environment& environment, process::PassedOver* passed_over = nullptr);

/// Says where find_mise() looked in vain, and what to do: what stands behind "mise was".
[[nodiscard]] std::string describe_not_found(const process::Environment& environment);

/// Where mise works, and what it is told there.
struct Place {
  std::filesystem::path directory;
  /// Added to the environment; they outlive the place.
  std::span<const std::pair<std::string, std::string>> variables = {};
  /// Whose configuration mise trusts there, besides what the user trusts.
  std::vector<std::filesystem::path> trusted = {};
  /// Whoever wrote the manifest answers for what others can change there.
  bool is_vouched_for = false;
  /// What tasks are told about what they are for, added before `variables`.
  reconcile::TaskVariables about = {};
};

class Client {
 public:
  /// `environment` is the one that tasks inherit; what a mise task that runs fluke says of itself
  /// is left out of it. `runner` outlives the client.
  Client(process::Runner& runner, std::filesystem::path program,
         const process::Environment& environment);

  /// The environment in which mise is asked at `place`, and in which it runs tasks there.
  [[nodiscard]] process::Environment environment_at(const Place& place) const;

  /// What a variable is in it; empty where it is not set.
  [[nodiscard]] std::string_view variable_at(const Place& place, std::string_view name) const;

  /// Makes sure that root and the effective user vouch for all configuration that mise would read
  /// at `place`, before it is trusted there.
  [[nodiscard]] tl::expected<void, Error> vouch(const Place& place) const;

  /// Asks mise for the tasks visible at `place`.
  [[nodiscard]] tl::expected<TaskList, Error> tasks(
      const Place& place, std::optional<std::chrono::milliseconds> deadline) const;

  /// Whether `mise run task` would run something at `place`: mise goes all the way there, short of
  /// running it. Knows names that the list does not show, such as paths, and what mise refuses
  /// though the list shows it.
  [[nodiscard]] tl::expected<void, Error> would_run(
      const Place& place, std::string_view task,
      std::optional<std::chrono::milliseconds> deadline) const;

  /// `mise run task` at `place`.
  [[nodiscard]] process::Result run(const Place& place, std::string_view task,
                                    std::optional<std::chrono::milliseconds> deadline,
                                    const process::LineSink& on_line) const;

 private:
  [[nodiscard]] process::Command question(const Place& place, std::vector<std::string> arguments,
                                          std::optional<std::chrono::milliseconds> deadline) const;
  [[nodiscard]] Error unexpected_answer(const process::Command& command,
                                        const process::Result& result) const;

  process::Runner& runner_;
  std::filesystem::path program_;
  process::Environment environment_;
};

/// Whether `output` of a `mise run` says that mise could not start the task for lack of
/// descriptors, processes or memory.
[[nodiscard]] bool lacked_resources(std::string_view output);

}  // namespace mise
