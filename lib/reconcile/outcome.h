// What became of each resource, as data: the one thing that every report is made from.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/revision.h"
#include "process/result.h"

namespace reconcile {

enum class Outcome { satisfied, applied, drifted, failed, skipped, disabled };

enum class Phase { lock, sync, tasks, check, apply, verify };

/// In the order in which reports name them.
inline constexpr std::array all_outcomes = {Outcome::satisfied, Outcome::applied,
                                            Outcome::drifted,   Outcome::failed,
                                            Outcome::skipped,   Outcome::disabled};
inline constexpr std::array all_phases = {Phase::lock,  Phase::sync,  Phase::tasks,
                                          Phase::check, Phase::apply, Phase::verify};

/// What git did in a run, or how a check found the checkout.
enum class GitAction {
  up_to_date,
  cloned,
  fast_forwarded,
  switched,
  /// From here on only from a check.
  not_cloned,
  behind,
  elsewhere,
};

[[nodiscard]] std::string_view name_of(Outcome outcome);
[[nodiscard]] std::string_view name_of(Phase phase);
[[nodiscard]] std::string_view name_of(GitAction action);

/// Why a resource failed, as far as the exit code tells it apart.
enum class Cause {
  /// A command failed, or ran past its deadline.
  failed,
  /// A task is missing, its configuration cannot be read, the working directory is absent.
  misconfigured,
  /// git, or a program that runs the tasks, cannot be found or started.
  program_missing,
  /// Another process holds the directory's lock.
  locked,
  /// fluke was asked to stop.
  interrupted,
};

/// Why a phase failed, before it is known which resource's outcome will tell it.
struct Failure {
  Cause cause = Cause::failed;
  /// In one line. With Cause::interrupted it is not read: signal and phase say it all.
  std::string reason;
  /// The end of what the failing command printed.
  std::string output;
};

/// One run of a task, or the last one of several attempts.
struct TaskRecord {
  std::string task;
  /// What a sentence calls it; empty is `task "NAME"`.
  std::string subject = {};
  /// The file that defines the task.
  std::string source;
  process::Ending ending;
  std::chrono::nanoseconds duration{0};
  int attempts = 1;
  /// The end of what it printed; nothing of a check that found all well.
  std::string output;
};

/// Why a command failed that ended so.
[[nodiscard]] Cause cause_of(const process::Ending& ending);

/// `task "check" exited with status 1`.
[[nodiscard]] std::string describe(const TaskRecord& record);

/// `task "check"`, or what the record says instead.
[[nodiscard]] std::string subject_of(const TaskRecord& record);

struct GitRecord {
  /// Without its password.
  std::string url;
  git::Revision requested;
  /// Absent where the sync failed.
  std::optional<GitAction> action;
  std::string before;
  std::string after;
  std::size_t commits_behind = 0;
  /// A run has made something in the checkout another than before.
  bool updated = false;
  /// Which local changes of tracked files there are, in a sentence; empty where there are none.
  std::string edited;
  /// Where the manifest has it verified.
  std::optional<git::Signer> signer;
  /// What else git did or saw that the operator should know, a sentence each.
  std::vector<std::string> notes;
  std::chrono::nanoseconds duration{0};
};

/// When a phase ran, by the monotonic clock.
struct PhaseTime {
  Phase phase = Phase::lock;
  /// Since the run began.
  std::chrono::nanoseconds begin{0};
  std::chrono::nanoseconds duration{0};
};

struct ResourceOutcome {
  std::string name;
  std::string type;
  /// The task that it stands in, and what that is for; empty where there is none.
  std::string task = {};
  std::string description = {};
  /// Where it was declared.
  std::string manifest;
  std::size_t line = 0;
  std::filesystem::path working_dir;

  Outcome outcome = Outcome::failed;
  /// There was drift, and its policy wants people to hear of it.
  bool alerts = false;

  /// Where it failed, or where a skip or a drift was decided before any task ran.
  std::optional<Phase> phase;
  std::optional<Cause> cause;

  /// In one line, why it is not satisfied or applied, or why its check is not to be relied on.
  std::string reason;

  std::optional<GitRecord> git;
  std::optional<TaskRecord> check;
  std::optional<TaskRecord> apply;
  std::optional<TaskRecord> verify;
  /// Absent where it was skipped or is disabled.
  std::optional<std::chrono::system_clock::time_point> started_at;
  /// Those that were begun, in order.
  std::vector<PhaseTime> phases;
  std::chrono::nanoseconds duration{0};

  /// The end of what the command printed that explains the outcome, as it printed it: the check
  /// that found a drift, or the command that failed.
  std::string output;
};

/// Whether something on the host is another than before.
[[nodiscard]] bool changed_something(const ResourceOutcome& outcome);

/// The phase that printed `outcome.output`.
[[nodiscard]] Phase phase_of_output(const ResourceOutcome& outcome);

/// What became of a notify block that was due.
struct NotificationOutcome {
  std::string name;
  /// Where it was declared.
  std::string manifest;
  std::size_t line = 0;
  std::filesystem::path working_dir;

  /// Absent where the task was not begun.
  std::optional<TaskRecord> task;
  /// Why it failed, if it did, and in one line.
  std::optional<Cause> cause;
  std::string reason;
  /// The end of what the command printed that failed.
  std::string output;
};

struct RunOutcome {
  /// In the order in which they were synced, before any resource. They have no tasks, and "include"
  /// in place of a type.
  std::vector<ResourceOutcome> includes;
  std::vector<ResourceOutcome> resources;
  /// Of those that were due, in order.
  std::vector<NotificationOutcome> notifications;
  std::chrono::system_clock::time_point started_at;
  std::chrono::nanoseconds duration{0};
  /// The signal that ended the run early; SIGALRM is its deadline.
  std::optional<int> interrupted_by;

  /// Includes and resources, in the order in which they ran.
  [[nodiscard]] std::vector<const ResourceOutcome*> all() const;
  /// Of resources.
  [[nodiscard]] std::size_t count(Outcome outcome) const;
  /// Whether something on the host is another than before: a task was applied, or files came.
  [[nodiscard]] bool changed_anything() const;
};

}  // namespace reconcile
