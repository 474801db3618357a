// Reads what a command line gives variables as values.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "manifest/given.h"

namespace manifest {

/// `--var NAME=VALUE` or `--var-file PATH`.
struct GivenArgument {
  bool is_file = false;
  /// NAME=VALUE or PATH.
  std::string text;
};

struct ReadGivenResult {
  std::vector<Given> given;
  /// One for each file that cannot be read; they have no place.
  diagnostic::Diagnostics diagnostics;
};

/// Reads each argument. A file whose name ends in ".json" holds JSON.
[[nodiscard]] ReadGivenResult read_given(std::span<const GivenArgument> arguments);

}  // namespace manifest
