#include "reconcile/mise_runner.h"

#include <fmt/format.h>

#include <algorithm>

namespace reconcile::testing {

process::Result MiseRunner::run(const process::Command& command, const process::LineSink& on_line) {
  if (command.program.filename() != "mise") {
    return other->run(command, on_line);
  }
  const std::string directory = command.working_dir.filename();
  calls += fmt::format("{}: {}\n", directory, fmt::join(command.arguments, " "));
  commands.push_back(command);
  if (command.arguments.front() == "tasks") {
    return answer_for_tasks(command);
  }
  const std::string& task = command.arguments.back();
  on_line("output of " + task);
  return {.ending = on_run ? on_run(directory, task) : process::Exited{.code = 0},
          .output = "output of " + task + "\n"};
}

process::Result MiseRunner::answer_for_tasks(const process::Command& command) const {
  if (tasks_ending) {
    return {.ending = *tasks_ending, .error_output = "what mise printed"};
  }
  std::string objects;
  for (const std::string& task : tasks) {
    objects += fmt::format(R"({}{{"name":"{}","aliases":[],"source":"{}/mise.toml"}})",
                           objects.empty() ? "" : ",", task, command.working_dir.string());
  }
  if (command.arguments.at(1) == "ls") {
    return {.ending = process::Exited{.code = 0}, .output = "[" + objects + "]"};
  }
  const bool is_there = std::ranges::find(tasks, command.arguments.back()) != tasks.end();
  return {.ending = process::Exited{.code = is_there ? 0 : 1}};
}

}  // namespace reconcile::testing
