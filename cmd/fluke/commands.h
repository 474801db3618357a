// One function a subcommand.
#pragma once

#include <optional>

#include "fluke/console.h"
#include "fluke/exit_code.h"
#include "fluke/options.h"

namespace fluke {

/// How the program is to end.
struct End {
  ExitCode code = ExitCode::success;
  /// The signal that interrupted the run: the program ends itself by it.
  std::optional<int> signal;
};

/// `run` and `check`.
[[nodiscard]] End reconcile_command(const Options& options, Console& console);
[[nodiscard]] End validate_command(const Options& options, Console& console);
[[nodiscard]] End list_command(const Options& options, Console& console);
[[nodiscard]] End fmt_command(const Options& options, Console& console);
[[nodiscard]] End doctor_command(const Options& options, Console& console);
[[nodiscard]] End init_command(const Options& options, Console& console);
[[nodiscard]] End completion_command(const Options& options, Console& console);
[[nodiscard]] End complete_command(const Options& options, Console& console);

}  // namespace fluke
