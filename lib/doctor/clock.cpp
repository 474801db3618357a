#include "doctor/clock.h"

#include <fmt/format.h>

namespace doctor {
namespace {

/// Two clocks that are both looked after may differ by less.
constexpr std::chrono::hours tolerance{24};

std::string utc(std::chrono::sys_seconds time) {
  const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace

Finding examine_clock(std::chrono::sys_seconds now, std::chrono::sys_seconds built) {
  if (now + tolerance < built) {
    return {.verdict = Verdict::fail,
            .subject = "clock",
            .message = fmt::format("it says {}, but this fluke was built later, {}; set the clock: "
                                   "certificates and logs depend on it",
                                   utc(now), utc(built))};
  }
  return {.subject = "clock", .message = utc(now)};
}

}  // namespace doctor
