// Spreads the runs of a fleet over time: each host waits for as long as its name says, so that they
// do not fall upon one git server all at once.
#pragma once

#include <chrono>
#include <string_view>

namespace fluke {

/// How long the host called `name` waits: always the same, from nothing up to `longest`; the names
/// of a fleet come out evenly spread.
[[nodiscard]] std::chrono::milliseconds splay_of(std::string_view name,
                                                 std::chrono::milliseconds longest);

}  // namespace fluke
