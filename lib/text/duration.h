// Durations as people write them in a manifest or on the command line, and as a summary shows them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace text {

/// Reads "90s", "5m", "1h30m", "250ms", "1.5s": numbers with the units h, m, s, ms, each unit at
/// most once, from the largest to the smallest. "0s" is zero. Nothing for any other text, for a
/// bare number, for what is no whole number of milliseconds, or for more than 10,000 hours.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The same notation, in the fewest units: 5400000 ms is "1h30m", 250 ms is "250ms", 1500 ms is
/// "1.5s".
[[nodiscard]] std::string format_duration(std::chrono::milliseconds duration);

/// For a person: "0.02s", "3.10s", "12.3s", "2m05s", "1h02m". Up to `hundredths_below` there are
/// two decimals, from there to a minute there is one.
[[nodiscard]] std::string human_duration(
    std::chrono::nanoseconds duration,
    std::chrono::seconds hundredths_below = std::chrono::seconds(10));

}  // namespace text
