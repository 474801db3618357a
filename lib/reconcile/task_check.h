// Makes sure that what manifests name is there, and runs nothing of it: manifests and the
// directories of this host to what a run would stumble over.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "manifest/manifest.h"
#include "reconcile/engine.h"
#include "reconcile/outcome.h"

namespace reconcile {

struct TaskCheck {
  /// Each points to where the manifest names the task.
  diagnostic::Diagnostics problems;
  /// Of the errors among them, one each.
  std::vector<Cause> causes;
};

/// Checks the enabled ones of `resources` and `notifications`, each command with `timeout` unless
/// the resource says otherwise. A directory that git is still to fill is no error: what it will
/// hold is not known. Ends early when fluke is asked to stop.
[[nodiscard]] TaskCheck check_tasks(const std::vector<const manifest::Resource*>& resources,
                                    std::span<const manifest::Notification> notifications,
                                    const Options& options, World& world);

}  // namespace reconcile
