// The program from argv to exit status.
#pragma once

#include "executor/types.h"

namespace fluke {

/// Returns the exit status, or does not return: a run that a signal ended early ends by that
/// signal. Manifests may use `types`.
[[nodiscard]] int run_program(int argc, const char* const* argv,
                              reconcile::ResourceTypes types = executor::types());

}  // namespace fluke
