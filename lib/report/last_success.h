// When each resource was last known to be in its desired state, passed from one run to the next by
// the metrics file itself: fluke keeps no state of its own.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace report {

inline constexpr std::string_view last_success_metric =
    "fluke_resource_last_success_timestamp_seconds";

/// Seconds since 1970, by the name of the resource.
using LastSuccess = std::map<std::string, double, std::less<>>;

/// Reads the samples of that metric out of a text in Prometheus' format. The text may be anything:
/// what is no such sample is passed over.
[[nodiscard]] LastSuccess read_last_success(std::string_view metrics);

}  // namespace report
