#include "fluke/fail.h"

#include "diagnostic/render.h"
#include "fluke/documents.h"
#include "fluke/reports.h"

namespace fluke {
namespace {

End fail(const Options& options, ExitCode code, const diagnostic::Diagnostics& diagnostics,
         Console& console) {
  Reports reports(options, nullptr, diagnostics, console);
  return reports.finish({.code = code}, nothing_happened());
}

std::string_view kind_of(ExitCode code) {
  switch (code) {
    case ExitCode::usage:
      return "usage";
    case ExitCode::unavailable:
      return "program-missing";
    case ExitCode::unreadable_manifest:
      return "cannot-read";
    case ExitCode::report_not_written:
      return "cannot-write";
    default:
      return "failed";
  }
}

}  // namespace

End fail_to_load(const Options& options, const Loaded& loaded, Console& console) {
  print(loaded.diagnostics, options, console);
  return fail(options, loaded.failure.value_or(ExitCode::internal), loaded.diagnostics, console);
}

End fail_with(const Options& options, ExitCode code, const std::string& message, Console& console,
              std::string_view kind) {
  console.complain(message);
  return fail(options, code, {{.kind = kind.empty() ? kind_of(code) : kind, .summary = message}},
              console);
}

void print(const diagnostic::Diagnostics& diagnostics, const Options& options, Console& console) {
  const bool colour = use_colour(options.colour, console.err);
  console.err.write(
      diagnostic::render(diagnostics, colour ? diagnostic::Colour::on : diagnostic::Colour::off),
      diagnostic::has_errors(diagnostics) ? report::Urgency::error : report::Urgency::warning);
}

void print_warnings(const Loaded& loaded, const Options& options, Console& console) {
  if (!options.quiet) {
    print(loaded.diagnostics, options, console);
  }
}

}  // namespace fluke
