// The report for monitoring: metrics in Prometheus' text format, for the textfile collector of its
// node exporter.
#pragma once

#include <string>
#include <string_view>

#include "reconcile/outcome.h"
#include "report/run_info.h"

namespace report {

/// `previous` is what the file held before, and may be anything: the times at which resources last
/// succeeded are carried over from it, except for resources that the manifests no longer declare.
[[nodiscard]] std::string to_prometheus(const RunInfo& info, const reconcile::RunOutcome& outcome,
                                        std::string_view previous);

}  // namespace report
