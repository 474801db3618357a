#include "executor/mise/preflight.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "executor/mise/missing_task.h"
#include "executor/mise/settings.h"
#include "text/quote.h"

namespace mise {
namespace {

/// Where a task comes from, if that is not the directory itself; empty if it is.
std::string origin_of(const TaskList& tasks, const std::string& name,
                      const std::filesystem::path& directory) {
  const Task* task = tasks.find(name);
  std::error_code ignored;
  const std::filesystem::path resolved = std::filesystem::weakly_canonical(directory, ignored);
  if (task == nullptr || task->source.starts_with(directory.native() + "/") ||
      task->source.starts_with(resolved.native() + "/")) {
    return "";
  }
  return fmt::format("; {} comes from {}", text::quoted(name), text::quoted(task->source));
}

}  // namespace

tl::expected<std::string, reconcile::Failure> Preflight::examine(
    const manifest::Resource& resource, std::optional<std::chrono::milliseconds> deadline) {
  Executor executor(lists_, resource, deadline);
  executor.set_task_variables(reconcile::task_variables(resource, "check"));
  if (auto ready = executor.prepare(); !ready) {
    return tl::unexpected(std::move(ready.error()));
  }
  const Settings& settings = settings_of(resource);
  const bool is_one = settings.check_task == settings.apply_task;
  std::string message = is_one
                            ? fmt::format("{} is there", text::quoted(settings.check_task))
                            : fmt::format("{} and {} are there", text::quoted(settings.check_task),
                                          text::quoted(settings.apply_task));
  if (const auto tasks = lists_.of(executor.place(), deadline)) {
    message += origin_of(**tasks, settings.check_task, resource.working_dir);
    message += is_one ? "" : origin_of(**tasks, settings.apply_task, resource.working_dir);
  }
  return message;
}

std::vector<reconcile::Preflight::Problem> Preflight::find_problems(
    const manifest::Resource& resource, std::optional<std::chrono::milliseconds> deadline) {
  const Settings& settings = settings_of(resource);
  const Place place = place_of(resource, reconcile::task_variables(resource, "check"));
  std::vector<Problem> problems;
  const auto look_for = [&](const std::string& name, diagnostic::Range range) {
    const auto found = lists_.find_source(place, name, deadline);
    const auto there = lists_.of(place, deadline);
    if (!found) {
      const reconcile::Failure& failure = found.error();
      problems.push_back({.cause = failure.cause,
                          .kind = "unknown-tasks",
                          .range = there ? range : resource.working_dir_range,
                          .summary = failure.reason,
                          .detail = failure.output.substr(0, failure.output.find('\n'))});
    } else if (!*found) {
      problems.push_back({.kind = "missing-task",
                          .range = range,
                          .summary = say_missing({&name, 1}, resource.working_dir),
                          .detail = there ? say_instead({&name, 1}, **there) : ""});
    }
  };
  look_for(settings.check_task, settings.check_task_range);
  if (settings.apply_task != settings.check_task) {
    look_for(settings.apply_task, settings.apply_task_range);
  }
  return problems;
}

}  // namespace mise
