// Reads what --report says.
#pragma once

#include <string>
#include <vector>

#include "fluke/options.h"

namespace fluke {

/// Adds the reports that `words` ask for to `options`, and those that are chosen because of where
/// fluke runs; the message of the first word that is wrong, or an empty text.
[[nodiscard]] std::string read_reports(const std::vector<std::string>& words, Options& options);

}  // namespace fluke
