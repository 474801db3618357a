// Time as the engine needs it, so that a test need not wait.
#pragma once

#include <chrono>

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

}  // namespace reconcile
