#include <signal.h>
#include <sys/resource.h>

#include "process/runner_fixture.h"

namespace {

using process::describe;
using process::Result;
using process::Streams;
using std::chrono::milliseconds;

long peak_kib() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST_F(RunnerTest, MergedStreamsKeepTheirOrder) {
  const Result result = run(shell("echo 1; echo 2 >&2; echo 3; printf 4 >&2"));
  EXPECT_EQ(result.output, "1\n2\n3\n4");
  EXPECT_EQ(result.error_output, "");
  EXPECT_EQ(lines(), (std::vector<std::string>{"1", "2", "3", "4"}));
  EXPECT_FALSE(result.output_truncated);
}

TEST_F(RunnerTest, MergedOutputKeepsItsLastBytes) {
  process::Command command = shell("for i in 1 2 3 4 5 6 7 8 9; do echo line $i; done");
  command.keep_bytes = 9;
  const Result result = run(command);
  EXPECT_EQ(result.output, "8\nline 9\n");
  EXPECT_TRUE(result.output_truncated);
  EXPECT_EQ(lines().size(), 9U);
}

TEST_F(RunnerTest, SeparateOutputKeepsItsFirstBytesAndTellsTheSinkOfErrorsOnly) {
  process::Command command = shell("echo 123456789; echo oops >&2");
  command.streams = Streams::separate;
  command.keep_bytes = 5;
  const Result result = run(command);
  EXPECT_EQ(result.output, "12345");
  EXPECT_TRUE(result.output_truncated);
  EXPECT_EQ(result.error_output, "oops\n");
  EXPECT_EQ(lines(), (std::vector<std::string>{"oops"}));
}

TEST_F(RunnerTest, SeparateOutputOfExactlyTheLimitIsWhole) {
  process::Command command = shell("printf 12345");
  command.streams = Streams::separate;
  command.keep_bytes = 5;
  const Result result = run(command);
  EXPECT_EQ(result.output, "12345");
  EXPECT_FALSE(result.output_truncated);
}

TEST_F(RunnerTest, SeparateErrorsKeepTheirLast64KiB) {
  process::Command command = shell("head -c 200000 /dev/zero >&2; printf end >&2");
  command.streams = Streams::separate;
  const Result result = run(command);
  EXPECT_EQ(result.error_output, std::string(65536 - 3, '\0') + "end");
}

TEST_F(RunnerTest, BytesThatAreNotTextComeThrough) {
  const Result result = run(shell(R"(printf 'a\000b\377\n\000')"));
  const std::string expected("a\0b\377\n\0", 6);
  EXPECT_EQ(result.output, expected);
  EXPECT_EQ(lines(), (std::vector<std::string>{expected.substr(0, 4), expected.substr(5)}));
}

TEST_F(RunnerTest, OneLineOfManyMegabytesComesInPieces) {
  const Result result = run(shell("head -c 5000000 /dev/zero; echo; echo next"));
  std::size_t size = 0;
  for (std::size_t i = 0; i + 1 < lines().size(); ++i) {
    EXPECT_LE(lines()[i].size(), 65536U);
    size += lines()[i].size();
  }
  EXPECT_EQ(size, 5000000U);
  EXPECT_EQ(lines().back(), "next");
  EXPECT_EQ(result.output, std::string(65536 - 6, '\0') + "\nnext\n");
}

TEST_F(RunnerTest, HugeOutputDoesNotFillTheMemory) {
  const long before = peak_kib();
  process::PosixRunner runner(cancellation_);
  std::size_t told = 0;
  const Result result = runner.run(shell("yes 0123456789 | head -c 300000000"),
                                   [&told](std::string_view lines) { told += lines.size(); });
  EXPECT_EQ(told, 300000001U);
  EXPECT_EQ(result.output.size(), 65536U);
  EXPECT_LT(peak_kib() - before, 4096);
}

TEST_F(RunnerTest, WithoutASinkTheOutputIsKept) {
  process::PosixRunner runner(cancellation_);
  EXPECT_EQ(runner.run(shell("echo hello"), {}).output, "hello\n");
}

TEST_F(RunnerTest, WhatWasPrintedBeforeTheEndIsNotLost) {
  EXPECT_EQ(run(shell("sleep 0.1; head -c 60000 /dev/zero; printf end")).output.size(), 60003U);
}

TEST_F(RunnerTest, ChildThatClosesItsOutputIsWaitedFor) {
  const Result result = run(shell("exec >&- 2>&-; sleep 0.2; exit 4"));
  EXPECT_EQ(describe(result.ending), "exited with status 4");
  EXPECT_GE(result.duration, milliseconds(200));
}

TEST_F(RunnerTest, DaemonThatHoldsThePipeDoesNotHangTheRun) {
  const Result result = run(shell("sleep 300 & echo $! > daemon; echo started"));
  EXPECT_EQ(describe(result.ending), "exited with status 0");
  EXPECT_EQ(result.output, "started\n");
  EXPECT_LT(result.duration, soon);
  EXPECT_TRUE(is_alive(number_in("daemon")));
  kill(number_in("daemon"), SIGKILL);
}

TEST_F(RunnerTest, DaemonThatPrintsForEverDoesNotHangTheRun) {
  const Result result = run(shell("yes & echo $! > daemon; sleep 0.1"));
  EXPECT_EQ(describe(result.ending), "exited with status 0");
  EXPECT_LT(result.duration, soon);
  kill(number_in("daemon"), SIGKILL);
}

}  // namespace
