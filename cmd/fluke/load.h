// Reads and decodes the manifests of a command line.
#pragma once

#include <optional>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "fluke/exit_code.h"
#include "fluke/options.h"
#include "manifest/given.h"
#include "manifest/manifest.h"
#include "manifest/masking.h"

namespace fluke {

/// The manifests and everything that the rest points into.
struct Loaded {
  std::vector<manifest::Source> sources;
  std::vector<manifest::Given> given;
  manifest::SourceFiles texts;
  manifest::Manifest manifest;
  diagnostic::Diagnostics diagnostics;
  /// What to exit with where they cannot be used.
  std::optional<ExitCode> failure;
};

[[nodiscard]] Loaded load(const Inputs& inputs, const Invocation& invocation);

}  // namespace fluke
