#include "process/cancellation.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "process/posix_runner.h"

namespace {

using process::Cancellation;
using std::chrono::milliseconds;

/// Gives a signal a disposition, and the former one back when it goes.
class Disposition {
 public:
  Disposition(int signal, void (*handler)(int))
      : signal_(signal), former_(::signal(signal, handler)) {}
  Disposition(const Disposition&) = delete;
  Disposition& operator=(const Disposition&) = delete;
  ~Disposition() { ::signal(signal_, former_); }

 private:
  int signal_;
  void (*former_)(int);
};

struct sigaction disposition_of(int signal) {
  struct sigaction action = {};
  sigaction(signal, nullptr, &action);
  return action;
}

bool is_blocked(int signal) {
  sigset_t mask;
  sigprocmask(SIG_SETMASK, nullptr, &mask);
  return sigismember(&mask, signal) == 1;
}

TEST(Cancellation, IsNotRequestedAtFirst) {
  Cancellation cancellation = *Cancellation::create();
  EXPECT_EQ(cancellation.requested(), std::nullopt);
  EXPECT_EQ(cancellation.count(), 0);
}

TEST(Cancellation, RemembersTheFirstSignalAndCountsAll) {
  Cancellation cancellation = *Cancellation::create();
  raise(SIGTERM);
  EXPECT_EQ(cancellation.requested(), SIGTERM);
  raise(SIGHUP);
  EXPECT_EQ(cancellation.requested(), SIGTERM);
  EXPECT_EQ(cancellation.count(), 2);
}

TEST(Cancellation, LeavesASignalIgnoredThatWasIgnoredBefore) {
  const Disposition ignored(SIGHUP, SIG_IGN);
  Cancellation cancellation = *Cancellation::create();
  raise(SIGHUP);
  EXPECT_EQ(cancellation.requested(), std::nullopt);
}

TEST(Cancellation, KeepsSigpipeFromKilling) {
  const Cancellation cancellation = *Cancellation::create();
  raise(SIGPIPE);
  EXPECT_EQ(disposition_of(SIGPIPE).sa_handler, SIG_IGN);
}

TEST(Cancellation, PutsMaskAndDispositionsBack) {
  const Disposition child(SIGCHLD, SIG_IGN);
  const Disposition pipe(SIGPIPE, SIG_DFL);
  {
    const Cancellation cancellation = *Cancellation::create();
    EXPECT_TRUE(is_blocked(SIGINT));
    EXPECT_EQ(disposition_of(SIGCHLD).sa_handler, SIG_DFL);
  }
  EXPECT_FALSE(is_blocked(SIGINT));
  EXPECT_EQ(disposition_of(SIGPIPE).sa_handler, SIG_DFL);
  EXPECT_EQ(disposition_of(SIGCHLD).sa_handler, SIG_IGN);
}

TEST(Cancellation, ExitStatusesSurviveACallerThatIgnoresSigchld) {
  const Disposition ignored(SIGCHLD, SIG_IGN);
  Cancellation cancellation = *Cancellation::create();
  process::PosixRunner runner(cancellation);
  const process::Result result =
      runner.run({.program = "/bin/sh", .arguments = {"-c", "exit 3"}, .working_dir = "/"}, {});
  EXPECT_EQ(describe(result.ending), "exited with status 3");
}

TEST(Cancellation, SleepsToTheEnd) {
  Cancellation cancellation = *Cancellation::create();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(cancellation.sleep(milliseconds(50)));
  EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds(50));
}

TEST(Cancellation, DoesNotSleepAfterASignal) {
  Cancellation cancellation = *Cancellation::create();
  raise(SIGINT);
  EXPECT_FALSE(cancellation.sleep(std::chrono::hours(1)));
}

TEST(Cancellation, ASignalEndsTheSleep) {
  Cancellation cancellation = *Cancellation::create();
  const pid_t sender = fork();
  if (sender == 0) {
    usleep(100000);
    kill(getppid(), SIGTERM);
    _exit(0);
  }
  EXPECT_FALSE(cancellation.sleep(std::chrono::hours(1)));
  EXPECT_EQ(cancellation.requested(), SIGTERM);
}

TEST(Cancellation, ADeadlineEndsTheSleep) {
  Cancellation cancellation = *Cancellation::create();
  cancellation.set_deadline(process::time_after(milliseconds(10)));
  EXPECT_FALSE(cancellation.sleep(std::chrono::hours(1)));
  EXPECT_EQ(cancellation.requested(), SIGALRM);
  raise(SIGTERM);
  EXPECT_EQ(cancellation.requested(), SIGALRM);
  EXPECT_EQ(cancellation.count(), 2);
}

TEST(Cancellation, ADeadlineIsNoSecondSignal) {
  Cancellation cancellation = *Cancellation::create();
  raise(SIGTERM);
  EXPECT_EQ(cancellation.requested(), SIGTERM);
  cancellation.set_deadline(process::Clock::now());
  EXPECT_EQ(cancellation.count(), 1);
}

TEST(Cancellation, CanBeginAnew) {
  Cancellation cancellation = *Cancellation::create();
  raise(SIGTERM);
  cancellation.set_deadline(process::time_after(milliseconds(1)));
  cancellation.reset();
  EXPECT_TRUE(cancellation.sleep(milliseconds(5)));
  raise(SIGINT);
  EXPECT_EQ(cancellation.requested(), SIGINT);
  EXPECT_EQ(cancellation.count(), 1);
}

TEST(Heartbeat, BeatsDuringAPause) {
  Cancellation cancellation = *Cancellation::create();
  int beats = 0;
  cancellation.set_heartbeat({.interval = milliseconds(1), .beat = [&] { ++beats; }});
  while (beats < 3) {
    ASSERT_TRUE(cancellation.sleep(milliseconds(10)));
  }
}

TEST(Heartbeat, BeatsWhileAChildRuns) {
  Cancellation cancellation = *Cancellation::create();
  int beats = 0;
  cancellation.set_heartbeat({.interval = milliseconds(1), .beat = [&] { ++beats; }});
  process::PosixRunner runner(cancellation);
  const process::Result result =
      runner.run({.program = "/bin/sleep", .arguments = {"0.2"}, .working_dir = "/"}, {});
  EXPECT_TRUE(process::succeeded(result.ending));
  EXPECT_GE(beats, 1);
}

TEST(Idle, IsCalledOnceInALongWait) {
  Cancellation cancellation = *Cancellation::create();
  int calls = 0;
  cancellation.set_idle({.after = milliseconds(1), .call = [&] { ++calls; }});
  ASSERT_TRUE(cancellation.sleep(milliseconds(100)));
  EXPECT_EQ(calls, 1);
}

TEST(Idle, IsNotCalledWhileSomethingHappens) {
  Cancellation cancellation = *Cancellation::create();
  int calls = 0;
  cancellation.set_idle({.after = std::chrono::seconds(60), .call = [&] { ++calls; }});
  process::PosixRunner runner(cancellation);
  const process::Result result = runner.run(
      {.program = "/bin/sh", .arguments = {"-c", "echo; sleep 0.1; echo"}, .working_dir = "/"}, {});
  EXPECT_EQ(result.output, "\n\n");
  EXPECT_EQ(calls, 0);
}

TEST(Idle, IsNotCalledInAWaitThatIsShorter) {
  Cancellation cancellation = *Cancellation::create();
  int calls = 0;
  cancellation.set_idle({.after = std::chrono::seconds(60), .call = [&] { ++calls; }});
  ASSERT_TRUE(cancellation.sleep(milliseconds(1)));
  EXPECT_EQ(calls, 0);
}

}  // namespace
