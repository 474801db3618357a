// Gives variables their values: finds the one that counts, reads it as the variable's type demands,
// and holds it to the variable's rules.
#pragma once

#include <span>

#include "diagnostic/diagnostic.h"
#include "manifest/decode.h"
#include "manifest/functions.h"
#include "manifest/given.h"
#include "manifest/masking.h"
#include "manifest/variables.h"

namespace manifest {

/// What is known about the world outside of the manifests.
struct Outside {
  /// The later one counts.
  std::span<const Given> given;
  /// FLUKE_VAR_NAME counts where nothing else gives a value.
  const EnvironmentLookup& environment;
  ResourceTypes types;
};

/// Sets the values of all variables. What diagnostics must not show is told to `masking`. The
/// result holds texts that diagnostics point into.
[[nodiscard]] SourceFiles resolve(Variables& variables, const Outside& outside,
                                  FunctionTable& functions, Masking& masking,
                                  diagnostic::Diagnostics& diagnostics);

}  // namespace manifest
