// The functions that expressions in a manifest may call.
#pragma once

#include <filesystem>

#include "hcl/value/function.h"
#include "manifest/decode.h"

namespace manifest {

/// HCL's standard functions, and those that look at this host. Relative paths start from
/// `directory`.
[[nodiscard]] hcl::Functions make_functions(const EnvironmentLookup& environment,
                                            const std::filesystem::path& directory);

}  // namespace manifest
