// Decodes one `mise` block: the resource that it declares, or all of them where it has `for_each`.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "manifest/decode_context.h"
#include "manifest/document.h"
#include "manifest/resource.h"

namespace manifest {

struct DecodedBlock {
  /// Empty if there is no valid one.
  std::string_view name;
  const diagnostic::SourceFile* file = nullptr;
  diagnostic::Range name_range;
  /// Null where the block declares one resource of its own name.
  const hcl::Expression* for_each = nullptr;
  /// False where it could not be told which instances there are.
  bool is_expanded = true;
  /// In the order of their keys.
  std::vector<DecodedResource> resources;
  /// What the block says where it has no instance: to be checked, not to be run.
  std::optional<DecodedResource> pattern;
};

[[nodiscard]] DecodedBlock decode_resource_block(const hcl::Block& block, const Document& document,
                                                 const DecodeContext& context);

}  // namespace manifest
