// Times that are passed from one run to the next by the metrics file itself: when each resource was
// last known to be in its desired state, when each include was last synced. fluke keeps no state of
// its own.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace report {

inline constexpr std::string_view last_success_metric =
    "fluke_resource_last_success_timestamp_seconds";
inline constexpr std::string_view last_sync_metric = "fluke_include_last_sync_timestamp_seconds";

/// Seconds since 1970, by the name of the resource or include.
using LastTimes = std::map<std::string, double, std::less<>>;

/// Reads the samples of `metric`, which have one label, out of a text in Prometheus' format. The
/// text may be anything: what is no such sample is passed over.
[[nodiscard]] LastTimes read_last_times(std::string_view metrics, std::string_view metric,
                                        std::string_view label);

}  // namespace report
