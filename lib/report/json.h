// The report for programs: one JSON document about a whole run.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "reconcile/outcome.h"
#include "report/run_info.h"

namespace report {

/// What the program is and where it comes from.
struct BuildInfo {
  /// "0.1.0", that of the CMake project.
  std::string_view version;
  /// The full name of the commit, with "-dirty" behind it where files differed from it; "unknown"
  /// where the source was no checkout.
  std::string_view commit;
  /// When that commit was made; the epoch itself where nobody knows.
  std::chrono::sys_seconds commit_time;
  /// "Release", "Debug" …
  std::string_view build_type;
};

/// For `--version --format json`.
[[nodiscard]] std::string to_json(const BuildInfo& info);

/// The document, indented by two and ended with a newline. Keys are stable; "schema" is raised on
/// any incompatible change. What is absent is null. Bytes that are not UTF-8, as a child may print
/// them, are replaced by U+FFFD.
[[nodiscard]] std::string to_json(const RunInfo& info, const reconcile::RunOutcome& outcome,
                                  const diagnostic::Diagnostics& diagnostics);

}  // namespace report
