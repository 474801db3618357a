#include "fluke/documents.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <sstream>

#include "fluke/version.h"
#include "report/events.h"
#include "report/json.h"

namespace fluke {
namespace {

/// The user as whom fluke runs, as /etc/passwd knows it: a static program cannot ask further. The
/// number where it has no name there.
std::string user_name() {
  std::string id = std::to_string(::geteuid());
  std::ifstream users("/etc/passwd");
  for (std::string line; std::getline(users, line);) {
    std::istringstream fields(line);
    std::string name;
    std::string password;
    std::string number;
    std::getline(std::getline(std::getline(fields, name, ':'), password, ':'), number, ':');
    if (number == id) {
      return name;
    }
  }
  return id;
}

}  // namespace

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

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
  report::RunInfo info{.version = std::string(version),
                       .command = std::string(name_of(options.subcommand)),
                       .manifests = options.manifests};
  if (options.format != Format::text || !options.reports.empty()) {
    info.host = host_name();
    info.user = user_name();
  }
  return info;
}

reconcile::RunOutcome nothing_happened() {
  return {.resources = {}, .started_at = std::chrono::system_clock::now()};
}

std::string usage_error_document(std::string_view message, Format format) {
  const report::RunInfo info{.version = std::string(version),
                             .host = host_name(),
                             .user = user_name(),
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
