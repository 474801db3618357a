// Repeats something until it is settled or its time is over: how the engine waits for a lock, and
// for a check to turn green after an apply.
#pragma once

#include <algorithm>
#include <chrono>
#include <utility>

#include "reconcile/clock.h"

namespace reconcile {

/// How long to go on and how long to pause in between: each pause is twice the one before.
struct Patience {
  std::chrono::milliseconds limit{0};
  std::chrono::milliseconds first_pause{0};
  std::chrono::milliseconds longest_pause{0};
};

/// How a series of attempts ended: settled, or with the last one unsettled.
template <typename Result>
struct Attempts {
  Result last;
  int count = 1;
  std::chrono::nanoseconds elapsed{0};
  /// A pause was cut short because fluke was asked to stop.
  bool interrupted = false;
};

/// Calls `attempt` at once and then after growing pauses until `is_settled` likes its result. The
/// last attempt begins at the end of the limit, never before it: what turns good within the limit
/// is seen, however long an attempt takes.
template <typename Attempt, typename IsSettled>
[[nodiscard]] auto attempt_repeatedly(Clock& clock, const Patience& patience, Attempt attempt,
                                      IsSettled is_settled) -> Attempts<decltype(attempt())> {
  const auto start = clock.now();
  const auto end = start + patience.limit;
  auto pause = patience.first_pause;
  for (int count = 1;; ++count) {
    const bool last = clock.now() >= end;
    auto result = attempt();
    const auto now = clock.now();
    if (last || is_settled(result)) {
      return {.last = std::move(result), .count = count, .elapsed = now - start};
    }
    const auto left = std::max(std::chrono::ceil<std::chrono::milliseconds>(end - now),
                               std::chrono::milliseconds(0));
    if (!clock.pause(std::min(pause, left))) {
      return {.last = std::move(result),
              .count = count,
              .elapsed = clock.now() - start,
              .interrupted = true};
    }
    pause = std::min(2 * pause, patience.longest_pause);
  }
}

}  // namespace reconcile
