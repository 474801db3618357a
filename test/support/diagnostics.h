// Diagnostics as golden files hold them.
#pragma once

#include <string>

#include "diagnostic/diagnostic.h"

namespace support {

/// All of them rendered without colour, each below a line `# KIND`, with an empty line between two.
[[nodiscard]] std::string render_with_kinds(const diagnostic::Diagnostics& diagnostics);

}  // namespace support
