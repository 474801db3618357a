#include "reconcile/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <variant>

#include "text/quote.h"

namespace reconcile {

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::satisfied:
      return "satisfied";
    case Outcome::applied:
      return "applied";
    case Outcome::drifted:
      return "drifted";
    case Outcome::failed:
      return "failed";
    case Outcome::skipped:
      return "skipped";
    case Outcome::disabled:
      return "disabled";
  }
  return "";
}

std::string_view name_of(Phase phase) {
  switch (phase) {
    case Phase::lock:
      return "lock";
    case Phase::sync:
      return "sync";
    case Phase::tasks:
      return "tasks";
    case Phase::check:
      return "check";
    case Phase::apply:
      return "apply";
    case Phase::verify:
      return "verify";
  }
  return "";
}

std::string_view name_of(GitAction action) {
  switch (action) {
    case GitAction::up_to_date:
      return "up-to-date";
    case GitAction::cloned:
      return "cloned";
    case GitAction::fast_forwarded:
      return "fast-forwarded";
    case GitAction::switched:
      return "switched";
    case GitAction::not_cloned:
      return "not-cloned";
    case GitAction::behind:
      return "behind";
    case GitAction::elsewhere:
      return "elsewhere";
  }
  return "";
}

Cause cause_of(const process::Ending& ending) {
  if (const auto* not_started = std::get_if<process::NotStarted>(&ending)) {
    // A directory that cannot be entered is no fault of the program's.
    return not_started->operation == "chdir" ? Cause::misconfigured : Cause::program_missing;
  }
  return std::holds_alternative<process::Cancelled>(ending) ? Cause::interrupted : Cause::failed;
}

std::string subject_of(const TaskRecord& record) {
  return record.subject.empty() ? fmt::format("task {}", text::quoted(record.task))
                                : record.subject;
}

std::string describe(const TaskRecord& record) {
  return fmt::format("{} {}", subject_of(record), process::describe(record.ending));
}

bool changed_something(const ResourceOutcome& outcome) {
  return outcome.outcome == Outcome::applied || (outcome.git && outcome.git->updated);
}

Phase phase_of_output(const ResourceOutcome& outcome) {
  const bool failed = outcome.outcome == Outcome::failed;
  return failed ? outcome.phase.value_or(Phase::check) : Phase::check;
}

std::vector<const ResourceOutcome*> RunOutcome::all() const {
  std::vector<const ResourceOutcome*> all;
  all.reserve(includes.size() + resources.size());
  for (const auto* outcomes : {&includes, &resources}) {
    for (const ResourceOutcome& one : *outcomes) {
      all.push_back(&one);
    }
  }
  return all;
}

std::size_t RunOutcome::count(Outcome outcome) const {
  return static_cast<std::size_t>(
      std::ranges::count(resources, outcome, &ResourceOutcome::outcome));
}

bool RunOutcome::changed_anything() const {
  return std::ranges::any_of(resources, changed_something) ||
         std::ranges::any_of(includes, changed_something);
}

}  // namespace reconcile
