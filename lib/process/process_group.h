// Looks for the living members of a process group.
#pragma once

#include <sys/types.h>

namespace process {

/// Whether a process of the group `group` is alive; a zombie is not. Where /proc cannot be read the
/// answer is yes, for that is the safe one.
[[nodiscard]] bool group_lives(pid_t group);

}  // namespace process
