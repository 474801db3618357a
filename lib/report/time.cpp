#include "report/time.h"

#include <fmt/format.h>

namespace report {

std::string iso_time(std::chrono::system_clock::time_point time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string iso_time_with_milliseconds(std::chrono::system_clock::time_point time) {
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  const auto rest = std::chrono::floor<std::chrono::milliseconds>(time - second);
  return fmt::format("{}.{:03}Z", iso_time(time), rest.count());
}

std::string unix_time(std::chrono::system_clock::time_point time) {
  return seconds(time.time_since_epoch());
}

std::string seconds(std::chrono::nanoseconds duration) {
  constexpr std::chrono::milliseconds::rep thousand = 1000;
  const auto count = milliseconds(duration);
  return fmt::format("{}.{:03}", count / thousand, count % thousand);
}

std::chrono::milliseconds::rep milliseconds(std::chrono::nanoseconds duration) {
  return std::chrono::round<std::chrono::milliseconds>(duration).count();
}

}  // namespace report
