// The report for programs: one JSON document about a whole run.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "reconcile/outcome.h"

namespace report {

/// What the document says besides the outcomes.
struct RunInfo {
  std::string version;
  /// "run" or "check".
  std::string command;
  /// As they were named.
  std::vector<std::string> manifests;
  int exit_code = 0;
};

/// The document, ended with a newline. Keys are stable; "schema" is raised on any incompatible
/// change. Bytes of child output that are not UTF-8 are replaced by U+FFFD.
[[nodiscard]] std::string to_json(const RunInfo& info, const reconcile::RunOutcome& outcome,
                                  const diagnostic::Diagnostics& diagnostics);

}  // namespace report
