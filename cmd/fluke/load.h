// Reads and decodes the manifests of a command line.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "fluke/exit_code.h"
#include "manifest/manifest.h"

namespace fluke {

/// The manifests and everything that the rest points into.
struct Loaded {
  std::vector<manifest::Source> sources;
  manifest::Manifest manifest;
  diagnostic::Diagnostics diagnostics;
  /// What to exit with where they cannot be used.
  std::optional<ExitCode> failure;
};

[[nodiscard]] Loaded load(std::span<const std::string> arguments);

}  // namespace fluke
