// The help texts, laid out for a terminal of any width.
#pragma once

#include <string>

#include "fluke/commands.h"

namespace fluke {

/// What fluke is, and its commands. Help is as wide as COLUMNS says, or else the terminal that
/// standard output is; 80 columns where neither says.
[[nodiscard]] std::string help_text();

/// A command's options in two columns, "-q,--quiet" and what it does, in a narrow terminal one
/// below the other; and examples.
[[nodiscard]] std::string help_text(const Command& command);

}  // namespace fluke
