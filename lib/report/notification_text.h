// What somebody is told who is notified of a run, in a few lines of plain text.
#pragma once

#include <span>
#include <string>

#include "diagnostic/diagnostic.h"
#include "reconcile/outcome.h"

namespace report {

/// The line of each resource that has one of the outcomes `on`, and the totals; or what is wrong
/// with the manifests, where that kept the run from its resources. At most twenty lines of either,
/// each cut to 500 bytes, so that it fits into a variable of the environment. No final line end.
[[nodiscard]] std::string notification_text(const reconcile::RunOutcome& outcome,
                                            const diagnostic::Diagnostics& diagnostics,
                                            std::span<const std::string> on);

}  // namespace report
