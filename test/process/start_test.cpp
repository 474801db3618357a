#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "process/runner_fixture.h"

namespace {

using file::Descriptor;
using process::describe;
using process::Result;

/// Takes all descriptors but `left`, until it goes.
class DescriptorShortage {
 public:
  explicit DescriptorShortage(std::size_t left) {
    getrlimit(RLIMIT_NOFILE, &former_);
    const rlimit low = {.rlim_cur = 64, .rlim_max = former_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &low);
    while (true) {
      Descriptor taken(open("/dev/null", O_RDONLY | O_CLOEXEC));
      if (!taken.is_open()) {
        break;
      }
      taken_.push_back(std::move(taken));
    }
    taken_.resize(taken_.size() - left);
  }
  ~DescriptorShortage() { setrlimit(RLIMIT_NOFILE, &former_); }

 private:
  rlimit former_ = {};
  std::vector<Descriptor> taken_;
};

TEST_F(RunnerTest, TellsTheExitStatus) {
  const Result result = run(shell("exit 3"));
  EXPECT_EQ(describe(result.ending), "exited with status 3");
  EXPECT_GT(result.duration.count(), 0);
}

TEST_F(RunnerTest, TellsTheSignalThatKilledIt) {
  EXPECT_EQ(describe(run(shell("kill -SEGV $$")).ending), "was killed by signal 11 (SIGSEGV)");
}

TEST_F(RunnerTest, RunsOthersBesideACommand) {
  process::PosixRunner runner(cancellation_);
  process::Command waiting = shell("until [ -e gone ]; do sleep 0.01; done; echo went");
  waiting.deadline = soon;
  Result other;
  const Result result = runner.run_beside(
      waiting, {}, [&] { other = runner.run(shell("touch gone; echo done"), {}); });
  EXPECT_EQ(describe(result.ending), "exited with status 0");
  EXPECT_EQ(result.output, "went\n");
  EXPECT_EQ(other.output, "done\n");
}

TEST_F(RunnerTest, CommandsThatOthersRunBesideHaveOnlyTheirOwnTime) {
  process::PosixRunner runner(cancellation_);
  process::Command quick = shell("echo went");
  quick.deadline = std::chrono::milliseconds(1500);
  const Result result =
      runner.run_beside(quick, {}, [&] { static_cast<void>(runner.run(shell("sleep 2"), {})); });
  EXPECT_EQ(describe(result.ending), "exited with status 0");
  EXPECT_EQ(result.output, "went\n");
}

TEST_F(RunnerTest, EndsACommandThatOthersRanBesideWhenItIsStopped) {
  process::PosixRunner runner(cancellation_);
  const Result result = runner.run_beside(shell("sleep 300"), {}, [&] {
    static_cast<void>(runner.run(shell("kill -TERM $PPID; sleep 300"), {}));
  });
  EXPECT_EQ(describe(result.ending), "was stopped by SIGTERM");
}

TEST_F(RunnerTest, PassesArgumentsAsTheyAre) {
  process::Command command = shell("");
  command.program = "/usr/bin/printf";
  command.arguments = {"[%s]", "two words", "", "$HOME \"quoted\" *", "a\nb"};
  EXPECT_EQ(run(command).output, "[two words][][$HOME \"quoted\" *][a\nb]");
}

TEST_F(RunnerTest, PassesTheEnvironmentAndNothingElse) {
  process::Command command = shell("");
  command.program = "/usr/bin/env";
  command.arguments = {};
  command.environment = {"A=1", "B=two words"};
  EXPECT_EQ(run(command).output, "A=1\nB=two words\n");
}

TEST_F(RunnerTest, StartsInTheWorkingDirectory) {
  EXPECT_EQ(run(shell("pwd -P")).output, directory_.path().string() + "\n");
}

TEST_F(RunnerTest, StandardInputIsDevNull) {
  EXPECT_EQ(run(shell("readlink /proc/$$/fd/0; cat")).output, "/dev/null\n");
}

TEST_F(RunnerTest, StandardInputIsWhatTheCommandSays) {
  process::Command command = shell("wc -c");
  command.input = std::string(1'000'000, 'x');
  EXPECT_EQ(run(command).output, "1000000\n");
  command = shell("cat; ls /proc/$$/fd");
  command.input = "two\nlines\n";
  EXPECT_EQ(run(command).output, "two\nlines\n0\n1\n2\n");
}

TEST_F(RunnerTest, OnlyDescriptorsZeroToTwoAreInherited) {
  const Descriptor inheritable(open("/dev/null", O_RDONLY));
  ASSERT_TRUE(inheritable.is_open());
  EXPECT_EQ(run(shell("ls /proc/$$/fd")).output, "0\n1\n2\n");
}

TEST_F(RunnerTest, ChildLeadsASessionOfItsOwn) {
  const Result result = run(shell("cut -d ' ' -f 1,5,6 /proc/$$/stat; echo $$ $$ $$"));
  const std::size_t half = result.output.size() / 2;
  EXPECT_EQ(result.output.substr(0, half), result.output.substr(half));
}

TEST_F(RunnerTest, SignalsHaveDefaultDispositionsAndNoneIsBlocked) {
  sigset_t some;
  sigset_t former;
  sigemptyset(&some);
  sigaddset(&some, SIGUSR1);
  sigprocmask(SIG_BLOCK, &some, &former);
  signal(SIGUSR2, SIG_IGN);
  process::Command command = shell("");
  command.program = "/bin/grep";
  command.arguments = {"-E", "^Sig(Blk|Ign)", "/proc/self/status"};
  // The C library's posix_spawn ignores its own two signals, 32 and 33: bits 31 and 32.
  const std::string output = run(command).output;
  EXPECT_TRUE(output == "SigBlk:\t0000000000000000\nSigIgn:\t0000000180000000\n" ||
              output == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n")
      << output;
  signal(SIGUSR2, SIG_DFL);
  sigprocmask(SIG_SETMASK, &former, nullptr);
}

TEST_F(RunnerTest, NamesTheMissingProgram) {
  process::Command command = shell("");
  command.program = "/nowhere/mise";
  EXPECT_EQ(describe(run(command).ending),
            "could not be started: /nowhere/mise: No such file or directory");
}

TEST_F(RunnerTest, NamesTheProgramThatIsNotExecutable) {
  process::Command command = shell("");
  command.program = directory_.write("mise", "not a program");
  EXPECT_EQ(describe(run(command).ending),
            "could not be started: " + command.program.string() + ": Permission denied");
}

TEST_F(RunnerTest, NamesTheProgramThatIsInNoFormatToExecute) {
  process::Command command = shell("");
  command.program = directory_.write("mise", "not a program");
  chmod(command.program.c_str(), 0755);
  EXPECT_EQ(describe(run(command).ending),
            "could not be started: " + command.program.string() + ": Exec format error");
}

TEST_F(RunnerTest, NamesTheMissingWorkingDirectory) {
  process::Command command = shell("true");
  command.working_dir = "/nowhere/at/all";
  EXPECT_EQ(describe(run(command).ending),
            "could not be started: cannot enter /nowhere/at/all: No such file or directory");
}

TEST_F(RunnerTest, NamesTheWorkingDirectoryThatIsNone) {
  process::Command command = shell("true");
  command.working_dir = "/dev/null";
  EXPECT_EQ(describe(run(command).ending),
            "could not be started: cannot enter /dev/null: Not a directory");
}

TEST_F(RunnerTest, NamesTheStepThatLacksDescriptors) {
  const DescriptorShortage shortage(1);
  EXPECT_EQ(describe(run(shell("true")).ending),
            "could not be started: pipe2: Too many open files");
}

TEST_F(RunnerTest, TwoFreeDescriptorsAreEnough) {
  const DescriptorShortage shortage(2);
  const Result result = run(shell("echo hello"));
  EXPECT_EQ(describe(result.ending), "exited with status 0");
  EXPECT_EQ(result.output, "hello\n");
}

TEST_F(RunnerTest, WorksWhenItsCallerClosedTheStandardDescriptors) {
  std::array<Descriptor, 3> saved;
  for (int fd = 0; fd < 3; ++fd) {
    saved.at(static_cast<std::size_t>(fd)) = Descriptor(fcntl(fd, F_DUPFD_CLOEXEC, 10));
    close(fd);
  }
  process::Command command = shell("echo out; echo err >&2; readlink /proc/$$/fd/0");
  command.streams = process::Streams::separate;
  const Result result = run(command);
  for (int fd = 0; fd < 3; ++fd) {
    dup2(saved.at(static_cast<std::size_t>(fd)).get(), fd);
  }
  EXPECT_EQ(describe(result.ending), "exited with status 0");
  EXPECT_EQ(result.output, "out\n/dev/null\n");
  EXPECT_EQ(result.error_output, "err\n");
}

}  // namespace
