// The report for GitHub Actions: annotations that show up beside the lines of a manifest, and the
// page that a job shows when it is over.
#pragma once

#include <filesystem>
#include <string>

#include "diagnostic/diagnostic.h"
#include "reconcile/outcome.h"
#include "report/run_info.h"

namespace report {

/// Where the files that annotations point to are, as the runner wants to know them.
struct Workspace {
  /// What the names of manifests are relative to.
  std::filesystem::path current_directory;
  /// GITHUB_WORKSPACE: what the files of annotations are relative to. May be empty.
  std::filesystem::path root;
};

/// A workflow command a line: an error for each failure, of a resource or a notification, and each
/// error in a manifest, a warning for each drift and each warning.
[[nodiscard]] std::string github_annotations(const reconcile::RunOutcome& outcome,
                                             const diagnostic::Diagnostics& diagnostics,
                                             const Workspace& workspace);

/// A table of the resources in Markdown, with the output of what failed folded below it. At most as
/// long as GitHub takes.
[[nodiscard]] std::string github_step_summary(const RunInfo& info,
                                              const reconcile::RunOutcome& outcome,
                                              const diagnostic::Diagnostics& diagnostics);

}  // namespace report
