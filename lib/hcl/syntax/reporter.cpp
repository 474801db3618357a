#include "hcl/syntax/reporter.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace hcl::syntax {

void Reporter::report(Kind kind, diagnostic::Range range, std::string summary, std::string detail,
                      std::vector<diagnostic::Note> notes) {
  if (muted_ || closed_) {
    return;
  }
  kinds_.insert(kind);
  if (!is_first_on_line(range.begin)) {
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

bool Reporter::is_first_on_line(std::uint32_t place) {
  const auto next = lines_.upper_bound(place);
  if (next != lines_.begin() && place <= std::prev(next)->second) {
    return false;
  }
  const std::string_view text = source_.text();
  const std::size_t begin = text.substr(0, place).rfind('\n');
  const std::size_t end = std::min(text.find('\n', place), text.size());
  lines_.emplace(begin == std::string_view::npos ? 0 : begin + 1, end);
  return true;
}

}  // namespace hcl::syntax
