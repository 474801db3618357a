// Says which signal ended a run early.
#pragma once

#include <string>

namespace reconcile {

/// "interrupted by SIGINT"; `signal` is one that process::Cancellation takes note of.
[[nodiscard]] std::string describe_interruption(int signal);

}  // namespace reconcile
