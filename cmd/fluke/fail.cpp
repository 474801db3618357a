#include "fluke/fail.h"

#include "diagnostic/render.h"
#include "fluke/documents.h"
#include "fluke/report_file.h"

namespace fluke {
namespace {

End fail(const Options& options, ExitCode code, const diagnostic::Diagnostics& diagnostics,
         Console& console) {
  const std::string document = empty_document(options, code, diagnostics);
  if (options.format == Format::json) {
    console.out.write(document);
  }
  for (const ReportFile& report : options.reports) {
    if (const auto written = write_report(report.path, document); !written) {
      console.complain(written.error());
    }
  }
  return {.code = code};
}

}  // namespace

End fail_to_load(const Options& options, const Loaded& loaded, Console& console) {
  print(loaded.diagnostics, options, console);
  return fail(options, loaded.failure.value_or(ExitCode::internal), loaded.diagnostics, console);
}

End fail_with(const Options& options, ExitCode code, const std::string& message, Console& console) {
  console.complain(message);
  return fail(options, code, {{.kind = "usage", .summary = message}}, console);
}

void print(const diagnostic::Diagnostics& diagnostics, const Options& options, Console& console) {
  const bool colour = use_colour(options.colour, console.err);
  console.err.write(
      diagnostic::render(diagnostics, colour ? diagnostic::Colour::on : diagnostic::Colour::off));
}

}  // namespace fluke
