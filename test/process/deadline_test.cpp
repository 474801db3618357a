// How a deadline, or a signal to this process, ends a child and all that it started.
#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include "process/runner_fixture.h"

namespace {

using process::describe;
using process::Result;
using std::chrono::milliseconds;

constexpr milliseconds deadline{1000};
constexpr milliseconds short_grace{300};

class DeadlineTest : public RunnerTest {
 protected:
  [[nodiscard]] Result run_past_deadline(std::string script,
                                         milliseconds grace = std::chrono::seconds(60)) {
    process::Command command = shell(std::move(script));
    command.deadline = deadline;
    Result result = run(command, grace);
    EXPECT_EQ(describe(result.ending), "ran past its deadline of 1s");
    EXPECT_GE(result.duration, deadline);
    EXPECT_LT(result.duration, soon);
    return result;
  }

  [[nodiscard]] static bool was_killed(const Result& result) {
    return std::get<process::TimedOut>(result.ending).killed;
  }
};

class CancelTest : public RunnerTest {};

TEST_F(DeadlineTest, EndsTheChildWithSigterm) {
  EXPECT_FALSE(was_killed(run_past_deadline("sleep 300")));
}

TEST_F(DeadlineTest, IsNotReachedByAChildThatIsQuick) {
  process::Command command = shell("exit 1");
  command.deadline = std::chrono::hours(10000000);
  EXPECT_EQ(describe(run(command).ending), "exited with status 1");
}

TEST_F(DeadlineTest, OfZeroEndsTheChildAtOnce) {
  process::Command command = shell("sleep 300");
  command.deadline = milliseconds(0);
  EXPECT_EQ(describe(run(command).ending), "ran past its deadline of 0s");
}

TEST_F(DeadlineTest, KillsAChildThatIgnoresSigtermAfterTheGrace) {
  const Result result = run_past_deadline("trap '' TERM; while :; do sleep 0.1; done", short_grace);
  EXPECT_TRUE(was_killed(result));
  EXPECT_GE(result.duration, deadline + short_grace);
}

TEST_F(DeadlineTest, EndsAChildThatIsStopped) {
  EXPECT_FALSE(was_killed(run_past_deadline("kill -STOP $$; sleep 300")));
}

TEST_F(DeadlineTest, GivesTheOthersInTheSessionTheRestOfTheGrace) {
  const Result result = run_past_deadline(R"(
    sh -c 'trap "sleep 0.5; touch cleaned-up; exit 0" TERM; while :; do sleep 0.05; done' &
    exec sleep 300)");
  EXPECT_FALSE(was_killed(result));
  EXPECT_TRUE(exists("cleaned-up"));
}

TEST_F(DeadlineTest, KillsTheOthersInTheSessionAfterTheGrace) {
  const Result result = run_past_deadline(R"(
    sh -c 'trap "" TERM; echo $$ > member; while :; do sleep 0.1; done' &
    exec sleep 300)",
                                          short_grace);
  EXPECT_TRUE(was_killed(result));
  EXPECT_FALSE(is_alive(number_in("member")));
}

TEST_F(DeadlineTest, ReachesProcessGroupsThatTheChildMade) {
  process::Command command = shell("");
  command.program = "/bin/bash";
  command.arguments = {"-c", "set -m; sleep 300 & echo $! > member; trap '' TERM; wait"};
  command.deadline = deadline;
  const Result result = run(command, short_grace);
  EXPECT_EQ(describe(result.ending), "ran past its deadline of 1s");
  EXPECT_FALSE(is_alive(number_in("member")));
}

TEST_F(DeadlineTest, FindsADaemonThatForkedTwiceIntoASessionOfItsOwn) {
  const Result result = run_past_deadline(
      R"(
    (setsid sh -c 'echo $$ > daemon; exec sleep 300' > /dev/null 2>&1 &)
    exec sleep 300)",
      short_grace);
  EXPECT_FALSE(was_killed(result));
  EXPECT_FALSE(is_alive(number_in("daemon")));
}

TEST_F(DeadlineTest, FindsWhatADaemonStartedInAnotherSession) {
  const Result result = run_past_deadline(
      R"(
    (setsid sh -c 'trap "" TERM; setsid sh -c "trap \"\" TERM; echo \$\$ > inner; sleep 300; :" & wait; sleep 300' > /dev/null 2>&1 &)
    exec sleep 300)",
      short_grace);
  EXPECT_TRUE(was_killed(result));
  EXPECT_FALSE(is_alive(number_in("inner")));
}

