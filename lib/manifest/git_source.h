// Decodes a `git` block: which repository, what of it is followed, and whose signature it needs.
#pragma once

#include <optional>

#include "hcl/syntax/tree.h"
#include "manifest/decode_context.h"
#include "manifest/document.h"
#include "manifest/manifest.h"

namespace manifest {

/// Nothing, after a report, where it says less than it must.
[[nodiscard]] std::optional<GitSource> decode_git_source(const hcl::Block& block,
                                                         const Document& document,
                                                         const DecodeContext& context);

}  // namespace manifest
