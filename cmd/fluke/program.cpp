#include "fluke/program.h"

#include <fmt/format.h>
#include <sys/prctl.h>

#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <utility>
#include <variant>

#include "fluke/commands.h"
#include "fluke/console.h"
#include "fluke/documents.h"
#include "fluke/exit_code.h"
#include "fluke/options.h"
#include "fluke/report_options.h"

namespace fluke {
namespace {

End usage_error(const UsageError& error, Console& console) {
  console.complain(error.message);
  console.out.write(usage_error_document(error.message, error.format));
  return {.code = ExitCode::usage};
}

End run_command(const Options& options, Console& console) {
  if (options.on_github) {
    console.out.guard_against_workflow_commands();
    console.err.guard_against_workflow_commands();
  }
  switch (options.subcommand) {
    case Subcommand::run:
    case Subcommand::check:
      return reconcile_command(options, console);
    case Subcommand::validate:
      return validate_command(options, console);
    case Subcommand::list:
      return list_command(options, console);
    case Subcommand::fmt:
      return fmt_command(options, console);
    case Subcommand::doctor:
      return doctor_command(options, console);
    case Subcommand::init:
      return init_command(options, console);
    case Subcommand::completion:
      return completion_command(options, console);
    case Subcommand::complete:
      return complete_command(options, console);
  }
  return {.code = ExitCode::internal};
}

End run(int argc, const char* const* argv, reconcile::ResourceTypes types, Console& console) {
  std::variant<Options, Text, UsageError> parsed = parse_options(argc, argv);
  if (Options* options = std::get_if<Options>(&parsed)) {
    options->types = types;
    if (std::string problem = find_overwritten(*options); !problem.empty()) {
      return usage_error({.message = std::move(problem), .format = options->format}, console);
    }
    return run_command(*options, console);
  }
  if (const Text* text = std::get_if<Text>(&parsed)) {
    console.out.write(text->text);
    return {};
  }
  return usage_error(std::get<UsageError>(parsed), console);
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
  End end;
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
    end.code = spoiled(end.code);
  }
  if (end.signal) {
    end_by(*end.signal);
    return 128 + *end.signal;
  }
  return static_cast<int>(end.code);
}

}  // namespace fluke
