// --deadline: the limit of a run as a whole.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "e2e/host.h"
#include "report/schema.h"

namespace {

using e2e::Host;

TEST(Deadline, EndsWhatRunsAndSkipsWhatIsNotReached) {
  const Host host;
  host.directory_with_tasks("slow", "[tasks]\ncheck = 'sleep 1000'\napply = 'touch applied'\n");
  host.write("site.hcl", R"(
mise "slow" {
  working_dir = "slow"
}
mise "last" {
  working_dir = "slow"
}
)");
  const support::Ran ran = host.fluke({"run", "--deadline", "1s", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  // It may pass before mise has said which tasks there are.
  EXPECT_TRUE(std::regex_match(
      ran.out,
      std::regex(
          "slow  failed     (tasks|check): interrupted by the deadline of the run during \\1\n"
          "last  skipped    not reached: interrupted by the deadline of the run\n"
          "2 resources: 1 failed, 1 skipped in .*\n")))
      << ran.out;
  EXPECT_NE(ran.err.find("fluke: stopped by the deadline of the run; 1 resource was not run\n"),
            std::string::npos)
      << ran.err;
  EXPECT_FALSE(host.exists("slow/applied"));
}

TEST(Deadline, FailsTheRunThoughNothingWasReached) {
  Host host;
  host.directory_with_tasks("site", e2e::converging_tasks);
  host.write("site.hcl", "mise \"site\" {\n  working_dir = \"site\"\n}\n");
  host.environment["FLUKE_DEADLINE"] = "0.001ms";
  EXPECT_EQ(host.fluke({"check", "site.hcl"}).status, 64);
  host.environment["FLUKE_DEADLINE"] = "1ms";
  const support::Ran ran = host.fluke({"run", "--format", "json", "site.hcl"});
  EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
  report::expect_valid("", {ran.out});
  EXPECT_EQ(nlohmann::json::parse(ran.out)["exit_code"], 1);
  EXPECT_FALSE(host.exists("site/done"));
}

TEST(Deadline, DoesNotMatterToARunThatEndsInTime) {
  const Host host;
  host.directory_with_tasks("site", e2e::converging_tasks);
  host.write("site.hcl", "mise \"site\" {\n  working_dir = \"site\"\n}\n");
  EXPECT_EQ(host.fluke({"run", "--deadline", "10000h", "site.hcl"}).status, 0);
  EXPECT_EQ(host.fluke({"run", "--deadline", "0s", "site.hcl"}).status, 0);
}

}  // namespace
