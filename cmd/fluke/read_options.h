// Understands what was written on the command line: words to choices, durations, names and files.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "fluke/raw_options.h"

namespace fluke {

/// Reads what was written into `raw.options`, whose subcommand has been set; the message of the
/// first thing that is wrong, or an empty one.
[[nodiscard]] std::string read_options(const CLI::App& command, Raw& raw);

}  // namespace fluke
