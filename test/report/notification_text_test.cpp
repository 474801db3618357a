#include "report/notification_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "report/sample_run.h"

namespace report {
namespace {

using Words = std::vector<std::string>;

reconcile::RunOutcome failures(std::size_t count, const std::string& reason) {
  reconcile::RunOutcome run;
  for (std::size_t i = 0; i < count; ++i) {
    reconcile::ResourceOutcome& resource = run.resources.emplace_back();
    resource.name = "site" + std::to_string(i);
    resource.reason = reason;
    resource.phase = reconcile::Phase::apply;
  }
  return run;
}

TEST(NotificationText, ListsWhatHasOneOfTheOutcomesAndThenTheTotals) {
  const SampleRun run = sample_run("interrupted");
  EXPECT_EQ(notification_text(run.outcome, run.diagnostics, Words{"failed"}),
            "deploy  failed     apply: interrupted by SIGTERM during apply\n"
            "2 resources: 1 failed, 1 skipped in 0.93s");
  EXPECT_EQ(notification_text(run.outcome, run.diagnostics, Words{"applied"}),
            "2 resources: 1 failed, 1 skipped in 0.93s");
}

TEST(NotificationText, SaysWhatIsWrongWithTheManifests) {
  const SampleRun run = sample_run("invalid");
  EXPECT_TRUE(notification_text(run.outcome, run.diagnostics, Words{"failed"})
                  .ends_with("\nnothing was run"));
}

TEST(NotificationText, FitsIntoAVariable) {
  const std::string text =
      notification_text(failures(1000, std::string(100000, 'x')), {}, Words{"failed"});
  EXPECT_EQ(std::ranges::count(text, '\n'), 21);
  EXPECT_NE(text.find("…\nand 980 more\n1000 resources: 1000 failed"), std::string::npos);
  EXPECT_LT(text.size(), 11000U);
}

TEST(NotificationText, CutsNoCharacterInHalf) {
  std::string reason;
  for (int i = 0; i < 1000; ++i) {
    reason += "ä";
  }
  for (const std::string_view before : {"", "x"}) {
    const std::string text =
        notification_text(failures(1, std::string(before) + reason), {}, Words{"failed"});
    EXPECT_NE(text.find("ä…\n"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace report
