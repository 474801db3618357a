// The host that manifests are decoded for: its name and labels, from its `host` block and the
// command line.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/value/value.h"
#include "manifest/decode_context.h"
#include "manifest/document.h"
#include "manifest/manifest.h"

namespace manifest {

/// Reads the `host` blocks; of several the first counts. `labels`, "NAME=VALUE" each, count more
/// than those of the block, and later ones more than earlier ones.
[[nodiscard]] Host decode_host(const std::vector<Document>& documents, const DecodeContext& context,
                               std::span<const std::string> labels);

/// What expressions know as `host`.
[[nodiscard]] hcl::Value value_of(const Host& host);

/// Whether all pairs of `selector` are among `labels`.
[[nodiscard]] bool matches(const Labels& selector, const Labels& labels);

}  // namespace manifest
