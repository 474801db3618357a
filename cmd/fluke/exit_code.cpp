#include "fluke/exit_code.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace fluke {

ExitCode exit_code(std::span<const reconcile::Cause> causes) {
  using reconcile::Cause;
  constexpr std::pair<Cause, ExitCode> worst_first[] = {
      {Cause::failed, ExitCode::failure},
      {Cause::interrupted, ExitCode::failure},
      {Cause::misconfigured, ExitCode::misconfigured},
      {Cause::program_missing, ExitCode::unavailable},
      {Cause::locked, ExitCode::locked},
  };
  for (const auto& [cause, code] : worst_first) {
    if (std::ranges::find(causes, cause) != causes.end()) {
      return code;
    }
  }
  return ExitCode::success;
}

ExitCode exit_code(const reconcile::RunOutcome& outcome, reconcile::Mode mode, bool detailed) {
  using reconcile::Outcome;
  std::vector<reconcile::Cause> causes;
  for (const reconcile::ResourceOutcome& resource : outcome.resources) {
    if (resource.outcome == Outcome::failed && resource.cause) {
      causes.push_back(*resource.cause);
    }
  }
  if (const ExitCode code = exit_code(causes); code != ExitCode::success) {
    return code;
  }
  const bool tells = mode == reconcile::Mode::check ? outcome.count(Outcome::drifted) > 0
                                                    : detailed && outcome.changed_anything();
  return tells ? ExitCode::drift : ExitCode::success;
}

ExitCode spoiled(ExitCode code) {
  switch (code) {
    case ExitCode::success:
    case ExitCode::drift:
    case ExitCode::not_canonical:
      return ExitCode::report_not_written;
    default:
      return code;
  }
}

}  // namespace fluke
