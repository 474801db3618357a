// Walks the resources in the order of the manifest and brings each to its desired state: lock,
// sync, tasks, check, apply, verify. It applies only after a check that ran to its end and said no.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "manifest/manifest.h"
#include "reconcile/clock.h"
#include "reconcile/observer.h"
#include "reconcile/outcome.h"
#include "reconcile/world.h"
#include "text/secrets.h"

namespace reconcile {

enum class Mode {
  /// Sync, check, apply where drifted, verify.
  run,
  /// Tell drift, change nothing.
  check,
};

/// What there is of a run before its resources are known.
struct RunStart {
  std::chrono::system_clock::time_point started_at;
  /// The same moment by the monotonic clock.
  std::chrono::steady_clock::time_point begin;
  std::vector<ResourceOutcome> includes;
};

struct Options {
  Mode mode = Mode::run;
  /// For resources that set none; zero is none.
  std::chrono::milliseconds timeout = manifest::default_timeout;
  /// How long to wait for a directory that another process holds.
  std::chrono::milliseconds lock_timeout{0};
  /// How often a sync is tried again whose remote does not answer, for resources that do not say.
  int retries = 0;
  /// After a failure, what is left is skipped.
  bool fail_fast = false;
  /// For resources whose task has none of its own, and for those without a task.
  manifest::DriftPolicy drift_policy = manifest::DriftPolicy::remediate;
  /// A run applies what has drifted whatever the policies say.
  bool remediates_all = false;
  /// Masked in whatever a command prints.
  text::Secrets secrets;
  /// Absent: the run begins with its first resource.
  std::optional<RunStart> start = {};
};

/// What to do about drift of `resource`.
[[nodiscard]] manifest::DriftPolicy policy_of(const manifest::Resource& resource,
                                              const Options& options);

/// Whether people are to be told of drift under that policy, by the manifest's own means.
[[nodiscard]] bool alerts(manifest::DriftPolicy policy);

/// Reconciles `resources`, which are of one manifest and in its order; dependencies on resources
/// that are not among them are taken as met.
[[nodiscard]] RunOutcome reconcile(const std::vector<const manifest::Resource*>& resources,
                                   const Options& options, World& world, Observer& observer);

/// The same with another clock than the system's.
[[nodiscard]] RunOutcome reconcile(const std::vector<const manifest::Resource*>& resources,
                                   const Options& options, World& world, Clock& clock,
                                   Observer& observer);

}  // namespace reconcile
