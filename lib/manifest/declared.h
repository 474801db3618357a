// The variables that manifests declare, as far as their text tells it: what can be offered to
// somebody who is still typing a command line. Nothing is evaluated.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "manifest/manifest.h"

namespace manifest {

struct DeclaredVariable {
  std::string name;
  /// Empty where there is none, or one that is no plain text.
  std::string description;
};

/// In order of declaration, each name once.
[[nodiscard]] std::vector<DeclaredVariable> declared_variables(std::span<const Source> sources);

}  // namespace manifest
