// How a child ended and what it printed.
#pragma once

#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace process {

/// It ended by itself, with this status (0 to 255).
struct Exited {
  int code = 0;
};
/// Something other than fluke killed it.
struct Signalled {
  int signal = 0;
};
/// It was never started: `operation` names the step ("posix_spawn", "pipe2", "chdir"), `error` is
/// its errno, `path` the program or the working directory where that is what the step was about.
struct NotStarted {
  std::string operation = {};
  int error = 0;
  std::string path = {};
};
/// Who of a child's process tree survived even SIGKILL.
struct Survivors {
  /// "4711 (sudo)" each.
  std::vector<std::string> processes = {};
  /// /proc cannot be read: nobody knows.
  bool unseen = false;
  /// One that forks itself anew and ends, faster than it can be looked at.
  bool is_forking = false;
};
/// It ran past its deadline and was ended, with its whole process tree.
struct TimedOut {
  std::chrono::milliseconds deadline{0};
  /// It took SIGKILL to end it, or others in its tree.
  bool killed = false;
  Survivors survivors = {};
};
/// The runner was asked to stop (by this signal), and ended it with its whole process tree.
struct Cancelled {
  int signal = 0;
  /// It took SIGKILL to end it, or others in its tree.
  bool killed = false;
  Survivors survivors = {};
};

using Ending = std::variant<Exited, Signalled, NotStarted, TimedOut, Cancelled>;

/// Whether the child ended by itself with status 0.
[[nodiscard]] bool succeeded(const Ending& ending);

/// As a message says it, without a subject: "exited with status 3", "was killed by signal 9
/// (SIGKILL)", "could not be started: /opt/mise: No such file or directory", "ran past its deadline
/// of 5s", "was stopped by SIGINT", both followed by who could not be ended.
[[nodiscard]] std::string describe(const Ending& ending);

/// What asked fluke to stop: "SIGTERM"; "signal 34" for one without a name; "the deadline of the
/// run" for SIGALRM, see Cancellation.
[[nodiscard]] std::string signal_name(int signal);

struct Result {
  Ending ending;

  /// From the start to the end of the process, by the monotonic clock.
  std::chrono::nanoseconds duration{0};

  /// What was kept of the output: of both streams when they are merged, else of standard output.
  std::string output = {};

  /// Standard error, where the streams are separate.
  std::string error_output = {};

  /// More was printed than `output` holds.
  bool output_truncated = false;
};

}  // namespace process
