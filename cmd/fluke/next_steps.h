// What a person at a terminal types next, after a run that left something to do.
#pragma once

#include <string>

#include "fluke/options.h"
#include "reconcile/outcome.h"

namespace fluke {

/// "next:" and, indented, a command in a line for each kind of thing that is left to do; empty if
/// nothing is. The commands take the same resources as `options` did; of `--var` they hold the
/// name alone, for its value may be secret.
[[nodiscard]] std::string next_steps(const Options& options, const reconcile::RunOutcome& outcome);

}  // namespace fluke
