// The report for people who look rather than read: one page that needs nothing but itself, with a
// timeline of every resource's phases.
#pragma once

#include <string>

#include "diagnostic/diagnostic.h"
#include "reconcile/outcome.h"
#include "report/run_info.h"

namespace report {

/// A whole HTML document, without scripts and without anything from elsewhere.
[[nodiscard]] std::string to_html(const RunInfo& info, const reconcile::RunOutcome& outcome,
                                  const diagnostic::Diagnostics& diagnostics);

}  // namespace report
