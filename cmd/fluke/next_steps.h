// What a person at a terminal types next, after a run that left something to do.
#pragma once

#include <string>
#include <string_view>

#include "fluke/options.h"
#include "manifest/manifest.h"
#include "reconcile/outcome.h"

namespace fluke {

/// "next:" and, indented, a command in a line for each kind of thing that is left to do; empty if
/// nothing is. `command` is "run" or "check". The commands take the same resources as `options`
/// did, and can be pasted: in place of the value of a sensitive variable stands a variable of the
/// shell, which stops there and says why unless somebody has set it.
[[nodiscard]] std::string next_steps(std::string_view command, const CheckOptions& options,
                                     const manifest::Manifest& manifest,
                                     const reconcile::RunOutcome& outcome);

}  // namespace fluke