/// The processes that were called with `mark`.
std::vector<pid_t> called_with(const std::string& mark) {
  std::vector<pid_t> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
    std::string line;
    std::getline(std::ifstream(entry.path() / "cmdline"), line);
    if (line.find(mark) != std::string::npos) {
      found.push_back(std::atoi(entry.path().filename().c_str()));
    }
  }
  return found;
}

/// A process that forks itself anew and ends every few milliseconds, in no session but its own.
class ForkingProcess : public DeadlineTest, public testing::WithParamInterface<const char*> {};

TEST_P(ForkingProcess, IsEndedOrNamed) {
  const std::string mark = directory_.path().filename();
  process::Command command = shell(
      "perl -MPOSIX -e '$SIG{TERM} = q(IGNORE); for (;;) { exit if fork; setsid; $n++; select "
      "undef, undef, undef, " +
      std::string(GetParam()) + " }' " + mark + " & exec sleep 300");
  command.deadline = deadline;
  const Result result = run(command, short_grace);
  EXPECT_TRUE(was_killed(result));
  const bool is_named = describe(result.ending) ==
                        "ran past its deadline of 1s; could not end a process that keeps forking";
  bool lives = false;
  // A single look may miss it.
  for (int looks = 0; looks < 100; ++looks) {
    for (const pid_t pid : called_with(mark)) {
      kill(pid, SIGKILL);
      lives = true;
    }
  }
  EXPECT_TRUE(is_named || !lives) << describe(result.ending);
}

INSTANTIATE_TEST_SUITE_P(EveryFewMilliseconds, ForkingProcess, testing::Values("0.003", "0"),
                         [](const auto& pause) {
                           return std::string(pause.param) == "0" ? "AtOnce" : "Slowly";
                         });

TEST_F(DeadlineTest, SparesADaemonThatAnEarlierCommandLeftBehind) {
  EXPECT_EQ(describe(run(shell("(setsid sleep 300 > /dev/null 2>&1 & echo $! > daemon)")).ending),
            "exited with status 0");
  EXPECT_FALSE(was_killed(run_past_deadline("sleep 300")));
  EXPECT_TRUE(is_alive(number_in("daemon")));
  kill(number_in("daemon"), SIGKILL);
}

TEST_F(DeadlineTest, EndsAChildThatClosesItsOutputAndGoesOn) {
  EXPECT_FALSE(was_killed(run_past_deadline("exec >&- 2>&-; sleep 300")));
}

TEST_F(RunnerTest, OrphansAreReapedWhileTheChildRuns) {
  const Result result = run(shell(R"(
    for i in 1 2 3 4 5 6 7 8 9 10; do (sleep 0 &); done
    sleep 0.5
    grep -ls '^State:.Z' /proc/[0-9]*/status | while read -r file; do
      grep -s "^PPid:.$PPID\$" "$file"
    done)"));
  EXPECT_EQ(result.output, "");
}

TEST_F(DeadlineTest, OutputIsReadWhileTheChildDies) {
  const Result result = run_past_deadline(
      "trap 'head -c 1000000 /dev/zero; echo bye; exit 0' TERM; while :; do sleep 0.05; done");
  EXPECT_FALSE(was_killed(result));
  EXPECT_TRUE(result.output.ends_with("bye\n"));
}

TEST_F(CancelTest, EndsTheChildAndSaysBySignal) {
  const Result result = run(shell("kill -INT $PPID; sleep 300"));
  EXPECT_EQ(describe(result.ending), "was stopped by SIGINT");
  EXPECT_FALSE(std::get<process::Cancelled>(result.ending).killed);
  EXPECT_LT(result.duration, soon);
}

TEST_F(CancelTest, SecondSignalSkipsTheGrace) {
  const Result result = run(shell(
      "trap '' TERM; kill -HUP $PPID; sleep 0.3; kill -TERM $PPID; while :; do sleep 0.1; done"));
  EXPECT_EQ(describe(result.ending), "was stopped by SIGHUP");
  EXPECT_TRUE(std::get<process::Cancelled>(result.ending).killed);
  EXPECT_LT(result.duration, soon);
}

TEST_F(CancelTest, ChildThatFailsMeanwhileCountsAsStopped) {
  EXPECT_EQ(describe(run(shell("kill -TERM $PPID; exit 1")).ending), "was stopped by SIGTERM");
}

TEST_F(CancelTest, NothingIsStartedAfterwards) {
  raise(SIGTERM);
  EXPECT_EQ(describe(run(shell("touch started")).ending), "was stopped by SIGTERM");
  EXPECT_FALSE(exists("started"));
}

}  // namespace
