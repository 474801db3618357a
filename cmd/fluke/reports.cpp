#include "fluke/reports.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "file/contents.h"
#include "fluke/documents.h"
#include "fluke/report_file.h"
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

}  // namespace

Reports::Reports(const Options& options, const manifest::Manifest* manifest,
                 const diagnostic::Diagnostics& diagnostics, Console& console)
    : options_(options), diagnostics_(diagnostics), console_(console), info_(run_info(options)) {
  info_.manifest = manifest;
  if (options.format == Format::jsonl) {
    event_reporters_.emplace_back([this](std::string_view text) {
      console_.out.write(options_.on_github ? report::json_without_workflow_commands(text) : text);
    });
  }
  for (const ReportFile& report : options.reports) {
    if (report.kind == ReportKind::jsonl) {
      StreamFile& file = event_files_.emplace_back(report.path, StreamFile::Start::empty);
      event_reporters_.emplace_back([&file](std::string_view text) { file.write(text); });
    }
  }
  for (report::EventReporter& reporter : event_reporters_) {
    reporter.run_started(info_);
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

End Reports::finish(End end, const reconcile::RunOutcome& outcome) {
  info_.exit_code = end.signal ? 128 + *end.signal : static_cast<int>(end.code);
  write_to_console(outcome);
  write_files(outcome);
  for (report::EventReporter& reporter : event_reporters_) {
    reporter.run_finished(info_, outcome);
  }
  for (StreamFile& file : event_files_) {
    complain_of(file.finish());
  }
  if (!all_written_) {
    end.code = spoiled(end.code);
  }
  return end;
}

void Reports::write_to_console(const reconcile::RunOutcome& outcome) {
  if (options_.format == Format::json) {
    const std::string document = report::to_json(info_, outcome, diagnostics_);
    console_.out.write(options_.on_github ? report::json_without_workflow_commands(document)
                                          : document);
  }
  if (options_.github) {
    console_.err.write_commands(report::github_annotations(outcome, diagnostics_, workspace()));
    write_step_summary(outcome);
  }
}

void Reports::write_step_summary(const reconcile::RunOutcome& outcome) {
  const std::string file = variable("GITHUB_STEP_SUMMARY");
  if (file.empty()) {
    return;
  }
  StreamFile page(file, StreamFile::Start::at_its_end);
  page.write(report::github_step_summary(info_, outcome, diagnostics_));
  complain_of(page.finish());
}

void Reports::write_files(const reconcile::RunOutcome& outcome) {
  for (const ReportFile& file : options_.reports) {
    if (file.kind != ReportKind::jsonl) {
      complain_of(write_report(file.path, make(file, outcome)));
    }
  }
}

std::string Reports::make(const ReportFile& file, const reconcile::RunOutcome& outcome) const {
  switch (file.kind) {
    case ReportKind::json:
      return report::to_json(info_, outcome, diagnostics_);
    case ReportKind::junit:
      return report::to_junit(info_, outcome, diagnostics_);
    case ReportKind::prometheus:
      return report::to_prometheus(info_, outcome,
                                   file::read_regular(file.path, largest_former).value_or(""));
    case ReportKind::html:
      return report::to_html(info_, outcome, diagnostics_);
    case ReportKind::jsonl:
    case ReportKind::github:
      break;
  }
  return "";
}

void Reports::complain_of(const tl::expected<void, std::string>& written) {
  if (!written) {
    console_.complain(written.error());
    all_written_ = false;
  }
}

}  // namespace fluke
