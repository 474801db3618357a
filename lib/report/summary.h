// The lines of the summary: what became of one resource, and of all of them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "reconcile/outcome.h"

namespace report {

/// How the lines of one run are laid out.
struct SummaryStyle {
  /// Columns for the names: as wide as the widest.
  std::size_t name_width = 0;
  bool colour = false;
};

/// How many columns the widest of `names` takes, made harmless as it is shown; at most half of
/// the `columns` of a terminal (0: none), so that a long name does not push the others aside.
[[nodiscard]] std::size_t name_width(std::span<const std::string_view> names, std::size_t columns);

/// One line: name, outcome, and then what explains it. Names and reasons are made harmless, for
/// they are foreign text.
[[nodiscard]] std::string resource_line(const reconcile::ResourceOutcome& outcome,
                                        const SummaryStyle& style);

/// "4 resources: 1 satisfied, 1 applied, 1 failed, 1 skipped in 3.3s" as a line.
[[nodiscard]] std::string totals_line(const reconcile::RunOutcome& outcome);

}  // namespace report
