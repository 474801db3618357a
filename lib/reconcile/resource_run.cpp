#include "reconcile/resource_run.h"

#include <fmt/format.h>
#include <signal.h>

#include <utility>
#include <variant>

#include "process/line_splitter.h"
#include "text/duration.h"
#include "text/quote.h"

namespace reconcile {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

Cause cause_of(LockError::Kind kind) {
  switch (kind) {
    case LockError::Kind::absent:
    case LockError::Kind::dangling_link:
    case LockError::Kind::not_a_directory:
      return Cause::misconfigured;
    case LockError::Kind::held:
      return Cause::locked;
    case LockError::Kind::interrupted:
      return Cause::interrupted;
    case LockError::Kind::not_created:
    case LockError::Kind::not_opened:
    case LockError::Kind::not_locked:
      return Cause::failed;
  }
  return Cause::failed;
}

/// The same where the executor does not say more.
std::string describe(const Executor::Ran& ran, const TaskRecord& record) {
  return ran.note.empty() ? describe(record) : ran.note;
}

/// `task "check" cannot tell: it exited with status 75`.
std::string describe_unknown(const TaskRecord& record) {
  return fmt::format("{} cannot tell: it {}", subject_of(record), process::describe(record.ending));
}

std::string describe_unverified(const Attempts<Executor::Ran>& attempts) {
  const TaskRecord& record = attempts.last.record;
  const CheckResult result = attempts.last.result;
  if (result == CheckResult::none) {
    return fmt::format("apply succeeded but could not be verified: {}", describe(record));
  }
  const std::string tries = attempts.count == 1
                                ? ""
                                : fmt::format(", {} attempts in {}", attempts.count,
                                              text::human_duration(attempts.elapsed));
  return fmt::format("apply succeeded but the check {} ({}{})",
                     result == CheckResult::unknown ? "cannot tell" : "still fails",
                     describe(attempts.last, record), tries);
}

Mode mode_of(const manifest::Resource& resource, const Options& options) {
  // An include has no type: it is what says what there is to be done.
  const bool is_left_alone = resource.type != nullptr && !options.remediates_all &&
                             policy_of(resource, options) == manifest::DriftPolicy::alert_only;
  return is_left_alone ? Mode::check : options.mode;
}

}  // namespace

std::optional<std::chrono::milliseconds> deadline_of(const manifest::Resource& resource,
                                                     const Options& options) {
  const std::chrono::milliseconds timeout = resource.timeout.value_or(options.timeout);
  return timeout == 0ms ? std::nullopt : std::optional(timeout);
}

ResourceOutcome outcome_for(const manifest::Resource& resource) {
  ResourceOutcome outcome{
      .name = resource.name,
      .type = std::string(resource.type == nullptr ? "include" : resource.type->name()),
      .working_dir = resource.working_dir};
  if (resource.task != nullptr) {
    outcome.task = resource.task->name;
    outcome.description = resource.task->description;
  }
  if (resource.file != nullptr) {
    outcome.manifest = resource.file->name();
    outcome.line = resource.file->position(resource.range.begin).line;
  }
  return outcome;
}

ResourceRun::ResourceRun(const manifest::Resource& resource, Executor& executor,
                         const RunContext& context)
    : resource_(resource),
      executor_(executor),
      context_(context),
      deadline_(deadline_of(resource, context.options)),
      mode_(mode_of(resource, context.options)),
      lock_path_(lock_path(resource, context.world.pid_files == nullptr
                                         ? std::filesystem::path()
                                         : context.world.pid_files->directory())),
      outcome_(outcome_for(resource)) {}

ResourceOutcome ResourceRun::run() {
  const auto start = context_.clock.now();
  if (lock() && sync() && tasks() && check() && apply()) {
    verify();
  }
  context_.world.runner.set_pid_file(nullptr);
  outcome_.duration = context_.clock.now() - start;
  outcome_.alerts =
      (outcome_.outcome == Outcome::applied || outcome_.outcome == Outcome::drifted) &&
      alerts(policy_of(resource_, context_.options));
  return std::move(outcome_);
}

ResourceOutcome ResourceRun::sync_only(git::HeadSink on_head) {
  on_head_ = std::move(on_head);
  const auto start = context_.clock.now();
  if (lock() && sync()) {
    git_drift_.empty() ? satisfied() : drifted(Phase::sync, git_drift_, "");
  }
  context_.world.runner.set_pid_file(nullptr);
  outcome_.duration = context_.clock.now() - start;
  return std::move(outcome_);
}

