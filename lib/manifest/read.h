// Finds and reads the manifests that a command line names.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "manifest/manifest.h"

namespace manifest {

struct ReadResult {
  std::vector<Source> sources;
  /// One for each argument that cannot be read or holds no manifest; they have no place.
  diagnostic::Diagnostics diagnostics;
};

/// Reads each argument: a file, `-` (the descriptor 0, shown as "<stdin>", relative to the current
/// directory), or a directory: every `*.fluke.hcl` below it in path order, dot directories left
/// out, symbolic links to directories not followed. A file that is named twice is read once.
[[nodiscard]] ReadResult read(std::span<const std::string> arguments);

}  // namespace manifest
