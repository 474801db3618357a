#include "diagnostic/diagnostic.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>

namespace diagnostic {

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::error;
  });
}

void sort_by_place(Diagnostics& diagnostics) {
  std::unordered_map<const SourceFile*, std::size_t> order;
  for (const Diagnostic& diagnostic : diagnostics) {
    order.try_emplace(diagnostic.file, order.size());
  }
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&order](const Diagnostic& a, const Diagnostic& b) {
                     if (a.file != b.file) {
                       return order.at(a.file) < order.at(b.file);
                     }
                     return a.range.begin < b.range.begin;
                   });
}

}  // namespace diagnostic
