// Points in time and durations, as programs read them.
#pragma once

#include <chrono>
#include <string>

namespace report {

/// "2026-01-02T03:04:05" (ISO 8601, UTC).
[[nodiscard]] std::string iso_time(std::chrono::system_clock::time_point time);

/// "2026-01-02T03:04:05.999Z".
[[nodiscard]] std::string iso_time_with_milliseconds(std::chrono::system_clock::time_point time);

/// Seconds since 1970, with three decimals: "1767323045.999".
[[nodiscard]] std::string unix_time(std::chrono::system_clock::time_point time);

/// In seconds, with three decimals: "3.140".
[[nodiscard]] std::string seconds(std::chrono::nanoseconds duration);

[[nodiscard]] std::chrono::milliseconds::rep milliseconds(std::chrono::nanoseconds duration);

}  // namespace report
