#include "report/events.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "executor/mise/type.h"
#include "report/sample_run.h"

namespace report {
namespace {

using namespace std::chrono_literals;
using reconcile::Phase;

/// What a reporter writes while `work` lets things happen, one second after the other.
template <typename Work>
std::string events_of(Work work) {
  std::string written;
  auto now = std::chrono::system_clock::time_point(std::chrono::sys_days(2026y / 1 / 2) + 999ms);
  EventReporter reporter([&](std::string_view text) { written += text; },
                         [&] { return now += 1s; });
  work(reporter);
  return written;
}

manifest::Resource resource() {
  manifest::Resource resource;
  resource.name = "deploy";
  resource.type = &mise::resource_type();
  return resource;
}

TEST(Events, TellARunFromItsBeginningToItsEnd) {
  EXPECT_EQ(
      events_of([](EventReporter& reporter) {
        const SampleRun run = sample_run("nothing");
        reporter.run_started(run.info);
        reporter.resource_started(resource());
        reporter.phase_started(resource(), Phase::check);
        reporter.output_lines(resource(), Phase::check, "no \"file\"\nagain\n");
        reporter.phase_ended(resource(), Phase::check);
        reporter.run_finished(run.info, run.outcome);
      }),
      R"({"event":"run_started","time":"2026-01-02T00:00:01.999Z","schema":1,"fluke":"0.1.0","command":"run","manifests":["deploy/site.hcl"],"host":"web1","user":"root"}
{"event":"resource_started","time":"2026-01-02T00:00:02.999Z","resource":"deploy"}
{"event":"phase_started","time":"2026-01-02T00:00:03.999Z","resource":"deploy","phase":"check"}
{"event":"output_line","time":"2026-01-02T00:00:04.999Z","resource":"deploy","phase":"check","line":"no \"file\""}
{"event":"output_line","time":"2026-01-02T00:00:05.999Z","resource":"deploy","phase":"check","line":"again"}
{"event":"phase_ended","time":"2026-01-02T00:00:06.999Z","resource":"deploy","phase":"check"}
{"event":"run_ended","time":"2026-01-02T00:00:07.999Z","exit_code":0,"duration_ms":12,"summary":{"total":0,"satisfied":0,"applied":0,"drifted":0,"failed":0,"skipped":0,"disabled":0}}
)");
}

TEST(Events, NameAnIncludeAsOne) {
  manifest::Include include;
  include.checkout.name = "infra";
  reconcile::ResourceOutcome outcome{.name = "infra", .type = "include"};
  const std::string text = events_of([&](EventReporter& reporter) {
    reporter.include_started(include);
    reporter.phase_started(include.checkout, Phase::sync);
    reporter.output_lines(include.checkout, Phase::sync, "Updating\n");
    reporter.include_ended(outcome);
  });
  EXPECT_EQ(text.substr(0, text.find("{\"event\":\"include_ended\"")),
            R"({"event":"include_started","time":"2026-01-02T00:00:01.999Z","include":"infra"}
{"event":"phase_started","time":"2026-01-02T00:00:02.999Z","include":"infra","phase":"sync"}
{"event":"output_line","time":"2026-01-02T00:00:03.999Z","include":"infra","phase":"sync","line":"Updating"}
)");
  const Json last = Json::parse(text.substr(text.find("{\"event\":\"include_ended\"")));
  EXPECT_EQ(last.at("include"), "infra");
  EXPECT_EQ(last.at("result"), include_as_json(outcome));
}

TEST(Events, TellOfAResourceWhatTheDocumentTells) {
  const std::string text = events_of([](EventReporter& reporter) {
    reporter.resource_ended(sample_run("everything").outcome.resources.front());
  });
  const Json event = Json::parse(text);
  EXPECT_EQ(event.at("event"), "resource_ended");
  EXPECT_EQ(event.at("resource"), "deploy");
  EXPECT_EQ(event.at("result"), resource_as_json(sample_run("everything").outcome.resources[0]));
}

TEST(Events, TellWhatIsWrongWithAManifest) {
  const std::string text = events_of(
      [](EventReporter& reporter) { reporter.diagnostics(sample_run("invalid").diagnostics); });
  const Json event = Json::parse(text.substr(0, text.find('\n')));
  EXPECT_EQ(event.at("event"), "diagnostic");
  EXPECT_EQ(event.at("diagnostic").at("range").at("start").at("line"), 2);
}

TEST(Events, AreOneLineEachWhateverAChildPrints) {
  const std::string text = events_of([](EventReporter& reporter) {
    reporter.output_lines(resource(), Phase::apply, "a\rb\x1b[31m\xff\n");
  });
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  EXPECT_EQ(Json::parse(text).at("line"), R"(a\x0db\xff)");
}

}  // namespace
}  // namespace report
