// The report for CI systems: JUnit's XML, in the part of it that all of their readers agree on.
#pragma once

#include <string>

#include "diagnostic/diagnostic.h"
#include "reconcile/outcome.h"
#include "report/run_info.h"

namespace report {

/// One test suite with a test case a resource, ended with a newline: a drift or a failed command is
/// a failure, whatever kept fluke from running one is an error, and a resource that was not looked
/// at is skipped. A run that never began is one case, with its diagnostics as an error. What became
/// of notifications, if there were any, is a second suite.
[[nodiscard]] std::string to_junit(const RunInfo& info, const reconcile::RunOutcome& outcome,
                                   const diagnostic::Diagnostics& diagnostics);

}  // namespace report
