#include "executor/mise/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <variant>
#include <vector>

#include "executor/mise/vouching.h"
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

/// "mise tasks ls --json": the command as a person would type it.
std::string spelled(const process::Command& command) {
  std::string line = command.program.filename();
  for (const std::string& argument : command.arguments) {
    line += " " + argument;
  }
  return text::quoted(line);
}

/// What mise needs at most to tell what it would run, if it has no tools to install.
constexpr std::chrono::milliseconds usual_time = std::chrono::seconds(5);

bool ran_too_long(const process::Result& result) {
  return std::holds_alternative<process::TimedOut>(result.ending);
}

/// Whether mise has named the first of the tasks: by then it has refused none.
bool has_begun(const process::Result& result) {
  constexpr std::string_view announcement = "] $ ";
  return result.output.find(announcement) != std::string::npos ||
         result.error_output.find(announcement) != std::string::npos;
}

/// `meaning` says what it means that mise exited with another status than 0.
Error failure(const process::Command& command, const process::Result& result,
              std::string_view meaning) {
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
  return {Cause::bad_config, fmt::format("{}: {} {}", meaning, subject, ended),
          result.error_output};
}

}  // namespace

Client::Client(process::Runner& runner, std::filesystem::path program,
               const process::Environment& environment)
    : runner_(runner),
      program_(std::move(program)),
      environment_(without_outer_task(environment)) {}

process::Environment Client::environment_at(const Place& place) const {
  process::Environment environment = environment_;
  environment.set("PWD", place.directory.native());
  for (const std::span<const std::pair<std::string, std::string>> some :
       {std::span(place.about), place.variables}) {
    for (const auto& [name, value] : some) {
      // A value that an outer mise has set as well would be taken back with the rest of what that
      // one added.
      if (environment.get(name) == value) {
        environment.unset("__MISE_DIFF");
      }
      environment.set(name, value);
    }
  }
  std::string trusted(environment.get("MISE_TRUSTED_CONFIG_PATHS").value_or(""));
  for (const std::filesystem::path& path : place.trusted) {
    trusted += (trusted.empty() ? "" : ":") + path.native();
  }
  if (!trusted.empty()) {
    environment.set("MISE_TRUSTED_CONFIG_PATHS", trusted);
  }
  return environment;
}

std::string_view Client::variable_at(const Place& place, std::string_view name) const {
  const auto own =
      std::ranges::find(place.variables, name, &std::pair<std::string, std::string>::first);
  return own == place.variables.end() ? environment_.get(name).value_or("")
                                      : std::string_view(own->second);
}

tl::expected<void, Error> Client::vouch(const Place& place) const {
  const process::Environment environment = environment_at(
      {.directory = place.directory, .variables = place.variables, .about = place.about});
  if (const auto found = find_unvouched(environment, place.directory)) {
    return tl::unexpected(
        Error{.cause = Cause::not_vouched_for,
              .message = fmt::format("mise reads configuration in {} that others can change: {}; "
                                     "run fluke as its owner, or write trust_config = true in the "
                                     "manifest",
                                     text::quoted(place.directory.native()), *found)});
  }
  return {};
}

tl::expected<TaskList, Error> Client::tasks(
    const Place& place, std::optional<std::chrono::milliseconds> deadline) const {
  const process::Command command = question(place, {"tasks", "ls", "--json", "--hidden"}, deadline);
  const process::Result result = runner_.run(command, {});
  if (!process::succeeded(result.ending)) {
    return tl::unexpected(failure(command, result, "mise cannot read the configuration here"));
  }
  std::optional<TaskList> tasks =
      result.output_truncated ? std::nullopt : parse_task_list(result.output);
  if (!tasks) {
    return tl::unexpected(unexpected_answer(command, result));
  }
  return std::move(*tasks);
}

tl::expected<void, Error> Client::would_run(
    const Place& place, std::string_view task,
    std::optional<std::chrono::milliseconds> deadline) const {
  process::Command command = question(place, {"run", "--dry-run", std::string(task)}, deadline);
  command.deadline = std::min(deadline.value_or(usual_time), usual_time);
  process::Result result = runner_.run(command, {});
  if (ran_too_long(result) && !has_begun(result) && command.deadline != deadline) {
    // It may be installing tools.
    command.deadline = deadline;
    result = runner_.run(command, {});
  }
  // From 2025.10 to 2026.3, mise may wait for ever between two tasks that it only pretends to run.
  if (process::succeeded(result.ending) || (ran_too_long(result) && has_begun(result))) {
    return {};
  }
  return tl::unexpected(failure(command, result, "mise refuses to run the task"));
}

process::Result Client::run(const Place& place, std::string_view task,
                            std::optional<std::chrono::milliseconds> deadline,
                            const process::LineSink& on_line) const {
  return runner_.run({.program = program_,
                      .arguments = {"run", std::string(task)},
                      .environment = environment_at(place).entries(),
                      .working_dir = place.directory,
                      .deadline = deadline},
                     on_line);
}

process::Command Client::question(const Place& place, std::vector<std::string> arguments,
                                  std::optional<std::chrono::milliseconds> deadline) const {
  return {.program = program_,
          .arguments = std::move(arguments),
          .environment = environment_at(place).entries(),
          .working_dir = place.directory,
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
  return {.cause = Cause::unexpected_answer,
          .message = text::quoted(program_.native()) +
                     " does not answer as mise does: " + spelled(command) + " printed " + shown,
          .output = result.error_output};
}

bool lacked_resources(std::string_view output) {
  return std::ranges::any_of(std::array{EMFILE, ENFILE, EAGAIN, ENOMEM}, [output](int error) {
    const std::string said = fmt::format("ERROR {} (os error {})", std::strerror(error), error);
    return output.find(said) != std::string_view::npos;
  });
}

}  // namespace mise
