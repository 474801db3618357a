// Reads `depends_on`: names of resources, which are no values and are never evaluated. What they
// name is looked for in relations.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "manifest/decode_context.h"
#include "manifest/document.h"

namespace manifest {

/// An entry of `depends_on`: `TYPE.NAME`, and all of its instances if it has several,
/// `TYPE.NAME["KEY"]`, or `task.NAME`, which is all that the task declares.
struct Dependency {
  std::string_view type;
  std::string_view block;
  std::optional<std::string> key;
  diagnostic::Range range;
};

[[nodiscard]] std::vector<Dependency> read_dependencies(const hcl::Block& block,
                                                        const Document& document,
                                                        const DecodeContext& context);

}  // namespace manifest
