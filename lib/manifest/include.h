// Decodes `include` blocks: where manifests lie that the command line does not name, and what
// brings them there. They are read and decoded by others; nothing here looks into the directory.
#pragma once

#include <span>
#include <vector>

#include "manifest/decode_context.h"
#include "manifest/document.h"
#include "manifest/manifest.h"

namespace manifest {

struct DecodedIncludes {
  /// In declaration order. What could not be decoded is empty.
  std::vector<Include> includes;
  /// False where something that one of them says has no value: then a mistake elsewhere, in a local
  /// or a variable, is the reason, or one that has been reported.
  bool is_known = true;
};

/// Those of the manifests that were named themselves; one in an included manifest is an error.
[[nodiscard]] DecodedIncludes decode_includes(const std::vector<Document>& documents,
                                              const DecodeContext& context);

/// Reports directories that are to come from two repositories, of which an include names one.
void check_directories(std::span<const Include> includes, std::span<const Resource> resources,
                       diagnostic::Diagnostics& diagnostics);

}  // namespace manifest
