// Tells whether the clock of the host can be right.
#pragma once

#include <chrono>

#include "doctor/finding.h"

namespace doctor {

/// `built` is when the source of this program was written: no clock that is right says much
/// less. The epoch itself means that nobody knows.
[[nodiscard]] Finding examine_clock(std::chrono::sys_seconds now, std::chrono::sys_seconds built);

}  // namespace doctor
