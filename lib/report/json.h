// The report for programs: one JSON document about a whole run.
#pragma once

#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "reconcile/outcome.h"

namespace report {

/// What the document says besides the outcomes.
struct RunInfo {
  std::string version;
  /// The subcommand; empty (null in the document) where the command line names none.
  std::string command;
  /// As they were named.
  std::vector<std::string> manifests;
  int exit_code = 0;
};

/// The document, indented by two and ended with a newline. Keys are stable; "schema" is raised on
/// any incompatible change. What is absent is null. Bytes that are not UTF-8, as a child may print
/// them, are replaced by U+FFFD.
[[nodiscard]] std::string to_json(const RunInfo& info, const reconcile::RunOutcome& outcome,
                                  const diagnostic::Diagnostics& diagnostics);

}  // namespace report
