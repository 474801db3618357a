#include "text/duration.h"

#include <gtest/gtest.h>

namespace text {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

TEST(ParseDuration, ReadsEveryUnitAndTheirSums) {
  struct Row {
    std::string_view text;
    milliseconds expected;
  };
  const Row rows[] = {
      {"90s", 90s},       {"5m", 5min},       {"1h30m", 90min},         {"250ms", 250ms},
      {"1.5s", 1500ms},   {"0s", 0s},         {"1h1m1s1ms", 3661001ms}, {"0.5h", 30min},
      {"1.5h30m", 2h},    {"10000h", 10000h}, {"0h0m0s0ms", 0ms},       {"007s", 7s},
      {"1m5ms", 60005ms},
  };
  for (const Row& row : rows) {
    const auto parsed = parse_duration(row.text);
    ASSERT_TRUE(parsed.has_value()) << row.text;
    EXPECT_EQ(*parsed, row.expected) << row.text;
  }
}

TEST(ParseDuration, RefusesEverythingElse) {
  const std::string_view rows[] = {
      "",     "90",        "s",       "5 m",          "-5s",
      "+5s",  "5S",        "1s1s",    "30m1h",        "1ms1s",
      "1.s",  ".5s",       "1..5s",   "0.5ms",        "1d",
      "5min", "1h30",      "1h 30m",  "1e3s",         "10001h",
      "5s\n", "10000h1ms", "0.0001s", "99999999999h", "999999999999ms"};
  for (const std::string_view row : rows) {
    EXPECT_FALSE(parse_duration(row).has_value()) << row;
  }
}

TEST(FormatDuration, WritesTheFewestUnitsAndReadsBackTheSame) {
  struct Row {
    milliseconds duration;
    std::string_view expected;
  };
  const Row rows[] = {
      {0ms, "0s"},        {250ms, "250ms"},     {1s, "1s"},           {1500ms, "1.5s"},
      {1001ms, "1.001s"}, {60s, "1m"},          {90s, "1m30s"},       {90min, "1h30m"},
      {2h, "2h"},         {3600s + 1s, "1h1s"}, {60s + 5ms, "1m5ms"}, {61s + 50ms, "1m1.05s"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(format_duration(row.duration), row.expected);
    EXPECT_EQ(parse_duration(row.expected), row.duration) << row.expected;
  }
}

TEST(HumanDuration, RoundsToWhatAPersonReads) {
  struct Row {
    nanoseconds duration;
    std::string_view expected;
  };
  const Row rows[] = {
      {0ns, "0.00s"},
      {4ms, "0.00s"},
      {21ms, "0.02s"},
      {3100ms, "3.10s"},
      {9994ms, "9.99s"},
      {9996ms, "10.0s"},
      {12340ms, "12.3s"},
      {59940ms, "59.9s"},
      {59960ms, "1m00s"},
      {125s, "2m05s"},
      {3599s + 400ms, "59m59s"},
      {3599s + 600ms, "1h00m"},
      {62min, "1h02m"},
      {100h + 1min, "100h01m"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(human_duration(row.duration), row.expected);
  }
}

TEST(HumanDuration, DropsHundredthsWhereItIsTold) {
  EXPECT_EQ(human_duration(994ms, 1s), "0.99s");
  EXPECT_EQ(human_duration(996ms, 1s), "1.0s");
  EXPECT_EQ(human_duration(3300ms, 1s), "3.3s");
}

}  // namespace
}  // namespace text
