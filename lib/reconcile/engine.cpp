#include "reconcile/engine.h"

#include <fmt/format.h>
#include <signal.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "git/checkout.h"
#include "manifest/resource_name.h"
#include "reconcile/executor.h"
#include "reconcile/resource_run.h"
#include "reconcile/sync.h"

namespace reconcile {
namespace {

/// The outcome of a resource that cannot even be begun.
ResourceOutcome not_begun(const manifest::Resource& resource, Phase phase, std::string reason) {
  ResourceOutcome outcome = outcome_for(resource);
  outcome.outcome = Outcome::failed;
  outcome.phase = phase;
  outcome.cause = Cause::program_missing;
  outcome.reason = std::move(reason);
  return outcome;
}

/// Whether both come from one block: its instances do not wait for each other.
bool is_of_block(std::string_view one, std::string_view other) {
  return manifest::block_of(one) == manifest::block_of(other);
}

/// One walk over the resources of a run.
class Walk {
 public:
  Walk(const Options& options, World& world, Clock& clock, Observer& observer);

  [[nodiscard]] RunOutcome over(const std::vector<const manifest::Resource*>& resources);

 private:
  [[nodiscard]] ResourceOutcome visit(const manifest::Resource& resource);
  [[nodiscard]] ResourceOutcome begin(const manifest::Resource& resource);
  [[nodiscard]] std::optional<std::string> reason_to_skip(const manifest::Resource& resource);
  [[nodiscard]] std::optional<std::string> unmet_dependency(
      const manifest::Resource& resource) const;

  const Options& options_;
  World& world_;
  Clock& clock_;
  Observer& observer_;
  std::chrono::system_clock::time_point started_at_;
  std::chrono::steady_clock::time_point start_;
  std::optional<git::Client> git_;
  std::map<const ResourceType*, std::unique_ptr<ExecutorFactory>> factories_;
  std::unordered_map<std::string_view, Outcome> outcomes_;
  /// The tasks that are over before their end, and the resources at which they ended.
  std::unordered_map<const manifest::Task*, std::string_view> ended_tasks_;
  /// The name of the first resource that failed.
  std::optional<std::string_view> first_failure_;
  /// Some resource was not reached, or not brought to its end.
  bool is_cut_short_ = false;
};

Walk::Walk(const Options& options, World& world, Clock& clock, Observer& observer)
    : options_(options), world_(world), clock_(clock), observer_(observer), git_(open_git(world)) {}

RunOutcome Walk::over(const std::vector<const manifest::Resource*>& resources) {
  const RunStart start = options_.start.value_or(
      RunStart{.started_at = std::chrono::system_clock::now(), .begin = clock_.now()});
  started_at_ = start.started_at;
  start_ = start.begin;
  RunOutcome run{.includes = start.includes, .started_at = started_at_};
  run.resources.reserve(resources.size());
  for (const manifest::Resource* resource : resources) {
    const ResourceOutcome& outcome = run.resources.emplace_back(visit(*resource));
    outcomes_.emplace(resource->name, outcome.outcome);
    const bool is_done = outcome.outcome != Outcome::failed && outcome.outcome != Outcome::skipped;
    if (resource->task != nullptr && resource->aborts_task && !is_done) {
      ended_tasks_.try_emplace(resource->task.get(), resource->name);
    }
    if (outcome.outcome == Outcome::failed && !first_failure_) {
      first_failure_ = resource->name;
    }
    is_cut_short_ = is_cut_short_ || outcome.cause == Cause::interrupted;
    observer_.resource_ended(outcome);
  }
  run.duration = clock_.now() - start_;
  run.interrupted_by = world_.cancellation.requested();
  if (run.interrupted_by == SIGALRM && !is_cut_short_) {
    // The deadline has passed since.
    run.interrupted_by.reset();
  }
  observer_.run_ended(run);
  return run;
}

ResourceOutcome Walk::visit(const manifest::Resource& resource) {
  ResourceOutcome outcome = outcome_for(resource);
  if (!resource.enabled) {
    outcome.outcome = Outcome::disabled;
    return outcome;
  }
  if (std::optional<std::string> reason = reason_to_skip(resource)) {
    outcome.outcome = Outcome::skipped;
    outcome.reason = std::move(*reason);
    return outcome;
  }
  observer_.resource_started(resource);
  const auto start = clock_.now();
  outcome = begin(resource);
  outcome.started_at = started_at_ + (start - start_);
  return outcome;
}

ResourceOutcome Walk::begin(const manifest::Resource& resource) {
  const ResourceType& type = type_of(resource);
  if (auto missing = missing_program(type, world_)) {
    return not_begun(resource, Phase::tasks, std::move(missing->reason));
  }
  if (resource.git && !git_) {
    return not_begun(resource, Phase::sync, std::string(git_not_found));
  }
  std::unique_ptr<ExecutorFactory>& factory = factories_[&type];
  if (factory == nullptr) {
    factory = type.open(world_);
  }
  const auto executor = factory->make(resource, deadline_of(resource, options_));
  const RunContext context{.options = options_,
                           .world = world_,
                           .clock = clock_,
                           .observer = observer_,
                           .git = git_ ? &*git_ : nullptr,
                           .run_start = start_};
  return ResourceRun(resource, *executor, context).run();
}

std::optional<std::string> Walk::reason_to_skip(const manifest::Resource& resource) {
  if (const std::optional<int> signal = world_.cancellation.requested()) {
    is_cut_short_ = true;
    return fmt::format("not reached: interrupted by {}", process::signal_name(*signal));
  }
  if (std::optional<std::string> reason = unmet_dependency(resource)) {
    return reason;
  }
  if (const auto ended = ended_tasks_.find(resource.task.get());
      ended != ended_tasks_.end() && !is_of_block(resource.name, ended->second)) {
    return fmt::format("not reached: {} {}, before it in its task", ended->second,
                       outcomes_.at(ended->second) == Outcome::failed ? "failed" : "was skipped");
  }
  if (options_.fail_fast && first_failure_) {
    return fmt::format("not reached: {} failed and --fail-fast is set", *first_failure_);
  }
  return std::nullopt;
}

std::optional<std::string> Walk::unmet_dependency(const manifest::Resource& resource) const {
  for (const std::string& name : resource.depends_on) {
    const auto found = outcomes_.find(name);
    if (found == outcomes_.end()) {
      continue;
    }
    if (found->second == Outcome::failed) {
      return fmt::format("depends on {}, which failed", name);
    }
    if (found->second == Outcome::skipped) {
      return fmt::format("depends on {}, which was skipped", name);
    }
  }
  return std::nullopt;
}

}  // namespace

manifest::DriftPolicy policy_of(const manifest::Resource& resource, const Options& options) {
  return resource.task != nullptr ? resource.task->drift.value_or(options.drift_policy)
                                  : options.drift_policy;
}

bool alerts(manifest::DriftPolicy policy) {
  return policy != manifest::DriftPolicy::remediate;
}

RunOutcome reconcile(const std::vector<const manifest::Resource*>& resources,
                     const Options& options, World& world, Observer& observer) {
  SystemClock clock(world.cancellation);
  return reconcile(resources, options, world, clock, observer);
}

RunOutcome reconcile(const std::vector<const manifest::Resource*>& resources,
                     const Options& options, World& world, Clock& clock, Observer& observer) {
  return Walk(options, world, clock, observer).over(resources);
}

}  // namespace reconcile
