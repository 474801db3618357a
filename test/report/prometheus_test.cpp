#include "report/prometheus.h"

#include <gtest/gtest.h>

#include "report/last_success.h"
#include "report/sample_run.h"
#include "support/golden.h"

namespace report {
namespace {

/// The input is the name of a run, and behind it what the file held before.
std::string metrics_of(std::string_view input) {
  const SampleRun run = sample_run(input);
  return to_prometheus(run.info, run.outcome, input.substr(input.find('\n') + 1));
}

LastTimes read_last_success(std::string_view metrics) {
  return read_last_times(metrics, last_success_metric, "resource");
}

std::string dump(const LastTimes& times) {
  std::string text;
  for (const auto& [resource, time] : times) {
    text += resource + ' ' + std::to_string(static_cast<long long>(time)) + '\n';
  }
  return text;
}

TEST(Prometheus, TellsOutcomesDurationsAndTheLastSuccess) {
  support::check_golden("report/prometheus.txt", metrics_of);
}

TEST(Prometheus, ForgetsResourcesThatAreNoLongerDeclared) {
  SampleRun run = sample_run("nothing");
  manifest::Manifest manifest;
  manifest.resources.emplace_back().name = "kept";
  run.info.manifest = &manifest;
  const std::string text = to_prometheus(run.info, run.outcome, R"(
fluke_resource_last_success_timestamp_seconds{resource="kept"} 1000
fluke_resource_last_success_timestamp_seconds{resource="gone"} 1000
)");
  EXPECT_EQ(dump(read_last_success(text)), "kept 1000\n");
}

TEST(LastSuccess, IsReadBackAsItWasWritten) {
  SampleRun run = sample_run("nothing");
  for (const std::string name : {"plain", "a\"b", "back\\slash", "line\nend", "\\n", "}", "é"}) {
    run.outcome.resources.emplace_back().name = name;
    run.outcome.resources.back().outcome = reconcile::Outcome::satisfied;
  }
  const LastTimes times = read_last_success(to_prometheus(run.info, run.outcome, ""));
  for (const reconcile::ResourceOutcome& resource : run.outcome.resources) {
    ASSERT_TRUE(times.contains(resource.name)) << resource.name;
    EXPECT_NEAR(times.at(resource.name), 1767323046.0, 1.0);
  }
  EXPECT_EQ(times.size(), run.outcome.resources.size());
}

TEST(LastSuccess, PassesOverWhatIsNoSample) {
  EXPECT_EQ(dump(read_last_success(R"(
fluke_resource_last_success_timestamp_seconds
fluke_resource_last_success_timestamp_seconds 7
fluke_resource_last_success_timestamp_seconds{resource="open
fluke_resource_last_success_timestamp_seconds{resource="open\
fluke_resource_last_success_timestamp_seconds{resource="no value"}
fluke_resource_last_success_timestamp_seconds{resource="no number"} soon
fluke_resource_last_success_timestamp_seconds{resource="not finite"} NaN
fluke_resource_last_success_timestamp_seconds{resource="not finite"} +Inf
fluke_resource_last_success_timestamp_seconds{resource="not finite"} 1e999
fluke_resource_last_success_timestamp_seconds{resource="before time"} -5
fluke_resource_last_success_timestamp_seconds{resource="more"} 5 6
fluke_resource_last_success_timestamp_seconds{host="a",resource="labels"} 5
fluke_resource_last_success_timestamp_seconds_total{resource="other"} 5
# fluke_resource_last_success_timestamp_seconds{resource="comment"} 5
fluke_resource_last_success_timestamp_seconds{resource="exponent"} 1.767e9
fluke_resource_last_success_timestamp_seconds{resource="no line end"} 5)")),
            "exponent 1767000000\nno line end 5\n");
  EXPECT_EQ(dump(read_last_success(std::string("\0\xff{\"\n\\", 6))), "");
}

}  // namespace
}  // namespace report
