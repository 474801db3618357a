// The program from argv to exit status.
#pragma once

namespace fluke {

/// Returns the exit status, or does not return: a run that a signal ended early ends by that
/// signal.
[[nodiscard]] int run_program(int argc, const char* const* argv);

}  // namespace fluke
