#include <algorithm>
#include <cstddef>
#include <variant>
#include <vector>

#include "mise/mise.h"
#include "text/quote.h"

namespace mise {
namespace {

/// More than any real list of tasks: what prints more is not mise.
constexpr std::size_t longest_answer = std::size_t{4} * 1024 * 1024;

constexpr std::size_t shown_of_nonsense = 80;

/// What mise sets in each task that it runs, about that task. Only a fluke that such a task calls
/// inherits them, and they say nothing about the tasks that fluke runs. Variables with which a user
/// steers mise (MISE_ENV, MISE_DATA_DIR …) are not among them. __MISE_DIFF stays too: by it mise
/// knows what an outer mise, or an activated shell, added for its own directory, and takes it back.
constexpr const char* variables_about_the_outer_task[] = {
    "MISE_TASK_NAME",   "MISE_TASK_FILE",    "MISE_TASK_DIR",
    "MISE_TASK_COLOR",  "MISE_TASK_TIMINGS", "MISE_TASK_PGID_MANAGED",
    "MISE_CONFIG_ROOT", "MISE_PROJECT_ROOT", "MISE_ORIGINAL_CWD"};

process::Environment without_outer_task(process::Environment environment) {
  if (environment.get("MISE_TASK_NAME")) {
    for (const char* name : variables_about_the_outer_task) {
      environment.unset(name);
    }
  }
  return environment;
}

/// Adds to the places whose configuration mise trusts, for this one command.
void trust(process::Environment& environment, std::string_view path) {
  const std::string trusted(environment.get("MISE_TRUSTED_CONFIG_PATHS").value_or(""));
  environment.set("MISE_TRUSTED_CONFIG_PATHS",
                  trusted.empty() ? std::string(path) : trusted + ":" + std::string(path));
}

/// The environment for a mise that works in `directory`, which is trusted: whoever wrote the
/// manifest named it.
process::Environment environment_in(const process::Environment& inherited,
                                    const std::filesystem::path& directory) {
  process::Environment environment = inherited;
  trust(environment, directory.native());
  environment.set("PWD", directory.native());
  return environment;
}

/// The same for a question about the tasks in `directory`. `mise run` trusts the configuration of
/// the directories above by itself, while `mise tasks` refuses it and hides syntax errors behind
/// the refusal. What the one runs the other has to list, except for those who asked for more care.
process::Environment environment_of_question(const process::Environment& inherited,
                                             const std::filesystem::path& directory) {
  process::Environment environment = environment_in(inherited, directory);
  if (!environment.get("MISE_PARANOID")) {
    trust(environment, "/");
  }
  return environment;
}

/// "mise tasks ls --json": the command as a person would type it.
std::string spelled(const process::Command& command) {
  std::string line = command.program.filename();
  for (const std::string& argument : command.arguments) {
    line += " " + argument;
  }
  return text::quoted(line);
}

Error failure(const process::Command& command, const process::Result& result) {
  const std::string ended = process::describe(result.ending);
  if (const auto* not_started = std::get_if<process::NotStarted>(&result.ending)) {
    // A directory that cannot be entered is no fault of mise's.
    const bool is_directory = not_started->operation == "chdir";
    return {.cause = is_directory ? Cause::bad_config : Cause::not_started,
            .message = "mise " + ended};
  }
  const std::string subject =
      spelled(command) + " in " + text::quoted(command.working_dir.native());
  if (std::holds_alternative<process::TimedOut>(result.ending)) {
    return {Cause::timed_out, subject + " " + ended, result.error_output};
  }
  if (std::holds_alternative<process::Cancelled>(result.ending)) {
    return {Cause::cancelled, subject + " " + ended, result.error_output};
  }
  if (std::holds_alternative<process::Signalled>(result.ending)) {
    return {Cause::bad_config, subject + " " + ended, result.error_output};
  }
  return {Cause::bad_config, "mise cannot read the configuration here: " + subject + " " + ended,
          result.error_output};
}

}  // namespace

Client::Client(process::Runner& runner, std::filesystem::path program,
               const process::Environment& environment)
    : runner_(runner),
      program_(std::move(program)),
      environment_(without_outer_task(environment)) {}

tl::expected<TaskList, Error> Client::tasks(
    const std::filesystem::path& directory,
    std::optional<std::chrono::milliseconds> deadline) const {
  const process::Command command =
      question(directory, {"tasks", "ls", "--json", "--hidden"}, deadline);
  const process::Result result = runner_.run(command, {});
  if (!process::succeeded(result.ending)) {
    return tl::unexpected(failure(command, result));
  }
  std::optional<TaskList> tasks =
      result.output_truncated ? std::nullopt : parse_task_list(result.output);
  if (!tasks) {
    return tl::unexpected(unexpected_answer(command, result));
  }
  return std::move(*tasks);
}

tl::expected<std::optional<Task>, Error> Client::look_up(
    const std::filesystem::path& directory, std::string_view name,
    std::optional<std::chrono::milliseconds> deadline) const {
  const process::Command command =
      question(directory, {"tasks", "info", "--json", std::string(name)}, deadline);
  const process::Result result = runner_.run(command, {});
  if (std::holds_alternative<process::Exited>(result.ending) &&
      !process::succeeded(result.ending)) {
    return std::nullopt;
  }
  if (!process::succeeded(result.ending)) {
    return tl::unexpected(failure(command, result));
  }
  std::optional<Task> task = parse_task(result.output);
  if (!task) {
    return tl::unexpected(unexpected_answer(command, result));
  }
  return task;
}

process::Result Client::run(const std::filesystem::path& directory, std::string_view task,
                            std::span<const std::pair<std::string, std::string>> variables,
                            std::optional<std::chrono::milliseconds> deadline,
                            const process::LineSink& on_line) const {
  process::Environment environment = environment_in(environment_, directory);
  for (const auto& [name, value] : variables) {
    // A value that an outer mise has set as well would be taken back with the rest of what that
    // one added.
    if (environment.get(name) == value) {
      environment.unset("__MISE_DIFF");
    }
    environment.set(name, value);
  }
  return runner_.run({.program = program_,
                      .arguments = {"run", std::string(task)},
                      .environment = environment.entries(),
                      .working_dir = directory,
                      .deadline = deadline},
                     on_line);
}

process::Command Client::question(const std::filesystem::path& directory,
                                  std::vector<std::string> arguments,
                                  std::optional<std::chrono::milliseconds> deadline) const {
  return {.program = program_,
          .arguments = std::move(arguments),
          .environment = environment_of_question(environment_, directory).entries(),
          .working_dir = directory,
          .streams = process::Streams::separate,
          .deadline = deadline,
          .keep_bytes = longest_answer};
}

Error Client::unexpected_answer(const process::Command& command,
                                const process::Result& result) const {
  const std::string_view printed = result.output;
  std::string shown = "nothing";
  if (result.output_truncated) {
    shown = "more than 4 MiB";
  } else if (!printed.empty()) {
    shown = text::quoted(printed.substr(0, shown_of_nonsense));
    shown += printed.size() > shown_of_nonsense ? "…" : "";
  }
  return {.cause = Cause::bad_config,
          .message = text::quoted(program_.native()) +
                     " does not answer as mise does: " + spelled(command) + " printed " + shown,
          .output = result.error_output};
}

}  // namespace mise
