#include "reconcile/clock.h"

#include <gtest/gtest.h>

#include <chrono>

#include "reconcile/harness.h"

namespace reconcile {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr RetryPolicy policy = {.limit = 10s, .first_pause = 100ms, .longest_pause = 2s};

bool is_true(bool value) {
  return value;
}

TEST(AttemptRepeatedly, TriesOnceWithoutALimit) {
  testing::FakeClock clock;
  const auto attempts = retry(
      clock, {}, [] { return false; }, is_true);
  EXPECT_EQ(attempts.count, 1);
  EXPECT_EQ(clock.pauses(), "");
}

TEST(AttemptRepeatedly, EndsAtTheFirstThatIsSettled) {
  testing::FakeClock clock;
  int calls = 0;
  const auto attempts = retry(
      clock, policy, [&] { return ++calls == 3; }, is_true);
  EXPECT_TRUE(attempts.last);
  EXPECT_EQ(attempts.count, 3);
  EXPECT_EQ(attempts.elapsed, 300ms);
  EXPECT_EQ(clock.pauses(), "100ms 200ms");
}

TEST(AttemptRepeatedly, DoublesItsPausesAndMakesTheLastAttemptExactlyAtTheEnd) {
  testing::FakeClock clock;
  const auto attempts = retry(
      clock, policy, [] { return false; }, is_true);
  EXPECT_FALSE(attempts.last);
  EXPECT_EQ(attempts.count, 10);
  EXPECT_EQ(attempts.elapsed, 10s);
  EXPECT_EQ(clock.pauses(), "100ms 200ms 400ms 800ms 1.6s 2s 2s 2s 900ms");
}

TEST(AttemptRepeatedly, MakesOneMoreAttemptAfterOneThatTookLongerThanTheLimit) {
  testing::FakeClock clock;
  const auto attempts = retry(
      clock, policy,
      [&] {
        clock.advance(30s);
        return false;
      },
      is_true);
  EXPECT_EQ(attempts.count, 2);
  EXPECT_EQ(attempts.elapsed, 60s);
  EXPECT_EQ(clock.pauses(), "0s");
}

TEST(AttemptRepeatedly, EndsWhenAPauseIsCutShort) {
  testing::FakeClock clock;
  clock.on_pause = [] { return false; };
  const auto attempts = retry(
      clock, policy, [] { return false; }, is_true);
  EXPECT_TRUE(attempts.interrupted);
  EXPECT_EQ(attempts.count, 1);
}

}  // namespace
}  // namespace reconcile
