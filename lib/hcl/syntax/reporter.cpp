#include "hcl/syntax/reporter.h"

#include <algorithm>
#include <utility>

namespace hcl::syntax {

void Reporter::report(Kind kind, diagnostic::Range range, std::string summary, std::string detail,
                      std::vector<diagnostic::Note> notes) {
  if (muted_ || closed_) {
    return;
  }
  diagnostics_.push_back({.kind = name(kind),
                          .summary = std::move(summary),
                          .detail = std::move(detail),
                          .file = &source_,
                          .range = range,
                          .notes = std::move(notes)});
  if (diagnostics_.size() == max_errors) {
    diagnostics_.push_back({.kind = name(Kind::too_many_errors),
                            .summary = "too many errors",
                            .detail = "the rest of the file was not read",
                            .file = &source_,
                            .range = range,
                            .notes = {}});
    closed_ = true;
  }
}

bool Reporter::has_reported(Kind kind) const {
  return std::ranges::any_of(diagnostics_,
                             [kind](const auto& each) { return each.kind == name(kind); });
}

}  // namespace hcl::syntax
