// Decodes texts and writes manifests compactly, for tests to compare.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/decode.h"

namespace manifest {

using Variables = std::map<std::string, std::string, std::less<>>;

/// One source, in the directory /etc/fluke, for each part of `text` that begins with a line
/// `## NAME`; what stands before the first such line is "site.hcl".
[[nodiscard]] std::vector<Source> split_sources(std::string_view text);

[[nodiscard]] DecodeResult decode_with(const std::vector<Source>& sources,
                                       const Variables& variables);

/// A line for each resource: its name, its directory, and all that is not the default.
[[nodiscard]] std::string dump(const Manifest& manifest);

/// The dump of what `text` means, or its diagnostics where there are any.
[[nodiscard]] std::string decoded(std::string_view text, const Variables& variables = {});

}  // namespace manifest
