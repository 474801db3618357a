#include "doctor/clock.h"

#include <gtest/gtest.h>

namespace {

using doctor::Verdict;
using std::chrono_literals::operator""h;
using std::chrono_literals::operator""s;

constexpr std::chrono::sys_seconds built(1767323045s);

TEST(Clock, IsRightAsFarAsAnybodyCanTellIfItIsLaterThanTheBuild) {
  const doctor::Finding finding = doctor::examine_clock(built + 1s, built);
  EXPECT_EQ(finding.verdict, Verdict::ok);
  EXPECT_EQ(finding.message, "2026-01-02 03:04:06 UTC");
}

TEST(Clock, IsWrongIfItIsMuchEarlierThanTheBuild) {
  const doctor::Finding finding = doctor::examine_clock(std::chrono::sys_seconds(60s), built);
  EXPECT_EQ(finding.verdict, Verdict::fail);
  EXPECT_EQ(finding.message,
            "it says 1970-01-01 00:01:00 UTC, but this fluke was built later, 2026-01-02 03:04:05 "
            "UTC; set the clock: certificates and logs depend on it");
}

TEST(Clock, NeedNotAgreeWithThatOfTheBuildToTheHour) {
  EXPECT_EQ(doctor::examine_clock(built - 23h, built).verdict, Verdict::ok);
}

TEST(Clock, CannotBeJudgedByABuildOfAnUnknownTime) {
  EXPECT_EQ(doctor::examine_clock(std::chrono::sys_seconds(60s), {}).verdict, Verdict::ok);
}

}  // namespace
