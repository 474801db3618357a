#include "reconcile/mise_executor.h"

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

tl::expected<void, Failure> MiseExecutor::prepare() {
  tl::expected<const mise::TaskList*, mise::Error> tasks =
      lists_.of(resource_.working_dir, deadline_);
  if (!tasks) {
    mise::Error& error = tasks.error();
    return tl::unexpected(Failure{.cause = cause_of(error.cause),
                                  .reason = std::move(error.message),
                                  .output = std::move(error.output)});
  }
  const mise::TaskList& list = **tasks;
  const mise::Task* check_task = list.find(resource_.check_task);
  const mise::Task* apply_task = list.find(resource_.apply_task);
  std::vector<std::string> missing;
  if (check_task == nullptr) {
    missing.push_back(resource_.check_task);
  }
  if (apply_task == nullptr && resource_.apply_task != resource_.check_task) {
    missing.push_back(resource_.apply_task);
  }
  if (!missing.empty()) {
    return tl::unexpected(
        Failure{.cause = Cause::misconfigured,
                .reason = describe_missing(missing, resource_.working_dir, list)});
  }
  check_source_ = check_task->source;
  apply_source_ = apply_task->source;
  return {};
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
                     .duration = result.duration},
          .output = std::move(result.output)};
}

}  // namespace reconcile
