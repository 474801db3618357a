// The report for people: a line a resource and a summary on standard output, what tasks print on
// standard error.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/manifest.h"
#include "reconcile/observer.h"
#include "report/summary.h"

namespace report {

enum class Verbosity { quiet, normal, verbose };

/// How much a line matters to whoever reads only some of them, as in a journal.
enum class Priority {
  /// Something failed.
  error,
  /// Somebody may want to look: drift, a resource that was skipped.
  warning,
  info,
};

/// Takes text to be written as it is: always whole lines.
using Write = std::function<void(std::string_view text)>;

/// The same, with lines that all matter equally.
using WriteLines = std::function<void(std::string_view lines, Priority priority)>;

struct TextOptions {
  Verbosity verbosity = Verbosity::normal;
  bool colour_out = false;
  bool colour_err = false;
  /// Standard error is a terminal or a journal: what tasks print is neutralised there, but for
  /// colours where there are any.
  bool neutralised_err = false;
  /// Of the terminal that standard output is; 0 if it is none.
  std::size_t columns = 0;
  /// False leaves standard output to another reporter, such as JSON.
  bool summary = true;
};

/// Makes the lines that the manual calls the summary. Apply's output is passed on as it comes, each
/// line behind the resource's name; that of other phases only if they failed, or when verbose.
/// When quiet, only what changed or failed is printed, and nothing is passed on live.
class TextReporter : public reconcile::Observer {
 public:
  TextReporter(TextOptions options, WriteLines out, WriteLines err);

  /// The resources that are to come, before the first of them: their names decide how the lines are
  /// laid out, and those of the includes, which have been held back so far, follow.
  void expect(const std::vector<const manifest::Resource*>& resources);

  void include_ended(const reconcile::ResourceOutcome& outcome) override;

  void phase_started(const manifest::Resource& resource, reconcile::Phase phase) override;
  void output_lines(const manifest::Resource& resource, reconcile::Phase phase,
                    std::string_view lines) override;
  void resource_ended(const reconcile::ResourceOutcome& outcome) override;
  void run_ended(const reconcile::RunOutcome& outcome) override;

 private:
  void print_outcome(const reconcile::ResourceOutcome& outcome);
  [[nodiscard]] bool is_worth_printing(const reconcile::ResourceOutcome& outcome) const;
  void print_sources(const reconcile::ResourceOutcome& outcome);
  void print_output(const reconcile::ResourceOutcome& outcome);
  void print_notes(const reconcile::ResourceOutcome& outcome);
  void print_interruption(const reconcile::RunOutcome& outcome);
  /// Writes lines to standard error, each behind the resource's name, all at once.
  void print(std::string_view name, std::string_view lines, Priority priority = Priority::info);

  TextOptions options_;
  WriteLines out_;
  WriteLines err_;
  SummaryStyle style_;
  std::vector<reconcile::ResourceOutcome> includes_;
  /// Output of the phase that is running, or that ran last, has been passed on.
  bool passed_on_ = false;
  /// What print() writes: its memory is used again, which output without end is much faster with.
  std::string printed_;
};

}  // namespace report
