// The end of a run: runs the tasks of the notify blocks that its outcomes are a reason for.
#pragma once

#include "manifest/manifest.h"
#include "reconcile/outcome.h"
#include "reconcile/task_variables.h"
#include "reconcile/world.h"
#include "text/secrets.h"

namespace reconcile {

/// Whether a resource or an include of `run` has one of the outcomes that `notification` waits for,
/// or there was drift of which its policy wants people to hear.
[[nodiscard]] bool is_due(const manifest::Notification& notification, const RunOutcome& run);

/// The same for a run that did not come to its resources: it has failed.
[[nodiscard]] bool is_due_after_failure(const manifest::Notification& notification);

/// What a notification is told beside what every command is, and what is masked in what it prints.
struct NotifyOptions {
  TaskVariables about;
  text::Secrets secrets;
};

/// Runs its task. What fails is in the outcome.
[[nodiscard]] NotificationOutcome notify(const manifest::Notification& notification,
                                         const NotifyOptions& options, World& world);

}  // namespace reconcile
