// `systemd "NAME" { ... }`: a unit that is to run or not, now and after the next boot.
#pragma once

#include "reconcile/executor.h"

namespace systemd {

[[nodiscard]] const reconcile::ResourceType& resource_type();

}  // namespace systemd
