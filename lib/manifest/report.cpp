#include "manifest/report.h"

#include <utility>

namespace manifest {

diagnostic::Diagnostic& report(diagnostic::Diagnostics& diagnostics, Kind kind, Place place,
                               std::string summary, std::string detail) {
  return diagnostics.emplace_back(diagnostic::Diagnostic{.severity = diagnostic::Severity::error,
                                                         .kind = name(kind),
                                                         .summary = std::move(summary),
                                                         .detail = std::move(detail),
                                                         .file = place.file,
                                                         .range = place.range,
                                                         .notes = {}});
}

void add_note(diagnostic::Diagnostic& diagnostic, Place place, std::string message) {
  diagnostic.notes.push_back(
      {.file = place.file, .range = place.range, .message = std::move(message)});
}

}  // namespace manifest
