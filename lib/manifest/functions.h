// The functions that expressions in a manifest may call.
#pragma once

#include "hcl/evaluate/scope.h"
#include "manifest/decode.h"

namespace manifest {

/// `environment` outlives the result.
[[nodiscard]] hcl::Functions make_functions(const EnvironmentLookup& environment);

}  // namespace manifest
