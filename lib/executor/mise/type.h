// The type `mise`: a directory with two tasks that mise runs, one that checks and one that applies.
#pragma once

#include "reconcile/executor.h"

namespace mise {

[[nodiscard]] const reconcile::ResourceType& resource_type();

}  // namespace mise
