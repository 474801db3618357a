// What this program is, as git and CMake knew it when it was built.
#pragma once

#include "report/json.h"

namespace fluke {

[[nodiscard]] report::BuildInfo build_info();

}  // namespace fluke
