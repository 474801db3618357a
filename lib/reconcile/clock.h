// Time as the engine needs it, so that a test need not wait, and how it tries something again until
// it is settled: for a lock, and for a check to turn green after an apply.
#pragma once

#include <algorithm>
#include <chrono>
#include <utility>

#include "process/cancellation.h"

namespace reconcile {

class Clock {
 public:
  virtual ~Clock() = default;

  [[nodiscard]] virtual std::chrono::steady_clock::time_point now() = 0;

  /// Waits; false if fluke was asked to stop before or meanwhile.
  [[nodiscard]] virtual bool pause(std::chrono::milliseconds duration) = 0;

 protected:
  Clock() = default;
  Clock(const Clock&) = default;
  Clock& operator=(const Clock&) = default;
};

/// The real clock; a signal that asks fluke to stop ends its pauses.
class SystemClock : public Clock {
 public:
  /// `cancellation` outlives the clock.
  explicit SystemClock(process::Cancellation& cancellation) : cancellation_(cancellation) {}

  [[nodiscard]] std::chrono::steady_clock::time_point now() override {
    return std::chrono::steady_clock::now();
  }
  [[nodiscard]] bool pause(std::chrono::milliseconds duration) override {
    return cancellation_.sleep(duration);
  }

 private:
  process::Cancellation& cancellation_;
};

/// How long to go on and how long to pause in between: each pause is twice the one before.
struct RetryPolicy {
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
[[nodiscard]] auto retry(Clock& clock, const RetryPolicy& policy, Attempt attempt,
                         IsSettled is_settled) -> Attempts<decltype(attempt())> {
  const auto start = clock.now();
  const auto end = start + policy.limit;
  auto pause = policy.first_pause;
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
    pause = std::min(2 * pause, policy.longest_pause);
  }
}

}  // namespace reconcile
