// Runs what notify blocks ask for at the end of `fluke run`, and says what came of it.
#pragma once

#include <functional>
#include <string>

#include "diagnostic/diagnostic.h"
#include "fluke/console.h"
#include "fluke/exit_code.h"
#include "fluke/options.h"
#include "manifest/manifest.h"
#include "reconcile/observer.h"
#include "reconcile/outcome.h"
#include "reconcile/world.h"

namespace fluke {

/// What a notification is about.
struct Event {
  const manifest::Manifest& manifest;
  const diagnostic::Diagnostics& diagnostics;
  /// How the program would end without notifications.
  ExitRequest end;
  /// Makes the JSON document about the run, which is large where the run is: asked for only where
  /// somebody is to read it.
  std::function<std::string()> document;
  /// The run did not come to its resources.
  bool has_failed = false;
};

/// Runs those that are due after `outcome`, and adds what became of them to it. A signal that comes
/// meanwhile ends the one that runs and skips the others; one that ended the run does not. How the
/// program is to end after all: one that fails spoils a good run only.
[[nodiscard]] ExitRequest send_notifications(const Event& event, const CheckOptions& options,
                                             reconcile::RunOutcome& outcome,
                                             reconcile::World& world, reconcile::Observer& observer,
                                             Console& console);

}  // namespace fluke
