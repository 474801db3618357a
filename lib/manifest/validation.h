// Holds the value of a variable to the `validation` blocks of its declaration.
#pragma once

#include "diagnostic/diagnostic.h"
#include "manifest/evaluator.h"
#include "manifest/report.h"
#include "manifest/variables.h"

namespace manifest {

/// Checks all rules of `variable`; what is wrong is reported at `place`, where its value was
/// written. `evaluator` sees the variables. A rule that cannot be evaluated is no reason to doubt
/// the value.
[[nodiscard]] bool is_valid(const Variable& variable, Place place, const Evaluator& evaluator,
                            diagnostic::Diagnostics& diagnostics);

}  // namespace manifest
