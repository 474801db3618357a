#include "fluke/documents.h"

#include <chrono>

#include "fluke/version.h"
#include "report/events.h"
#include "report/json.h"

namespace fluke {

std::string_view name_of(Subcommand subcommand) {
  switch (subcommand) {
    case Subcommand::run:
      return "run";
    case Subcommand::check:
      return "check";
    case Subcommand::validate:
      return "validate";
    case Subcommand::list:
      return "list";
    case Subcommand::fmt:
      return "fmt";
    case Subcommand::doctor:
      return "doctor";
    case Subcommand::init:
      return "init";
    case Subcommand::completion:
      return "completion";
    case Subcommand::complete:
      return "complete";
  }
  return "";
}

report::RunInfo run_info(const Options& options) {
  return {.version = std::string(version),
          .command = std::string(name_of(options.subcommand)),
          .manifests = options.manifests};
}

reconcile::RunOutcome nothing_happened() {
  return {.resources = {}, .started_at = std::chrono::system_clock::now()};
}

std::string usage_error_document(std::string_view message, Format format) {
  const report::RunInfo info{.version = std::string(version),
                             .exit_code = static_cast<int>(ExitCode::usage)};
  const diagnostic::Diagnostics diagnostics = {{.kind = "usage", .summary = std::string(message)}};
  std::string document;
  if (format == Format::json) {
    document = report::to_json(info, nothing_happened(), diagnostics);
  } else if (format == Format::jsonl) {
    report::EventReporter events([&](std::string_view text) { document += text; });
    events.run_started(info);
    events.diagnostics(diagnostics);
    events.run_finished(info, nothing_happened());
  }
  return document;
}

}  // namespace fluke
