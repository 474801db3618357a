#include "process/wait.h"

#include <algorithm>

namespace process {

Clock::time_point time_after(std::chrono::milliseconds duration) {
  constexpr std::chrono::milliseconds longest = std::chrono::hours(24 * 365 * 100);
  return Clock::now() + std::min(duration, longest);
}

void poll_until(std::span<pollfd> descriptors, std::optional<Clock::time_point> end) {
  timespec left = {};
  if (end) {
    const std::chrono::nanoseconds rest =
        std::max<std::chrono::nanoseconds>(*end - Clock::now(), std::chrono::nanoseconds(0));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(rest);
    left.tv_sec = seconds.count();
    left.tv_nsec = (rest - seconds).count();
  }
  if (ppoll(descriptors.data(), descriptors.size(), end ? &left : nullptr, nullptr) < 0) {
    for (pollfd& descriptor : descriptors) {
      descriptor.revents = 0;
    }
  }
}

}  // namespace process
