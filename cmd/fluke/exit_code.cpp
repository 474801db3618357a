#include "fluke/exit_code.h"

#include <algorithm>

namespace fluke {
namespace {

bool any_failed_by(const reconcile::RunOutcome& outcome, reconcile::Cause cause) {
  return std::ranges::any_of(outcome.resources, [&](const reconcile::ResourceOutcome& resource) {
    return resource.outcome == reconcile::Outcome::failed && resource.cause == cause;
  });
}

}  // namespace

ExitCode exit_code(const reconcile::RunOutcome& outcome, reconcile::Mode mode, bool detailed) {
  using reconcile::Cause;
  using reconcile::Outcome;
  if (any_failed_by(outcome, Cause::failed) || any_failed_by(outcome, Cause::interrupted)) {
    return ExitCode::failure;
  }
  if (any_failed_by(outcome, Cause::misconfigured)) {
    return ExitCode::misconfigured;
  }
  if (any_failed_by(outcome, Cause::program_missing)) {
    return ExitCode::unavailable;
  }
  if (any_failed_by(outcome, Cause::locked)) {
    return ExitCode::locked;
  }
  const Outcome telling = mode == reconcile::Mode::check ? Outcome::drifted : Outcome::applied;
  if ((mode == reconcile::Mode::check || detailed) && outcome.count(telling) > 0) {
    return ExitCode::drift;
  }
  return ExitCode::success;
}

}  // namespace fluke
