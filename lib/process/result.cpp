#include "process/result.h"

#include <string.h>

#include <system_error>

#include "text/duration.h"

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

std::string describe_ending(const TimedOut& timed_out) {
  return "ran past its deadline of " + text::format_duration(timed_out.deadline);
}

std::string describe_ending(const Cancelled& cancelled) {
  return "was stopped by " + signal_name(cancelled.signal);
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
  const char* name = sigabbrev_np(signal);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

}  // namespace process
