// What `--version` prints.
#pragma once

#include <string>

namespace fluke {

/// "fluke 0.1.0 (4f2a91c0b77e, Release)" as a line.
[[nodiscard]] std::string version_text();

/// The same as one JSON document.
[[nodiscard]] std::string version_document();

}  // namespace fluke
