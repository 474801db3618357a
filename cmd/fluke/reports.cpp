#include "fluke/reports.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "file/contents.h"
#include "fluke/build_info.h"
#include "report/github.h"
#include "report/html.h"
#include "report/json.h"
#include "report/junit.h"
#include "report/prometheus.h"
#include "report/workflow_commands.h"

namespace fluke {
namespace {

/// In bytes: enough for the metrics of a hundred thousand resources.
constexpr std::size_t largest_former = std::size_t{64} << 20U;

/// The value of a variable; empty if it is not set.
std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

report::Workspace workspace() {
  std::error_code ignored;
  return {.current_directory = std::filesystem::current_path(ignored),
          .root = variable("GITHUB_WORKSPACE")};
}

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

Reports::Reports(const Invocation& invocation, const Inputs& inputs, const OutputOptions& output,
                 Console& console)
    : invocation_(invocation),
      output_(output),
      console_(console),
      info_{.version = std::string(build_info().version),
            .command = std::string(invocation.command),
            .manifests = inputs.manifests} {
  if (output.format != Format::text || !output.reports.empty()) {
    info_.host = host_name();
    info_.user = user_name();
  }
  if (output.format == Format::jsonl) {
    event_reporters_.emplace_back([this](std::string_view text) {
      console_.out.write(invocation_.on_github ? report::json_without_workflow_commands(text)
                                               : text);
    });
  }
  for (const ReportFile& report : output.reports) {
    if (report.kind == ReportKind::jsonl) {
      StreamFile& file = event_files_.emplace_back(report.path, StreamFile::Mode::truncate);
      event_reporters_.emplace_back([&file](std::string_view text) { file.write(text); });
    }
  }
  for (report::EventReporter& reporter : event_reporters_) {
    reporter.run_started(info_);
  }
}

void Reports::set_manifest(const manifest::Manifest* manifest,
                           const diagnostic::Diagnostics& diagnostics) {
  info_.manifest = manifest;
  diagnostics_ = &diagnostics;
  for (report::EventReporter& reporter : event_reporters_) {
    reporter.diagnostics(diagnostics);
  }
}

std::vector<reconcile::Observer*> Reports::observers() {
  std::vector<reconcile::Observer*> observers;
  for (report::EventReporter& reporter : event_reporters_) {
    observers.push_back(&reporter);
  }
  return observers;
}

std::string Reports::json_document(const ExitRequest& end,
                                   const diagnostic::Diagnostics& diagnostics,
                                   const reconcile::RunOutcome& outcome) const {
  report::RunInfo info = info_;
  info.host = host_name();
  info.user = user_name();
  info.exit_code = status_of(end);
  return report::to_json(info, outcome, diagnostics);
}

ExitRequest Reports::finish(ExitRequest end, const reconcile::RunOutcome& outcome) {
  info_.exit_code = status_of(end);
  write_to_console(outcome);
  write_files(outcome);
  for (report::EventReporter& reporter : event_reporters_) {
    reporter.run_finished(info_, outcome);
  }
  for (StreamFile& file : event_files_) {
    complain_of(file.finish());
  }
  if (!all_written_) {
    end.code = worse(end.code, ExitCode::report_not_written);
  }
  return end;
}

void Reports::write_to_console(const reconcile::RunOutcome& outcome) {
  if (output_.format == Format::json) {
    const std::string document = report::to_json(info_, outcome, *diagnostics_);
    console_.out.write(invocation_.on_github ? report::json_without_workflow_commands(document)
                                             : document);
  }
  if (invocation_.github) {
    console_.err.write_commands(report::github_annotations(outcome, *diagnostics_, workspace()));
    write_step_summary(outcome);
  }
}

void Reports::write_step_summary(const reconcile::RunOutcome& outcome) {
  const std::string file = variable("GITHUB_STEP_SUMMARY");
  if (file.empty()) {
    return;
  }
  StreamFile page(file, StreamFile::Mode::append);
  page.write(report::github_step_summary(info_, outcome, *diagnostics_));
  complain_of(page.finish());
}

void Reports::write_files(const reconcile::RunOutcome& outcome) {
  for (const ReportFile& file : output_.reports) {
    if (file.kind != ReportKind::jsonl) {
      complain_of(write_report(file.path, make(file, outcome)));
    }
  }
}

std::string Reports::make(const ReportFile& file, const reconcile::RunOutcome& outcome) const {
  switch (file.kind) {
    case ReportKind::json:
      return report::to_json(info_, outcome, *diagnostics_);
    case ReportKind::junit:
      return report::to_junit(info_, outcome, *diagnostics_);
    case ReportKind::prometheus:
      return report::to_prometheus(info_, outcome,
                                   file::read_regular(file.path, largest_former).value_or(""));
    case ReportKind::html:
      return report::to_html(info_, outcome, *diagnostics_);
    case ReportKind::jsonl:
    case ReportKind::github:
      break;
  }
  return "";
}

void Reports::complain_of(const tl::expected<void, Failure>& written) {
  if (!written) {
    console_.complain(written.error().message);
    all_written_ = false;
  }
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

reconcile::RunOutcome nothing_happened() {
  return {.resources = {}, .started_at = std::chrono::system_clock::now()};
}

std::string usage_error_document(const UsageError& error) {
  const report::RunInfo info{.version = std::string(build_info().version),
                             .host = host_name(),
                             .user = user_name(),
                             .exit_code = static_cast<int>(ExitCode::usage)};
  const diagnostic::Diagnostics diagnostics = {{.kind = "usage", .summary = error.message}};
  std::string document;
  if (error.format == Format::json) {
    document = report::to_json(info, nothing_happened(), diagnostics);
  } else if (error.format == Format::jsonl) {
    report::EventReporter events([&](std::string_view text) { document += text; });
    events.run_started(info);
    events.diagnostics(diagnostics);
    events.run_finished(info, nothing_happened());
  }
  return document;
}

}  // namespace fluke
