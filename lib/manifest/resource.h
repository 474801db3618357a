// Decodes one resource of a block: its attributes evaluated, converted and held to their rules.
// What concerns several resources is checked in relations.h.
#pragma once

#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "manifest/decode_context.h"
#include "manifest/dependencies.h"
#include "manifest/document.h"
#include "manifest/manifest.h"

namespace manifest {

/// What checks across resources are about.
struct Links {
  diagnostic::Range git_range;
  std::vector<Dependency> depends_on;
  /// Of a notify block: the outcomes that it waits for, and whether all that it says is known.
  std::vector<std::string> on;
  bool is_known = true;
};

struct DecodedResource {
  /// What could not be decoded is empty.
  Resource resource;
  Links links;
};

/// What `block` says of a directory, be it that of a resource or of an include: where it is, what
/// git brings there, and how long that may take.
[[nodiscard]] DecodedResource decode_checkout(const hcl::Block& block, std::string name,
                                              const Document& document,
                                              const DecodeContext& context);

/// The resource of that type that `block` declares under the name `name`, of several the one for
/// `context.each`.
[[nodiscard]] DecodedResource decode_resource(const hcl::Block& block, const ResourceType& type,
                                              std::string name, const Document& document,
                                              const DecodeContext& context);

}  // namespace manifest
