#include "fluke/entry_point.h"

#include <fmt/format.h>
#include <sys/prctl.h>

#include <csignal>
#include <exception>
#include <new>
#include <variant>

#include "fluke/command_line.h"
#include "fluke/commands.h"
#include "fluke/console.h"
#include "fluke/exit_code.h"
#include "fluke/reports.h"

namespace fluke {
namespace {

ExitRequest run(int argc, const char* const* argv, reconcile::ResourceTypes types,
                Console& console) {
  auto line = parse_command_line(argc, argv);
  if (!line) {
    console.complain(line.error().message);
    console.out.write(usage_error_document(line.error()));
    return {.code = ExitCode::usage};
  }
  line->invocation.types = types;
  if (line->invocation.on_github) {
    console.out.guard_against_workflow_commands();
    console.err.guard_against_workflow_commands();
  }
  return std::visit(
      [&](const auto& options) { return execute(options, line->invocation, console); },
      line->options);
}

/// Ends the process by `signal`, as its default action does: the caller sees what happened. SIGQUIT
/// leaves no core: the end was orderly, and secrets are in memory.
void end_by(int signal) {
  prctl(PR_SET_DUMPABLE, 0);
  std::signal(signal, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  sigprocmask(SIG_UNBLOCK, &only, nullptr);
  std::raise(signal);
}

}  // namespace

int run_program(int argc, const char* const* argv, reconcile::ResourceTypes types) {
  open_standard_streams();
  // A file that grows beyond RLIMIT_FSIZE is a failed write.
  std::signal(SIGXFSZ, SIG_IGN);
  Console console;
  ExitRequest end;
  try {
    end = run(argc, argv, types, console);
  } catch (const std::bad_alloc&) {
    console.complain("out of memory");
    return static_cast<int>(ExitCode::internal);
  } catch (const std::exception& error) {
    console.complain(fmt::format("internal error: {}; this is a bug in fluke", error.what()));
    return static_cast<int>(ExitCode::internal);
  }
  if (!console.finish()) {
    end.code = worse(end.code, ExitCode::report_not_written);
  }
  if (end.signal) {
    end_by(*end.signal);
  }
  return status_of(end);
}

}  // namespace fluke
