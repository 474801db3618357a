// The rules that hold between resources: each name once, dependencies on earlier ones only, one
// directory never from two repositories.
#pragma once

#include <vector>

#include "diagnostic/diagnostic.h"
#include "manifest/resource_block.h"

namespace manifest {

/// Checks all blocks, in declaration order, and fills in the `depends_on` of each resource.
/// `is_complete` is false where syntax errors may have hidden others.
void check_relations(std::vector<DecodedBlock>& blocks, bool is_complete,
                     diagnostic::Diagnostics& diagnostics);

}  // namespace manifest
