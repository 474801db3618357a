// Looks for, and signals, everyone in a session. A process group is not enough: an interactive
// shell and a mise that a task calls put what they start into groups of its own.
#pragma once

#include <sys/types.h>

namespace process {

/// Whether a process of the session that `leader` began is alive; a zombie is not. Where /proc
/// cannot be read the answer is yes, for that is the safe one.
[[nodiscard]] bool session_lives(pid_t leader);

/// Sends `signal` to the leader's process group and to everyone else in its session. The caller
/// has not reaped the leader, so that its number is nobody else's.
void signal_session(pid_t leader, int signal);

}  // namespace process
