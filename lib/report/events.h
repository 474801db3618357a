// The report for programs that follow a run: one JSON object a line for each thing that happens, at
// the moment when it happens.
#pragma once

#include <chrono>
#include <functional>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "reconcile/observer.h"
#include "report/json_parts.h"
#include "report/run_info.h"
#include "report/text.h"

namespace report {

/// What time it is; a test has its own.
using Now = std::function<std::chrono::system_clock::time_point()>;

/// Each event has the members "event", its name, and "time". What belongs to a resource names it in
/// "resource", and what belongs to an include in "include". An event is written whole, with its
/// line end, in one call of `out`.
class EventReporter : public reconcile::Observer {
 public:
  explicit EventReporter(Write out, Now now = std::chrono::system_clock::now);

  /// The first event and the last one, which only the program knows of.
  void run_started(const RunInfo& info);
  void run_finished(const RunInfo& info, const reconcile::RunOutcome& outcome);

  void diagnostics(const diagnostic::Diagnostics& diagnostics);

  void include_started(const manifest::Include& include) override;
  void include_ended(const reconcile::ResourceOutcome& outcome) override;
  void resource_started(const manifest::Resource& resource) override;
  void phase_started(const manifest::Resource& resource, reconcile::Phase phase) override;
  void output_lines(const manifest::Resource& resource, reconcile::Phase phase,
                    std::string_view lines) override;
  void phase_ended(const manifest::Resource& resource, reconcile::Phase phase) override;
  void resource_ended(const reconcile::ResourceOutcome& outcome) override;

 private:
  void write(std::string_view event, const Json& members);

  Write out_;
  Now now_;
};

}  // namespace report
