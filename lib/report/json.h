// The report for programs: one JSON document about a whole run.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "reconcile/outcome.h"
#include "report/run_info.h"

namespace report {

/// What the program is, for `--version --format json`.
struct Version {
  std::string_view version;
  std::string_view commit;
  std::chrono::sys_seconds commit_time;
  std::string_view build_type;
};

[[nodiscard]] std::string to_json(const Version& version);

/// The document, indented by two and ended with a newline. Keys are stable; "schema" is raised on
/// any incompatible change. What is absent is null. Bytes that are not UTF-8, as a child may print
/// them, are replaced by U+FFFD.
[[nodiscard]] std::string to_json(const RunInfo& info, const reconcile::RunOutcome& outcome,
                                  const diagnostic::Diagnostics& diagnostics);

}  // namespace report
