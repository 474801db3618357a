// Says what is wrong with a block that stands for several resources: what is so in all of them is
// told once.
#pragma once

#include <span>
#include <string>

#include "diagnostic/diagnostic.h"
#include "manifest/report.h"

namespace manifest {

/// Adds `problems`, those of each instance, to `diagnostics`. One that not all instances have gets
/// a note at `for_each` with the name of the first that has it; `names` are those of the instances.
void report_once(std::span<diagnostic::Diagnostics> problems, std::span<const std::string> names,
                 Place for_each, diagnostic::Diagnostics& diagnostics);

}  // namespace manifest
