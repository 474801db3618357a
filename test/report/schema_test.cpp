#include "report/schema.h"

#include <gtest/gtest.h>
#include <signal.h>

#include "executor/mise/type.h"
#include "report/events.h"
#include "report/json.h"
#include "report/sample_run.h"

namespace report {
namespace {

/// Every sample, and a run whose commands ended in every way.
std::vector<SampleRun> runs() {
  std::vector<SampleRun> runs;
  for (const std::string_view name :
       {"everything", "check", "interrupted", "hostile", "invalid", "nothing", "includes"}) {
    runs.push_back(sample_run(name));
  }
  for (const process::Ending& ending :
       {process::Ending(process::Exited{127}), process::Ending(process::Signalled{SIGKILL}),
        process::Ending(process::NotStarted{}), process::Ending(process::TimedOut{}),
        process::Ending(process::Cancelled{SIGINT})}) {
    SampleRun& run = runs.emplace_back(sample_run("everything"));
    run.outcome.resources[0].check->ending = ending;
    run.outcome.resources[0].git->action.reset();
  }
  return runs;
}

TEST(Schema, DescribesEveryDocument) {
  std::vector<std::string> documents;
  for (const SampleRun& run : runs()) {
    documents.push_back(to_json(run.info, run.outcome, run.diagnostics));
  }
  expect_valid("", documents);
}

TEST(Schema, DescribesEveryEvent) {
  std::string events;
  EventReporter reporter([&](std::string_view text) { events += text; });
  manifest::Resource resource;
  resource.name = "deploy";
  resource.type = &mise::resource_type();
  manifest::Include include;
  include.checkout.name = "infra";
  for (const SampleRun& run : runs()) {
    reporter.run_started(run.info);
    reporter.diagnostics(run.diagnostics);
    reporter.include_started(include);
    reporter.phase_started(include.checkout, reconcile::Phase::sync);
    reporter.output_lines(include.checkout, reconcile::Phase::sync, "one\ntwo\n");
    reporter.phase_ended(include.checkout, reconcile::Phase::sync);
    for (const reconcile::ResourceOutcome& outcome : run.outcome.includes) {
      reporter.include_ended(outcome);
    }
    reporter.resource_started(resource);
    reporter.phase_started(resource, reconcile::Phase::sync);
    reporter.output_lines(resource, reconcile::Phase::sync, "one\ntwo\n");
    reporter.phase_ended(resource, reconcile::Phase::sync);
    for (const reconcile::ResourceOutcome& outcome : run.outcome.resources) {
      reporter.resource_ended(outcome);
    }
    reporter.run_finished(run.info, run.outcome);
  }
  expect_valid("event", {events});
}

}  // namespace
}  // namespace report
