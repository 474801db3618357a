// Decodes one `mise` block: its attributes evaluated, converted and held to their rules. What
// concerns several resources is checked in relations.h.
#pragma once

#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "manifest/document.h"
#include "manifest/evaluator.h"
#include "manifest/manifest.h"

namespace manifest {

/// What the decoding of one block needs besides the block.
struct DecodeContext {
  const Evaluator& evaluator;
  diagnostic::Diagnostics& diagnostics;
};

/// An entry of `depends_on`.
struct Dependency {
  std::string_view name;
  diagnostic::Range range;
};

/// A resource and the places that checks across resources point to.
struct DecodedResource {
  /// What could not be decoded is empty.
  Resource resource;
  diagnostic::Range name_range;
  diagnostic::Range git_range;
  std::vector<Dependency> depends_on;
};

[[nodiscard]] DecodedResource decode_resource(const hcl::Block& block, const Document& document,
                                              const DecodeContext& context);

}  // namespace manifest
