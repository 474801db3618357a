// Waiting for descriptors with an end in time, by the monotonic clock.
#pragma once

#include <poll.h>

#include <chrono>
#include <optional>
#include <span>

namespace process {

using Clock = std::chrono::steady_clock;

/// The time `duration` from now, however long that is: no overflow.
[[nodiscard]] Clock::time_point time_after(std::chrono::milliseconds duration);

/// poll(2) until one of `descriptors` is ready, `end` has come (at once, if it is past; never, if
/// there is none), or a signal handler has run; on return every `revents` is set. The caller looks
/// at the clock and at `revents`, and calls again.
void poll_until(std::span<pollfd> descriptors, std::optional<Clock::time_point> end);

}  // namespace process
