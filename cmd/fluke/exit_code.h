// The exit codes of fluke: one enumeration, one order among them, one function that maps outcomes
// to it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "reconcile/engine.h"
#include "reconcile/outcome.h"

namespace fluke {

/// See "EXIT STATUS" in fluke(1). A run that a signal ended early ends by that signal instead,
/// which a shell shows as 129, 130, 131 or 143.
enum class ExitCode : int {
  /// Every resource is satisfied or was applied.
  success = 0,
  /// A resource failed.
  failure = 1,
  /// `check` found drift, or `run --detailed-exitcode` applied something or updated files.
  drift = 2,
  /// `fmt --check` found a file that is not in canonical layout.
  not_canonical = 3,
  /// The command line is wrong.
  usage = 64,
  /// A manifest is invalid.
  invalid_manifest = 65,
  /// A manifest, or a file of values, cannot be read, or there is no resource in them.
  unreadable_manifest = 66,
  /// git, mise, or what verifies signatures cannot be found or started.
  unavailable = 69,
  /// A bug in fluke.
  internal = 70,
  /// A report, a file that `fmt` lays out, or standard output could not be written, or the task of
  /// a notify block failed.
  report_not_written = 73,
  /// Another process holds a resource's directory.
  locked = 75,
  /// A resource is misconfigured on this host, or `doctor` found that a run would fail.
  misconfigured = 78,
};

/// The one that counts where both hold.
[[nodiscard]] ExitCode worse(ExitCode a, ExitCode b);

/// The code of a run. One that a signal ended early ends by that signal all the same.
[[nodiscard]] ExitCode exit_code(const reconcile::RunOutcome& outcome, reconcile::Mode mode,
                                 bool detailed);

/// The same for resources that failed for these causes.
[[nodiscard]] ExitCode exit_code(std::span<const reconcile::Cause> causes);

/// The signal by which the program is to end after the run, if it is to.
[[nodiscard]] std::optional<int> signal_to_end_by(const reconcile::RunOutcome& outcome);

/// How the program is to end.
struct ExitRequest {
  ExitCode code = ExitCode::success;
  /// The signal that interrupted the run: the program ends itself by it.
  std::optional<int> signal;
};

/// The status that a shell shows for it.
[[nodiscard]] int status_of(const ExitRequest& end);

/// Why a command cannot do its work.
struct Failure {
  ExitCode code = ExitCode::failure;
  /// Without a final line end.
  std::string message;
  /// By which programs know it; without one it is that of the code.
  std::string_view kind = {};
};

}  // namespace fluke
