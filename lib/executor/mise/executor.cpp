#include "executor/mise/executor.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "executor/mise/missing_task.h"
#include "text/fields.h"
#include "text/quote.h"

namespace mise {
namespace {

using reconcile::Failure;

reconcile::Cause cause_of(Cause cause) {
  switch (cause) {
    case Cause::bad_config:
    case Cause::unexpected_answer:
    case Cause::not_vouched_for:
      return reconcile::Cause::misconfigured;
    case Cause::not_started:
      return reconcile::Cause::program_missing;
    case Cause::timed_out:
      return reconcile::Cause::failed;
    case Cause::cancelled:
      return reconcile::Cause::interrupted;
  }
  return reconcile::Cause::failed;
}

/// What the failure of a question to mise means for a resource.
Failure failure_of(const Error& error) {
  return {.cause = cause_of(error.cause), .reason = error.message, .output = error.output};
}

/// What tasks inherit.
process::Environment environment_for(const reconcile::World& world, Purpose purpose) {
  process::Environment environment = reconcile::inherited_by_commands(world);
  if (purpose == Purpose::advice) {
    environment.set("MISE_TASK_RUN_AUTO_INSTALL", "0");
  }
  return environment;
}

/// Whether `skipped`, what MISE_TASK_SKIP says, names `task`: mise lets it succeed and does not run
/// it.
bool names(std::string_view skipped, std::string_view task) {
  while (!skipped.empty()) {
    if (text::take(skipped, ',') == task) {
      return true;
    }
  }
  return false;
}

}  // namespace

Place place_of(const manifest::Resource& resource, reconcile::TaskVariables about) {
  Place place{
      .directory = resource.working_dir, .variables = resource.env, .about = std::move(about)};
  if (settings_of(resource).trust_config) {
    place.trusted = {"/"};
    place.is_vouched_for = true;
    return place;
  }
  // Whoever wrote the manifest named the directory. Some versions of mise want the path that links
  // lead to.
  place.trusted = {resource.working_dir};
  std::error_code error;
  std::filesystem::path real = std::filesystem::canonical(resource.working_dir, error);
  if (!error && real != resource.working_dir) {
    place.trusted.push_back(std::move(real));
  }
  return place;
}

TaskLists::TaskLists(const reconcile::World& world, Purpose purpose)
    : client_(world.runner, world.programs.at("mise"), environment_for(world, purpose)),
      purpose_(purpose) {}

/// With the names of what tasks are told, for a configuration may fail where one is not set.
TaskLists::Key TaskLists::key_of(const Place& place) {
  std::vector<std::string> told;
  for (const auto& [name, value] : place.about) {
    told.push_back(name);
  }
  return {place.directory, std::vector(place.variables.begin(), place.variables.end()),
          place.trusted, std::move(told)};
}

tl::expected<const TaskList*, Error> TaskLists::of(
    const Place& place, std::optional<std::chrono::milliseconds> deadline) {
  Key key = key_of(place);
  auto known = lists_.find(key);
  if (known == lists_.end()) {
    const bool must_be_vouched_for = purpose_ == Purpose::advice || ::geteuid() == 0;
    if (must_be_vouched_for && !place.is_vouched_for) {
      if (auto vouched = client_.vouch(place); !vouched) {
        return tl::unexpected(std::move(vouched.error()));
      }
    }
    tl::expected<TaskList, Error> tasks = client_.tasks(place, deadline);
    if (!tasks && tasks.error().cause != Cause::bad_config) {
      return tl::unexpected(std::move(tasks.error()));
    }
    known = lists_.emplace(std::move(key), std::move(tasks)).first;
  }
  return known->second.map([](const TaskList& tasks) { return &tasks; });
}

/// What the list does not show, or where there is no list to be had, mise may run all the same; and
/// what the list shows it may refuse.
tl::expected<std::optional<std::string>, Failure> TaskLists::find_source(
    const Place& place, const std::string& name,
    std::optional<std::chrono::milliseconds> deadline) {
  const auto tasks = of(place, deadline);
  if (!tasks && tasks.error().cause != Cause::bad_config) {
    return tl::unexpected(failure_of(tasks.error()));
  }
  const Task* task = tasks ? (*tasks)->find(name) : nullptr;
  if (task != nullptr && purpose_ == Purpose::run) {
    return task->source;
  }
  const auto would_run = client_.would_run(place, name, deadline);
  if (would_run) {
    return task == nullptr ? "" : task->source;
  }
  const bool is_missing = tasks && task == nullptr && would_run.error().cause == Cause::bad_config;
  if (is_missing) {
    return std::nullopt;
  }
  return tl::unexpected(failure_of(tasks ? would_run.error() : tasks.error()));
}

tl::expected<void, Failure> Executor::prepare() {
  place_ = place_of(resource_, task_variables());
  std::vector<std::string> missing;
  for (const auto& [name, source] : {std::pair(&settings_.check_task, &check_source_),
                                     std::pair(&settings_.apply_task, &apply_source_)}) {
    tl::expected<std::optional<std::string>, Failure> found =
        lists_.find_source(place_, *name, deadline_);
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
  const auto tasks = lists_.of(place_, deadline_);
  return tl::unexpected(
      tasks ? Failure{.cause = reconcile::Cause::misconfigured,
                      .reason = describe_missing(missing, resource_.working_dir, **tasks)}
            : failure_of(tasks.error()));
}

reconcile::Executor::Ran Executor::check(const process::LineSink& on_line) {
  Ran ran = run(settings_.check_task, check_source_, on_line);
  ran.result = reconcile::result_of(ran.record.ending, settings_.check_unknown);
  if (names(lists_.client().variable_at(place_, "MISE_TASK_SKIP"), settings_.check_task)) {
    ran.note =
        fmt::format("MISE_TASK_SKIP names {}: mise skipped it", text::quoted(settings_.check_task));
  }
  return ran;
}

/// `mise run` exits with status 1 where it refuses to run a task, as a check does that says no.
tl::expected<void, Failure> Executor::confirm(const reconcile::TaskRecord& check) {
  const std::string task = text::quoted(check.task);
  if (lacked_resources(check.output)) {
    return tl::unexpected(
        Failure{.cause = reconcile::Cause::misconfigured,
                .reason = fmt::format("mise could not start the task {}; raise the limits of fluke "
                                      "(ulimit -a)",
                                      task),
                .output = check.output});
  }
  return lists_.client()
      .would_run(place(), check.task, deadline_)
      .map_error([&](const Error& error) {
        Failure failure = failure_of(error);
        failure.output = check.output;
        return failure;
      });
}

reconcile::Executor::Ran Executor::apply(const process::LineSink& on_line) {
  lists_.forget();
  return run(settings_.apply_task, apply_source_, on_line);
}

Place Executor::place() const {
  Place place = place_;
  place.about = task_variables();
  return place;
}

reconcile::Executor::Ran Executor::run(const std::string& task, const std::string& source,
                                       const process::LineSink& on_line) const {
  process::Result result = lists_.client().run(place(), task, deadline_, on_line);
  return {.record = {.task = task,
                     .source = source,
                     .ending = std::move(result.ending),
                     .duration = result.duration,
                     .output = std::move(result.output)},
          .is_cut = result.output_truncated};
}

}  // namespace mise
