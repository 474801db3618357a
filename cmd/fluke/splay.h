// Spreads the runs of a fleet over time: each host waits for as long as its name says, so that they
// do not fall upon one git server all at once.
#pragma once

#include <chrono>
#include <string_view>

#include "fluke/console.h"
#include "fluke/options.h"
#include "process/cancellation.h"

namespace fluke {

/// How long the host called `name` waits: always the same, from nothing up to `longest`; the names
/// of a fleet come out evenly spread.
[[nodiscard]] std::chrono::milliseconds splay_of(std::string_view name,
                                                 std::chrono::milliseconds longest);

/// Waits as --splay says, and tells of it if verbose. A signal ends the wait; what it means is for
/// the run to find out.
void wait_for_turn(const Options& options, process::Cancellation& cancellation, Console& console);

}  // namespace fluke
