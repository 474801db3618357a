// The rules that hold between resources: each name once, dependencies on earlier ones only, one
// directory never from two repositories.
#pragma once

#include "diagnostic/diagnostic.h"
#include "manifest/resource_block.h"

namespace manifest {

/// Checks all that is declared and fills in the `depends_on` of each resource. `is_complete` is
/// false where syntax errors may have hidden something.
void check_relations(Declarations& declared, bool is_complete,
                     diagnostic::Diagnostics& diagnostics);

}  // namespace manifest
