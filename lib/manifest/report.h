// Makes the diagnostics of this library.
#pragma once

#include <string>

#include "diagnostic/diagnostic.h"
#include "manifest/kinds.h"

namespace manifest {

/// Where something stands.
struct Place {
  const diagnostic::SourceFile* file = nullptr;
  diagnostic::Range range;
};

/// Adds an error. The result is good for adding a note, until the next call.
diagnostic::Diagnostic& report(diagnostic::Diagnostics& diagnostics, Kind kind, Place place,
                               std::string summary, std::string detail);

void add_note(diagnostic::Diagnostic& diagnostic, Place place, std::string message);

}  // namespace manifest
