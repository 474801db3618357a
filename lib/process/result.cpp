#include "process/result.h"

#include <signal.h>
#include <string.h>

#include <algorithm>
#include <system_error>

#include "text/duration.h"
#include "text/quote.h"

namespace process {
namespace {

std::string describe_ending(const Exited& exited) {
  return "exited with status " + std::to_string(exited.code);
}

std::string describe_ending(const Signalled& signalled) {
  const char* name = sigabbrev_np(signalled.signal);
  return "was killed by signal " + std::to_string(signalled.signal) +
         (name != nullptr ? std::string(" (SIG") + name + ")" : "");
}

std::string describe_ending(const NotStarted& failure) {
  const std::string reason = std::generic_category().message(failure.error);
  if (failure.operation == "chdir") {
    return "could not be started: cannot enter " + failure.path + ": " + reason;
  }
  if (failure.operation == "posix_spawn") {
    return "could not be started: " + (failure.path.empty() ? "" : failure.path + ": ") + reason;
  }
  return "could not be started: " + failure.operation + ": " + reason;
}

std::string describe(const Survivors& survivors) {
  constexpr std::size_t most = 3;
  if (survivors.unseen) {
    return "; what it may have left behind cannot be seen, for /proc cannot be read";
  }
  if (survivors.is_forking) {
    return "; could not end a process that keeps forking";
  }
  std::string list;
  for (std::size_t i = 0; i < std::min(most, survivors.processes.size()); ++i) {
    list += (i == 0 ? "" : ", ") + text::neutralised(survivors.processes[i]);
  }
  if (survivors.processes.size() > most) {
    list += " and " + std::to_string(survivors.processes.size() - most) + " more";
  }
  return list.empty() ? "" : "; could not end process " + list;
}

std::string describe_ending(const TimedOut& timed_out) {
  return "ran past its deadline of " + text::format_duration(timed_out.deadline) +
         describe(timed_out.survivors);
}

std::string describe_ending(const Cancelled& cancelled) {
  return "was stopped by " + signal_name(cancelled.signal) + describe(cancelled.survivors);
}

}  // namespace

bool succeeded(const Ending& ending) {
  const auto* exited = std::get_if<Exited>(&ending);
  return exited != nullptr && exited->code == 0;
}

std::string describe(const Ending& ending) {
  return std::visit([](const auto& kind) { return describe_ending(kind); }, ending);
}

std::string signal_name(int signal) {
  if (signal == SIGALRM) {
    return "the deadline of the run";
  }
  const char* name = sigabbrev_np(signal);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

}  // namespace process
