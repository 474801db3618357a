// `shell "NAME" { ... }`: a command for a shell, and another that says whether it has to run.
#pragma once

#include "reconcile/executor.h"

namespace shell {

[[nodiscard]] const reconcile::ResourceType& resource_type();

}  // namespace shell
