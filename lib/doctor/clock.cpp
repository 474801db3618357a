#include "doctor/clock.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace doctor {
namespace {

/// Two clocks that are both looked after may differ by less.
constexpr std::chrono::hours tolerance{24};

std::string utc(std::chrono::sys_seconds time) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S} UTC",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

}  // namespace

Finding examine_clock(std::chrono::sys_seconds now, std::chrono::sys_seconds built) {
  if (now + tolerance < built) {
    return {.verdict = Verdict::fail,
            .subject = "clock",
            .message = fmt::format("it says {}, but this fluke is younger, of {}; set the clock, "
                                   "for certificates and logs go by it",
                                   utc(now), utc(built))};
  }
  return {.subject = "clock", .message = utc(now)};
}

}  // namespace doctor
