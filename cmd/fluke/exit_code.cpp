#include "fluke/exit_code.h"

#include <signal.h>

#include <algorithm>
#include <vector>

namespace fluke {
namespace {

/// As README.md and fluke(1) list them.
constexpr ExitCode worst_first[] = {
    ExitCode::usage,
    ExitCode::unreadable_manifest,
    ExitCode::invalid_manifest,
    ExitCode::failure,
    ExitCode::misconfigured,
    ExitCode::unavailable,
    ExitCode::internal,
    ExitCode::locked,
    ExitCode::report_not_written,
    ExitCode::drift,
    ExitCode::not_canonical,
    ExitCode::success,
};

ExitCode code_of(reconcile::Cause cause) {
  using reconcile::Cause;
  switch (cause) {
    case Cause::failed:
    case Cause::interrupted:
      return ExitCode::failure;
    case Cause::misconfigured:
      return ExitCode::misconfigured;
    case Cause::program_missing:
      return ExitCode::unavailable;
    case Cause::locked:
      return ExitCode::locked;
  }
  return ExitCode::internal;
}

}  // namespace

ExitCode worse(ExitCode a, ExitCode b) {
  return *std::min(std::ranges::find(worst_first, a), std::ranges::find(worst_first, b));
}

ExitCode exit_code(std::span<const reconcile::Cause> causes) {
  ExitCode code = ExitCode::success;
  for (const reconcile::Cause cause : causes) {
    code = worse(code, code_of(cause));
  }
  return code;
}

ExitCode exit_code(const reconcile::RunOutcome& outcome, reconcile::Mode mode, bool detailed) {
  using reconcile::Outcome;
  const std::vector<const reconcile::ResourceOutcome*> all = outcome.all();
  const bool is_drift =
      std::ranges::find(all, Outcome::drifted, &reconcile::ResourceOutcome::outcome) != all.end() ||
      (mode == reconcile::Mode::run && detailed && outcome.changed_anything());
  ExitCode code = is_drift ? ExitCode::drift : ExitCode::success;
  if (outcome.interrupted_by) {
    // It may have come between two resources.
    code = ExitCode::failure;
  }
  for (const reconcile::ResourceOutcome* one : all) {
    if (one->outcome == Outcome::failed && one->cause) {
      code = worse(code, code_of(*one->cause));
    }
  }
  return code;
}

int status_of(const ExitRequest& end) {
  return end.signal ? 128 + *end.signal : static_cast<int>(end.code);
}

std::optional<int> signal_to_end_by(const reconcile::RunOutcome& outcome) {
  return outcome.interrupted_by == SIGALRM ? std::nullopt : outcome.interrupted_by;
}

}  // namespace fluke
