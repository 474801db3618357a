#include "reconcile/mise_runner.h"

#include <fmt/format.h>

#include <algorithm>

namespace reconcile::testing {
namespace {

std::string task_object(const std::string& directory, const std::string& task) {
  return fmt::format(R"({{"name":"{}","aliases":[],"source":"{}/mise.toml"}})", task, directory);
}

}  // namespace

process::Result MiseRunner::run(const process::Command& command, const process::LineSink& on_line) {
  if (command.program.filename() != "mise") {
    return other->run(command, on_line);
  }
  calls += fmt::format("{}: {}\n", command.working_dir.filename().string(),
                       fmt::join(command.arguments, " "));
  commands.push_back(command);
  const std::string directory = command.working_dir.filename();
  const std::string& task = command.arguments.back();
  if (command.arguments.front() == "tasks") {
    if (tasks_ending) {
      return {.ending = *tasks_ending, .error_output = "what mise printed"};
    }
    return list(command.working_dir);
  }
  if (command.arguments.at(1) == "--dry-run") {
    return {.ending = process::Exited{.code = would_run(task) ? 0 : 1}};
  }
  on_line("output of " + task + "\n");
  return {.ending = on_run ? on_run(directory, task) : process::Exited{.code = 0},
          .output = "output of " + task + "\n"};
}

process::Result MiseRunner::list(const std::string& directory) const {
  std::vector<std::string> objects;
  for (const std::string& task : tasks) {
    objects.push_back(task_object(directory, task));
  }
  return {.ending = process::Exited{.code = 0},
          .output = fmt::format("[{}]", fmt::join(objects, ","))};
}

bool MiseRunner::would_run(const std::string& task) const {
  const auto is_in = [&](const std::vector<std::string>& names) {
    return std::ranges::find(names, task) != names.end();
  };
  return (is_in(tasks) || is_in(unlisted)) && !is_in(refused) && (!tasks_ending || runs_unlisted);
}

}  // namespace reconcile::testing