bool ResourceRun::lock() {
  if (lock_path_.empty()) {
    return true;
  }
  tl::expected<DirectoryLock, LockError> lock = in_phase(Phase::lock, [&] { return acquire(); });
  if (lock) {
    lock_.emplace(std::move(*lock));
    context_.world.runner.set_pid_file(lock_->pid_file());
    return true;
  }
  const LockError& error = lock.error();
  if (error.kind == LockError::Kind::absent && resource_.git) {
    Comparison comparison = not_cloned(*resource_.git);
    outcome_.git = std::move(comparison.record);
    return drifted(Phase::sync, std::move(comparison.drift), "");
  }
  return failed(Phase::lock,
                {.cause = cause_of(error.kind),
                 .reason = describe(error, lock_path_, context_.options.lock_timeout)});
}

tl::expected<DirectoryLock, LockError> ResourceRun::acquire() {
  const bool may_make = resource_.working_dir.empty() || (resource_.git && mode_ == Mode::run);
  for (;;) {
    auto lock = DirectoryLock::acquire(lock_path_, context_.options.lock_timeout, context_.clock,
                                       context_.world.pid_files);
    if (lock || lock.error().kind != LockError::Kind::absent || !may_make) {
      return lock;
    }
    // Another process may have removed what was made, as its own clone failed: then once more.
    made_.reset();
    auto made = MadeDirectory::make(lock_path_);
    if (!made) {
      return tl::unexpected(LockError{.kind = LockError::Kind::not_created, .error = made.error()});
    }
    made_.emplace(std::move(*made));
  }
}

bool ResourceRun::sync() {
  if (!resource_.git) {
    return true;
  }
  outcome_.git = record_of(*resource_.git);
  const auto start = context_.clock.now();
  const bool go_on = mode_ == Mode::run ? bring_to_branch() : compare_with_branch();
  outcome_.git->duration = context_.clock.now() - start;
  return go_on;
}

bool ResourceRun::bring_to_branch() {
  tl::expected<GitRecord, Failure> record = in_phase(Phase::sync, [&] {
    return reconcile::sync(*context_.git, checkout(), lines_of(Phase::sync));
  });
  if (!record || record->updated) {
    executor_.files_changed();
  }
  if (!record) {
    return failed(Phase::sync, std::move(record.error()));
  }
  record_git(std::move(*record));
  return true;
}

bool ResourceRun::compare_with_branch() {
  tl::expected<Comparison, Failure> comparison = in_phase(
      Phase::sync, [&] { return inspect(*context_.git, checkout(), lines_of(Phase::sync)); });
  if (!comparison) {
    return failed(Phase::sync, std::move(comparison.error()));
  }
  record_git(std::move(comparison->record));
  if (comparison->not_cloned) {
    return drifted(Phase::sync, std::move(comparison->drift), "");
  }
  git_drift_ = std::move(comparison->drift);
  return true;
}

Checkout ResourceRun::checkout() const {
  return {.directory = resource_.working_dir,
          .source = *resource_.git,
          .deadline = deadline_,
          .retries = context_.options.retries,
          .clock = &context_.clock,
          .on_head = on_head_};
}

void ResourceRun::record_git(GitRecord record) {
  record.edited = masked(std::move(record.edited));
  for (std::string& note : record.notes) {
    note = masked(std::move(note));
  }
  outcome_.git = std::move(record);
}

bool ResourceRun::tasks() {
  // The check and the question which tasks there are find the same environment.
  set_task_variables(Phase::check);
  tl::expected<void, Failure> ready = in_phase(Phase::tasks, [&] { return executor_.prepare(); });
  return ready || failed(Phase::tasks, std::move(ready.error()));
}

bool ResourceRun::check() {
  Executor::Ran ran = in_phase(Phase::check, [&] { return check_once(Phase::check); });
  const TaskRecord& record = outcome_.check.emplace(std::move(ran.record));
  if (ran.result == CheckResult::none) {
    return failed(
        Phase::check,
        {.cause = cause_of(record.ending), .reason = describe(record), .output = record.output});
  }
  if (ran.result == CheckResult::satisfied) {
    outcome_.reason = std::move(ran.note);
    return git_drift_.empty() ? satisfied() : drifted(Phase::sync, git_drift_, "");
  }
  if (stop_requested()) {
    // The signal may have reached the check as well and be the reason why it said no.
    return interrupted(Phase::check, "during", record.output);
  }
  if (ran.result == CheckResult::unknown) {
    return failed(Phase::check, {.reason = describe_unknown(record), .output = record.output});
  }
  if (auto confirmed = executor_.confirm(record); !confirmed) {
    return failed(Phase::check, std::move(confirmed.error()));
  }
  if (mode_ == Mode::run) {
    return true;
  }
  return git_drift_.empty()
             ? drifted(std::nullopt, describe(ran, record), record.output)
             : drifted(Phase::sync, fmt::format("{}; {}", git_drift_, describe(ran, record)),
                       record.output);
}

