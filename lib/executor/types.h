// The one table of the types of resources.
#pragma once

#include "reconcile/executor.h"

namespace executor {

[[nodiscard]] reconcile::ResourceTypes types();

}  // namespace executor
