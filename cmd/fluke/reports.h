// All the reports that one command line asks for: those that follow the run and those that are made
// when it is over, in files, on standard output, and for GitHub Actions.
#pragma once

#include <deque>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "fluke/console.h"
#include "fluke/exit_code.h"
#include "fluke/option_table.h"
#include "fluke/options.h"
#include "fluke/report_file.h"
#include "manifest/manifest.h"
#include "reconcile/observer.h"
#include "reconcile/outcome.h"
#include "report/events.h"
#include "report/run_info.h"

namespace fluke {

class Reports {
 public:
  /// Begins the reports that follow the run. Everything given outlives it.
  Reports(const Invocation& invocation, const Inputs& inputs, const OutputOptions& output,
          Console& console);
  Reports(const Reports&) = delete;
  Reports& operator=(const Reports&) = delete;

  /// Before finish(): what the manifests are, null where they cannot be used, and what there is to
  /// say about them. Both outlive it.
  void set_manifest(const manifest::Manifest* manifest, const diagnostic::Diagnostics& diagnostics);

  /// Those that want to hear the run.
  [[nodiscard]] std::vector<reconcile::Observer*> observers();

  /// The JSON document about a run that is to end with `end`, whatever reports are asked for.
  [[nodiscard]] std::string json_document(const ExitRequest& end,
                                          const diagnostic::Diagnostics& diagnostics,
                                          const reconcile::RunOutcome& outcome) const;

  /// Writes everything that is made from the whole run, which is to end with `end`. How it is to
  /// end after all: a report that cannot be written spoils a good run only.
  [[nodiscard]] ExitRequest finish(ExitRequest end, const reconcile::RunOutcome& outcome);

 private:
  void write_to_console(const reconcile::RunOutcome& outcome);
  void write_step_summary(const reconcile::RunOutcome& outcome);
  void write_files(const reconcile::RunOutcome& outcome);
  [[nodiscard]] std::string make(const ReportFile& file,
                                 const reconcile::RunOutcome& outcome) const;

  void complain_of(const tl::expected<void, Failure>& written);

  const Invocation& invocation_;
  const OutputOptions& output_;
  const diagnostic::Diagnostics* diagnostics_ = nullptr;
  Console& console_;
  report::RunInfo info_;
  /// The reporters point into the files.
  std::deque<StreamFile> event_files_;
  std::deque<report::EventReporter> event_reporters_;
  bool all_written_ = true;
};

/// Empty where the kernel does not tell.
[[nodiscard]] std::string host_name();

/// The outcome of a run that ended before its first resource.
[[nodiscard]] reconcile::RunOutcome nothing_happened();

/// What goes to standard output where the command line could not be understood; nothing where that
/// carries text.
[[nodiscard]] std::string usage_error_document(const UsageError& error);

}  // namespace fluke