Executor::Ran ResourceRun::check_once(Phase phase) {
  Executor::Ran ran = masked(executor_.check(lines_of(phase)));
  if (ran.result == CheckResult::satisfied) {
    ran.record.output.clear();
  }
  return ran;
}

bool ResourceRun::apply() {
  std::optional<Executor::Ran> ran = in_phase(Phase::apply, [&]() -> std::optional<Executor::Ran> {
    if (stop_requested()) {
      return std::nullopt;
    }
    set_task_variables(Phase::apply);
    return masked(executor_.apply(lines_of(Phase::apply)));
  });
  if (!ran) {
    return interrupted(Phase::apply, "before", {});
  }
  const TaskRecord& record = outcome_.apply.emplace(std::move(ran->record));
  return process::succeeded(record.ending) ||
         failed(Phase::apply, {.cause = cause_of(record.ending),
                               .reason = describe(*ran, record),
                               .output = record.output});
}

void ResourceRun::verify() {
  set_task_variables(Phase::verify);
  auto attempts = in_phase(Phase::verify, [&] {
    return retry(
        context_.clock, {.limit = resource_.settle, .first_pause = 100ms, .longest_pause = 2s},
        [&] { return check_once(Phase::verify); },
        [](const Executor::Ran& ran) {
          return ran.result == CheckResult::satisfied || ran.result == CheckResult::none;
        });
  });
  attempts.last.record.attempts = attempts.count;
  const TaskRecord& record = outcome_.verify.emplace(attempts.last.record);
  const CheckResult result = attempts.last.result;
  if (result == CheckResult::satisfied) {
    outcome_.outcome = Outcome::applied;
  } else if (result != CheckResult::none && stop_requested()) {
    interrupted(Phase::verify, "during", record.output);
  } else {
    failed(Phase::verify, {.cause = cause_of(record.ending),
                           .reason = describe_unverified(attempts),
                           .output = record.output});
  }
}

bool ResourceRun::satisfied() {
  outcome_.outcome = Outcome::satisfied;
  return false;
}

bool ResourceRun::drifted(std::optional<Phase> phase, std::string reason, std::string output) {
  outcome_.outcome = Outcome::drifted;
  outcome_.phase = phase;
  outcome_.reason = masked(std::move(reason));
  outcome_.output = std::move(output);
  return false;
}

bool ResourceRun::failed(Phase phase, Failure failure) {
  if (failure.cause == Cause::interrupted) {
    return interrupted(phase, "during", std::move(failure.output));
  }
  outcome_.outcome = Outcome::failed;
  outcome_.phase = phase;
  outcome_.cause = failure.cause;
  outcome_.reason = masked(std::move(failure.reason));
  outcome_.output = masked(std::move(failure.output));
  return false;
}

bool ResourceRun::interrupted(Phase phase, std::string_view when, std::string output) {
  const int signal = context_.world.cancellation.requested().value_or(SIGTERM);
  outcome_.outcome = Outcome::failed;
  outcome_.phase = phase;
  outcome_.cause = Cause::interrupted;
  outcome_.reason =
      fmt::format("interrupted by {} {} {}", process::signal_name(signal), when, name_of(phase));
  outcome_.output = masked(std::move(output));
  return false;
}

void ResourceRun::set_task_variables(Phase phase) {
  executor_.set_task_variables(task_variables(resource_, name_of(phase), outcome_.git));
}

void ResourceRun::note_time(Phase phase, std::chrono::steady_clock::time_point start) {
  outcome_.phases.push_back({.phase = phase,
                             .begin = start - context_.run_start,
                             .duration = context_.clock.now() - start});
}

std::string ResourceRun::masked(std::string text) const {
  const text::Secrets& secrets = context_.options.secrets;
  return secrets.empty() ? std::move(text) : secrets.mask(text);
}

Executor::Ran ResourceRun::masked(Executor::Ran ran) const {
  const text::Secrets& secrets = context_.options.secrets;
  if (!secrets.empty()) {
    ran.record.output = secrets.mask(ran.record.output, {.begin = ran.is_cut});
  }
  return ran;
}

process::LineSink ResourceRun::lines_of(Phase phase) {
  return process::mask_lines(context_.options.secrets, [this, phase](std::string_view lines) {
    context_.observer.output_lines(resource_, phase, lines);
  });
}

}  // namespace reconcile
