#include "reconcile/mise_executor.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "reconcile/missing_task.h"

namespace reconcile {
namespace {

Cause cause_of(mise::Cause cause) {
  switch (cause) {
    case mise::Cause::bad_config:
      return Cause::misconfigured;
    case mise::Cause::not_started:
      return Cause::program_missing;
    case mise::Cause::timed_out:
      return Cause::failed;
    case mise::Cause::cancelled:
      return Cause::interrupted;
  }
  return Cause::failed;
}

}  // namespace

Failure failure_of(const mise::Error& error) {
  return {.cause = cause_of(error.cause), .reason = error.message, .output = error.output};
}

tl::expected<const mise::TaskList*, mise::Error> TaskLists::of(
    const std::filesystem::path& directory, std::optional<std::chrono::milliseconds> deadline) {
  auto known = lists_.find(directory);
  if (known == lists_.end()) {
    tl::expected<mise::TaskList, mise::Error> tasks = client_.tasks(directory, deadline);
    if (!tasks) {
      return tl::unexpected(std::move(tasks.error()));
    }
    known = lists_.emplace(directory, std::move(*tasks)).first;
  }
  return &known->second;
}

/// What the list does not show, mise may know all the same.
tl::expected<std::optional<std::string>, Failure> TaskLists::find_source(
    const std::filesystem::path& directory, const std::string& name,
    std::optional<std::chrono::milliseconds> deadline) {
  const auto tasks = of(directory, deadline);
  if (!tasks) {
    return tl::unexpected(failure_of(tasks.error()));
  }
  if (const mise::Task* task = (*tasks)->find(name)) {
    return task->source;
  }
  const std::vector<mise::Task>& all = (*tasks)->tasks();
  if (std::ranges::find(all, name, &mise::Task::name) != all.end()) {
    return tl::unexpected(Failure{.cause = Cause::misconfigured,
                                  .reason = describe_ambiguous(name, directory, **tasks)});
  }
  return client_.look_up(directory, name, deadline)
      .map([](const std::optional<mise::Task>& task) {
        return task ? std::optional(task->source) : std::nullopt;
      })
      .map_error(failure_of);
}

tl::expected<void, Failure> MiseExecutor::prepare() {
  const std::filesystem::path& directory = resource_.working_dir;
  std::vector<std::string> missing;
  for (const auto& [name, source] : {std::pair(&resource_.check_task, &check_source_),
                                     std::pair(&resource_.apply_task, &apply_source_)}) {
    tl::expected<std::optional<std::string>, Failure> found =
        lists_.find_source(directory, *name, deadline_);
    if (!found) {
      return tl::unexpected(std::move(found.error()));
    }
    if (*found) {
      *source = std::move(**found);
    } else if (missing.empty() || missing.front() != *name) {
      missing.push_back(*name);
    }
  }
  if (missing.empty()) {
    return {};
  }
  const auto tasks = lists_.of(directory, deadline_);
  return tl::unexpected(tasks ? Failure{.cause = Cause::misconfigured,
                                        .reason = describe_missing(missing, directory, **tasks)}
                              : failure_of(tasks.error()));
}

Executor::Ran MiseExecutor::check(const process::LineSink& on_line) {
  return run(resource_.check_task, check_source_, on_line);
}

Executor::Ran MiseExecutor::apply(const process::LineSink& on_line) {
  lists_.forget();
  return run(resource_.apply_task, apply_source_, on_line);
}

Executor::Ran MiseExecutor::run(const std::string& task, const std::string& source,
                                const process::LineSink& on_line) const {
  process::Result result =
      lists_.client().run(resource_.working_dir, task, resource_.env, deadline_, on_line);
  return {.record = {.task = task,
                     .source = source,
                     .ending = std::move(result.ending),
                     .duration = result.duration,
                     .output = std::move(result.output)},
          .is_cut = result.output_truncated};
}

}  // namespace reconcile
