// Runs what notify blocks ask for at the end of `fluke run`, and says what came of it.
#pragma once

#include <string>

#include "diagnostic/diagnostic.h"
#include "fluke/console.h"
#include "fluke/exit_code.h"
#include "fluke/load.h"
#include "fluke/options.h"
#include "reconcile/outcome.h"
#include "reconcile/world.h"

namespace fluke {

/// What a notification is about.
struct Event {
  const Loaded& loaded;
  /// How the program would end without notifications.
  ExitRequest end;
  /// The JSON document about the run.
  std::string document;
};

/// Runs those that are due after `outcome`, and adds what became of them to it. A signal that comes
/// meanwhile ends the one that runs and skips the others; one that ended the run does not. How the
/// program is to end after all: one that fails spoils a good run only.
[[nodiscard]] ExitRequest send_notifications(const Event& event, const OutputOptions& output,
                                             bool is_verbose, reconcile::RunOutcome& outcome,
                                             reconcile::World& world, Console& console);

/// The same where the manifests cannot be used, for what they declare all the same: finds the
/// programs itself. Fails nothing that has not failed before.
[[nodiscard]] ExitRequest send_notifications_of_failure(const Event& event,
                                                        const CheckOptions& options,
                                                        const Invocation& invocation,
                                                        Console& console);

/// The same in a run that has begun: with what `outcome` says of its includes, and with the
/// programs that `world` has.
[[nodiscard]] ExitRequest send_notifications_of_failure(const Event& event,
                                                        const OutputOptions& output,
                                                        bool is_verbose,
                                                        reconcile::RunOutcome outcome,
                                                        reconcile::World& world, Console& console);

}  // namespace fluke
