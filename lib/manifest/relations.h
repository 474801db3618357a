// The rules that hold between resources: each name once, dependencies on earlier ones only, one
// directory never from two repositories.
#pragma once

#include <vector>

#include "diagnostic/diagnostic.h"
#include "manifest/resource.h"

namespace manifest {

/// Checks all resources, in declaration order, and fills in the `depends_on` of each.
/// `is_complete` is false where syntax errors may have hidden others.
void check_relations(std::vector<DecodedResource>& resources, bool is_complete,
                     diagnostic::Diagnostics& diagnostics);

}  // namespace manifest
