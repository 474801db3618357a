// Runs as data, for the golden files of the reports: always the same, to the millisecond.
#pragma once

#include <memory>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "reconcile/outcome.h"
#include "report/run_info.h"

namespace report {

struct SampleRun {
  RunInfo info;
  reconcile::RunOutcome outcome;
  diagnostic::Diagnostics diagnostics;
  /// What the diagnostics point into.
  std::unique_ptr<diagnostic::SourceFile> file;
};

/// "everything": one resource of each outcome, and failures of several kinds. "check": drift.
/// "interrupted": ended by SIGTERM. "hostile": texts that mean something to whoever reads a report.
/// "invalid": ended before its first resource. "nothing": no resource at all.
/// "includes": a resource, and includes of each kind. The name may end in a
/// newline.
[[nodiscard]] SampleRun sample_run(std::string_view name);

}  // namespace report
