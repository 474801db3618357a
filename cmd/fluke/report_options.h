// Reads what --report says.
#pragma once

#include <string>
#include <vector>

#include "fluke/options.h"

namespace fluke {

/// Adds the reports that `words` ask for to `options`, and those that are chosen because of where
/// fluke runs; the message of the first word that is wrong, or an empty text.
[[nodiscard]] std::string read_reports(const std::vector<std::string>& words, Options& options);

/// Why one of the reports must not be written where it is to go: there is a manifest or a file of
/// values of this command line, or another report goes there, by this name or by another one. Empty
/// where all may be.
[[nodiscard]] std::string find_overwritten(const Options& options);

}  // namespace fluke
