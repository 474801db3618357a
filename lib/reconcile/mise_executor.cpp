#include "reconcile/mise_executor.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "git/checkout.h"
#include "reconcile/missing_task.h"
#include "text/fields.h"
#include "text/quote.h"

namespace reconcile {
namespace {

Cause cause_of(mise::Cause cause) {
  switch (cause) {
    case mise::Cause::bad_config:
    case mise::Cause::unexpected_answer:
    case mise::Cause::not_vouched_for:
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

/// What tasks inherit.
process::Environment environment_for(const World& world, Purpose purpose) {
  process::Environment environment = git::clean_environment(world.environment);
  if (purpose == Purpose::advice) {
    environment.set("MISE_TASK_RUN_AUTO_INSTALL", "0");
  }
  return environment;
}

/// Whether mise is told to let `task` succeed without running it.
bool skips(const process::Environment& environment, std::string_view task) {
  std::string_view rest = environment.get("MISE_TASK_SKIP").value_or("");
  while (!rest.empty()) {
    if (text::take(rest, ',') == task) {
      return true;
    }
  }
  return false;
}

}  // namespace

Failure failure_of(const mise::Error& error) {
  return {.cause = cause_of(error.cause), .reason = error.message, .output = error.output};
}

mise::Place place_of(const manifest::Resource& resource) {
  mise::Place place{.directory = resource.working_dir, .variables = resource.env};
  if (resource.trust_config) {
    place.trusted = {"/"};
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

TaskLists::TaskLists(World& world, Purpose purpose)
    : client_(world.runner, world.mise.value(), environment_for(world, purpose)),
      purpose_(purpose) {}

tl::expected<const mise::TaskList*, mise::Error> TaskLists::of(
    const manifest::Resource& resource, std::optional<std::chrono::milliseconds> deadline) {
  mise::Place place = place_of(resource);
  Key key(place.directory, resource.env, place.trusted);
  auto known = lists_.find(key);
  if (known == lists_.end()) {
    const bool must_be_vouched_for = purpose_ == Purpose::advice || ::geteuid() == 0;
    if (must_be_vouched_for && !resource.trust_config) {
      if (auto vouched = client_.vouch(place); !vouched) {
        return tl::unexpected(std::move(vouched.error()));
      }
    }
    tl::expected<mise::TaskList, mise::Error> tasks = client_.tasks(place, deadline);
    if (!tasks && tasks.error().cause != mise::Cause::bad_config) {
      return tl::unexpected(std::move(tasks.error()));
    }
    known = lists_.emplace(std::move(key), std::move(tasks)).first;
  }
  return known->second.map([](const mise::TaskList& tasks) { return &tasks; });
}

/// What the list does not show, or where there is no list to be had, mise may run all the same; and
/// what the list shows it may refuse.
tl::expected<std::optional<std::string>, Failure> TaskLists::find_source(
    const manifest::Resource& resource, const std::string& name,
    std::optional<std::chrono::milliseconds> deadline) {
  const auto tasks = of(resource, deadline);
  if (!tasks && tasks.error().cause != mise::Cause::bad_config) {
    return tl::unexpected(failure_of(tasks.error()));
  }
  const mise::Task* task = tasks ? (*tasks)->find(name) : nullptr;
  if (task != nullptr && purpose_ == Purpose::run) {
    return task->source;
  }
  const auto would_run = client_.would_run(place_of(resource), name, deadline);
  if (would_run) {
    return task == nullptr ? "" : task->source;
  }
  const bool is_missing =
      tasks && task == nullptr && would_run.error().cause == mise::Cause::bad_config;
  if (is_missing) {
    return std::nullopt;
  }
  return tl::unexpected(failure_of(tasks ? would_run.error() : tasks.error()));
}

tl::expected<void, Failure> MiseExecutor::prepare() {
  std::vector<std::string> missing;
  for (const auto& [name, source] : {std::pair(&resource_.check_task, &check_source_),
                                     std::pair(&resource_.apply_task, &apply_source_)}) {
    tl::expected<std::optional<std::string>, Failure> found =
        lists_.find_source(resource_, *name, deadline_);
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
  const auto tasks = lists_.of(resource_, deadline_);
  return tl::unexpected(
      tasks ? Failure{.cause = Cause::misconfigured,
                      .reason = describe_missing(missing, resource_.working_dir, **tasks)}
            : failure_of(tasks.error()));
}

Executor::Ran MiseExecutor::check(const process::LineSink& on_line) {
  Ran ran = run(resource_.check_task, check_source_, on_line);
  if (skips(lists_.client().environment_at(place_of(resource_)), resource_.check_task)) {
    ran.note =
        fmt::format("MISE_TASK_SKIP names {}: mise skipped it", text::quoted(resource_.check_task));
  }
  return ran;
}

/// `mise run` exits with status 1 where it refuses to run a task, as a check does that says no.
tl::expected<void, Failure> MiseExecutor::confirm(const TaskRecord& check) {
  const std::string task = text::quoted(check.task);
  if (mise::lacked_resources(check.output)) {
    return tl::unexpected(
        Failure{.cause = Cause::misconfigured,
                .reason = fmt::format("mise could not start the task {}; raise the limits of fluke "
                                      "(ulimit -a)",
                                      task),
                .output = check.output});
  }
  return lists_.client()
      .would_run(place_of(resource_), check.task, deadline_)
      .map_error([&](const mise::Error& error) {
        Failure failure = failure_of(error);
        failure.output = check.output;
        return failure;
      });
}

Executor::Ran MiseExecutor::apply(const process::LineSink& on_line) {
  lists_.forget();
  return run(resource_.apply_task, apply_source_, on_line);
}

Executor::Ran MiseExecutor::run(const std::string& task, const std::string& source,
                                const process::LineSink& on_line) const {
  process::Result result = lists_.client().run(place_of(resource_), task, deadline_, on_line);
  return {.record = {.task = task,
                     .source = source,
                     .ending = std::move(result.ending),
                     .duration = result.duration,
                     .output = std::move(result.output)},
          .is_cut = result.output_truncated};
}

}  // namespace reconcile
