// The functions that every configuration may call: Terraform's, under its names and with its
// results, as far as they depend on nothing but their arguments. host.h has those that look at
// the host.
#pragma once

#include "hcl/value/function.h"

namespace hcl {

[[nodiscard]] Functions standard_functions();

}  // namespace hcl
