#include "reconcile/notify.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "process/result.h"
#include "reconcile/executor.h"

namespace reconcile {
namespace {

bool waits_for(const manifest::Notification& notification, std::string_view outcome) {
  return std::ranges::find(notification.on, outcome) != notification.on.end();
}

NotificationOutcome begun(const manifest::Resource& task) {
  NotificationOutcome outcome{.name = task.name, .working_dir = task.working_dir};
  if (task.file != nullptr) {
    outcome.manifest = task.file->name();
    outcome.line = task.file->position(task.range.begin).line;
  }
  return outcome;
}

void fail(NotificationOutcome& outcome, Failure failure, const text::Secrets& secrets) {
  outcome.cause = failure.cause;
  outcome.reason = secrets.mask(failure.reason);
  outcome.output = secrets.mask(failure.output);
}

/// Its task is begun only if it is there.
void run(const manifest::Notification& notification, const NotifyOptions& options, World& world,
         NotificationOutcome& outcome) {
  const manifest::Resource& task = notification.task;
  const std::chrono::milliseconds timeout = task.timeout.value_or(manifest::default_notify_timeout);
  const auto factory = type_of(task).open(world);
  const auto executor =
      factory->make(task, timeout.count() == 0 ? std::nullopt : std::optional(timeout));
  TaskVariables about = task_variables(task, "notify");
  about.insert(about.end(), options.about.begin(), options.about.end());
  executor->set_task_variables(std::move(about));
  if (auto ready = executor->prepare(); !ready) {
    fail(outcome, std::move(ready.error()), options.secrets);
    return;
  }
  Executor::Ran ran = executor->apply({});
  ran.record.output = options.secrets.mask(ran.record.output, {.begin = ran.is_cut});
  const TaskRecord& record = outcome.task.emplace(std::move(ran.record));
  if (!process::succeeded(record.ending)) {
    fail(outcome,
         {.cause = cause_of(record.ending), .reason = describe(record), .output = record.output},
         options.secrets);
  }
}

}  // namespace

bool is_due(const manifest::Notification& notification, const RunOutcome& run) {
  return notification.task.enabled &&
         std::ranges::any_of(run.all(), [&](const ResourceOutcome* one) {
           return one->alerts || waits_for(notification, name_of(one->outcome));
         });
}

bool is_due_after_failure(const manifest::Notification& notification) {
  return notification.task.enabled && waits_for(notification, name_of(Outcome::failed));
}

NotificationOutcome notify(const manifest::Notification& notification, const NotifyOptions& options,
                           World& world) {
  NotificationOutcome outcome = begun(notification.task);
  if (const std::optional<int> signal = world.cancellation.requested()) {
    fail(outcome,
         {.cause = Cause::interrupted,
          .reason = fmt::format("not run: interrupted by {}", process::signal_name(*signal))},
         options.secrets);
  } else if (auto missing = missing_program(type_of(notification.task), world)) {
    fail(outcome, *std::move(missing), options.secrets);
  } else {
    run(notification, options, world, outcome);
  }
  return outcome;
}

}  // namespace reconcile
