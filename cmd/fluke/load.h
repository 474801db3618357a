// Reads and decodes the manifests of a command line, in two stages: first those that it names,
// which may say by include blocks where others lie, then all of them together.
#pragma once

#include <optional>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "fluke/exit_code.h"
#include "fluke/options.h"
#include "manifest/given.h"
#include "manifest/manifest.h"
#include "manifest/masking.h"
#include "manifest/read.h"

namespace fluke {

/// The manifests and everything that the rest points into.
struct Loaded {
  std::vector<manifest::Source> sources;
  /// Something that an include names has not been read: it is not there yet.
  bool is_partial = false;
  std::vector<manifest::Given> given;
  /// Of the host, "NAME=VALUE" each.
  std::vector<std::string> labels;
  manifest::SourceFiles texts;
  manifest::Manifest manifest;
  diagnostic::Diagnostics diagnostics;
  /// What to exit with where they cannot be used.
  std::optional<ExitCode> failure;
};

/// The first stage: reads the manifests that are named. `manifest` then holds their includes, and
/// what is sensitive, but no resources; where they cannot be used, everything is decoded as far as
/// that goes, to say all that is wrong.
[[nodiscard]] Loaded read(const Inputs& inputs, const Invocation& invocation);

/// Adds what was read of an include.
void add(Loaded& loaded, manifest::ReadResult read);

/// The second stage: decodes all that has been read.
void decode(Loaded& loaded, const Invocation& invocation);

/// Adds the manifests of all includes, as they lie in their directories. Starts no process: what
/// git has still to bring is left out, with a warning.
void add_includes(Loaded& loaded);

/// Both stages, with add_includes() in between.
[[nodiscard]] Loaded load(const Inputs& inputs, const Invocation& invocation);

}  // namespace fluke
