// Brings one resource to its desired state, phase by phase. A phase that fails, or that leaves
// nothing to do, ends the walk through the phases; apply is reached only through a check that ran
// to its end and said no.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "git/checkout.h"
#include "manifest/manifest.h"
#include "reconcile/clock.h"
#include "reconcile/engine.h"
#include "reconcile/executor.h"
#include "reconcile/lock.h"
#include "reconcile/observer.h"
#include "reconcile/outcome.h"
#include "reconcile/sync.h"

namespace reconcile {

/// What the resources of one run share.
struct RunContext {
  const Options& options;
  World& world;
  Clock& clock;
  Observer& observer;
  /// Null where git was not found; then no resource with a git block is run.
  git::Client* git = nullptr;
  std::chrono::steady_clock::time_point run_start = {};
};

/// The deadline of each command of `resource`.
[[nodiscard]] std::optional<std::chrono::milliseconds> deadline_of(
    const manifest::Resource& resource, const Options& options);

/// An outcome that holds no more than who the resource is.
[[nodiscard]] ResourceOutcome outcome_for(const manifest::Resource& resource);

/// Everything given to it outlives it; its lock ends with it.
class ResourceRun {
 public:
  ResourceRun(const manifest::Resource& resource, Executor& executor, const RunContext& context);

  /// To be called once.
  [[nodiscard]] ResourceOutcome run();

  /// The same, but only until git is done: for a directory that has no tasks. Its lock is held for
  /// as long as this lives. `on_head` hears which commit is checked out, while git fetches.
  [[nodiscard]] ResourceOutcome sync_only(git::HeadSink on_head);

 private:
  /// The phases; each says whether the next one is due.
  [[nodiscard]] bool lock();
  [[nodiscard]] bool sync();
  [[nodiscard]] bool tasks();
  [[nodiscard]] bool check();
  [[nodiscard]] bool apply();
  void verify();

  [[nodiscard]] tl::expected<DirectoryLock, LockError> acquire();
  [[nodiscard]] Executor::Ran check_once(Phase phase);
  [[nodiscard]] bool bring_to_branch();
  [[nodiscard]] bool compare_with_branch();
  [[nodiscard]] Checkout checkout() const;
  void record_git(GitRecord record);

  /// The ways to end; each answers false: no phase is due any more.
  bool satisfied();
  bool drifted(std::optional<Phase> phase, std::string reason, std::string output);
  bool failed(Phase phase, Failure failure);
  bool interrupted(Phase phase, std::string_view when, std::string output);

  [[nodiscard]] bool stop_requested() {
    return context_.world.cancellation.requested().has_value();
  }
  [[nodiscard]] process::LineSink lines_of(Phase phase);
  /// Lets the commands of `phase` know what they are run for.
  void set_task_variables(Phase phase);
  void note_time(Phase phase, std::chrono::steady_clock::time_point start);
  /// Without what the manifest calls sensitive.
  [[nodiscard]] std::string masked(std::string text) const;
  [[nodiscard]] Executor::Ran masked(Executor::Ran ran) const;

  template <typename Work>
  [[nodiscard]] auto in_phase(Phase phase, Work work) {
    context_.observer.phase_started(resource_, phase);
    const auto start = context_.clock.now();
    auto result = work();
    note_time(phase, start);
    context_.observer.phase_ended(resource_, phase);
    return result;
  }

  const manifest::Resource& resource_;
  Executor& executor_;
  const RunContext& context_;
  std::optional<std::chrono::milliseconds> deadline_;
  /// That of the run, except where the policy leaves drift to people.
  Mode mode_;
  /// What is locked; empty where there is nothing to lock.
  std::filesystem::path lock_path_;
  ResourceOutcome outcome_;
  std::optional<DirectoryLock> lock_;
  /// After the lock, so that it goes before it.
  std::optional<MadeDirectory> made_;
  /// How the checkout differs from its branch, where git may only tell.
  std::string git_drift_;
  git::HeadSink on_head_;
};

}  // namespace reconcile
