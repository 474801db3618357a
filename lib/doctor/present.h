// Findings as people and programs read them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "doctor/finding.h"

namespace doctor {

struct Style {
  /// Columns for the names of resources: as wide as the widest.
  std::size_t name_width = 0;
  bool colour = false;
};

/// "fail  deploy  tasks      task …" as a line, below it what a program printed. Foreign text is
/// made harmless.
[[nodiscard]] std::string finding_line(const Finding& finding, const Style& style);

/// What stands in place of a resource's name where the whole host is meant.
inline constexpr std::string_view host_name = "host";

/// "9 checks: 7 ok, 1 warn, 1 fail" as a line.
[[nodiscard]] std::string totals_line(const Findings& findings);

/// One document.
[[nodiscard]] std::string to_json(const Findings& findings, std::string_view version,
                                  int exit_code);

}  // namespace doctor
