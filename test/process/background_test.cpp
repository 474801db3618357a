// Commands that go on while fluke does something else.
#include <gtest/gtest.h>

#include "process/runner_fixture.h"

namespace {

using process::describe;

class BackgroundTest : public RunnerTest {
 protected:
  process::PosixRunner runner_{cancellation_};
};

TEST_F(BackgroundTest, GoesOnWhileAnotherCommandRuns) {
  const auto started = runner_.start(shell("until [ -e go ]; do sleep 0.01; done; echo seen"));
  static_cast<void>(runner_.run(shell("touch go"), {}));
  const process::Result result = started->wait();
  EXPECT_EQ(describe(result.ending), "exited with status 0");
  EXPECT_EQ(result.output, "seen\n");
}

TEST_F(BackgroundTest, IsReadToItsEndHoweverMuchItPrinted) {
  process::Command command = shell("head -c 1000000 /dev/zero");
  command.streams = process::Streams::separate;
  command.keep_bytes = 2'000'000;
  EXPECT_EQ(runner_.start(command)->wait().output.size(), 1'000'000U);
}

TEST_F(BackgroundTest, IsWaitedForByWhoeverForgetsIt) {
  { const auto forgotten = runner_.start(shell("sleep 0.05; touch done")); }
  EXPECT_TRUE(exists("done"));
}

TEST_F(BackgroundTest, IsEndedByItsDeadline) {
  process::Command command = shell("sleep 60");
  command.deadline = std::chrono::milliseconds(50);
  EXPECT_EQ(describe(runner_.start(command)->wait().ending), "ran past its deadline of 50ms");
}

TEST_F(BackgroundTest, SaysWhyItDidNotBegin) {
  process::Command command = shell("");
  command.program = "/nowhere/sh";
  EXPECT_EQ(describe(runner_.start(command)->wait().ending),
            "could not be started: /nowhere/sh: No such file or directory");
}

TEST_F(BackgroundTest, SomethingElseIsDoneMeanwhileOnceACommandRuns) {
  process::Command command = shell("until [ -e go ]; do sleep 0.01; done");
  command.meanwhile = [&] { static_cast<void>(runner_.run(shell("touch go"), {})); };
  EXPECT_EQ(describe(runner_.run(command, {}).ending), "exited with status 0");
}

TEST_F(BackgroundTest, NothingIsDoneMeanwhileWhereNothingRuns) {
  process::Command command = shell("");
  command.program = "/nowhere/sh";
  command.meanwhile = [] { FAIL(); };
  static_cast<void>(runner_.run(command, {}));
}

}  // namespace
