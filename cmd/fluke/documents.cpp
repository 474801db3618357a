#include "fluke/documents.h"

#include "fluke/version.h"
#include "reconcile/outcome.h"
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
    case Subcommand::completion:
      return "completion";
  }
  return "";
}

namespace {

std::string document(std::string_view command, const std::vector<std::string>& manifests,
                     ExitCode code, const diagnostic::Diagnostics& diagnostics) {
  const report::RunInfo info{.version = std::string(version),
                             .command = std::string(command),
                             .manifests = manifests,
                             .exit_code = static_cast<int>(code)};
  reconcile::RunOutcome nothing;
  nothing.started_at = std::chrono::system_clock::now();
  return report::to_json(info, nothing, diagnostics);
}

}  // namespace

std::string empty_document(const Options& options, ExitCode code,
                           const diagnostic::Diagnostics& diagnostics) {
  return document(name_of(options.subcommand), options.manifests, code, diagnostics);
}

std::string usage_error_document(std::string_view message) {
  return document("", {}, ExitCode::usage, {{.kind = "usage", .summary = std::string(message)}});
}

}  // namespace fluke
