// The rules that hold between resources: each name once, no dependency that leads back to where it
// began, one directory never from two repositories. And the order in which they run.
#pragma once

#include "diagnostic/diagnostic.h"
#include "manifest/resource_block.h"

namespace manifest {

/// Checks all that is declared, fills in the `depends_on` of each resource, and puts the resources
/// into the order in which they run: of those that wait for no other any more, the one that was
/// declared first comes next. Then the blocks no longer say which resources are theirs.
/// `is_complete` is false where syntax errors may have hidden something.
void check_relations(Declarations& declared, bool is_complete,
                     diagnostic::Diagnostics& diagnostics);

}  // namespace manifest
