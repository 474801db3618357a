// A disk that is really full and a process limit that is really reached.
#include <gtest/gtest.h>

#include "e2e/deploy_host.h"

namespace {

using e2e::DeployHost;
using e2e::Host;

/// Runs fluke where `full` is a file system of 64 KiB without room for another byte; nothing if
/// none may be mounted here.
std::optional<support::Ran> run_on_full_disk(const Host& host,
                                             const std::vector<std::string>& arguments) {
  std::filesystem::create_directory(host.root() / "full");
  support::Program program = host.fluke_program(arguments);
  program.arguments.insert(
      program.arguments.begin(),
      {"/bin/sh", "-c",
       "exec unshare -rm sh -c 'mount -t tmpfs -o size=64k none full || exit 99; cp site.hcl full; "
       "echo old > full/report.json; cat /dev/zero > full/rest 2>/dev/null; \"$@\"; status=$?; "
       "ls -A full >&2; cat full/report.json full/site.hcl >&2; exit $status' sh \"$@\" || exit 99",
       "sh"});
  support::Ran ran = support::run(program);
  const bool refused = ran.status == 99 || ran.err.find("unshare: ") != std::string::npos;
  return refused ? std::nullopt : std::optional(std::move(ran));
}

TEST(FullDisk, LeavesTheFormerReportAsItWas) {
  const DeployHost host;
  const auto ran = run_on_full_disk(host, {"run", "--report", "json=full/report.json", "site.hcl"});
  if (!ran) {
    GTEST_SKIP() << "nothing may be mounted here";
  }
  EXPECT_EQ(ran->status, 73);
  EXPECT_NE(ran->err.find("fluke: cannot write the report \"full/report.json\": write: No space "
                          "left on device\nreport.json\nrest\nsite.hcl\nold\n"),
            std::string::npos)
      << ran->err;
}

TEST(FullDisk, LeavesTheFileThatFmtWasToLayOutAsItWas) {
  const Host host;
  const std::string manifest = "mise \"deploy\" {\nworking_dir=\"app\"\n}\n";
  host.write("site.hcl", manifest);
  const auto ran = run_on_full_disk(host, {"fmt", "full/site.hcl"});
  if (!ran) {
    GTEST_SKIP() << "nothing may be mounted here";
  }
  EXPECT_EQ(ran->status, 73);
  EXPECT_NE(
      ran->err.find("fluke: cannot rewrite \"full/site.hcl\": write: No space left on device\n"
                    "report.json\nrest\nsite.hcl\nold\n" +
                    manifest),
      std::string::npos)
      << ran->err;
}

/// `program` with standard output on a full disk.
support::Ran run_on_full_output(support::Program program) {
  program.redirected[1] = "/dev/full";
  return support::run(program);
}

TEST(FullDisk, UnderStandardOutputSpoilsAGoodEndOnly) {
  const DeployHost host;
  const support::Ran ran = run_on_full_output(host.fluke_program({"run", "-q", "site.hcl"}));
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(ran.err, "fluke: cannot write to standard output: write: No space left on device\n");
  EXPECT_TRUE(host.exists("app/done"));
  host.write("invalid.hcl", "mise \"deploy\" {}\n");
  const std::pair<int, std::vector<std::string>> ends[] = {
      {64, {"run", "--format", "json", "--onyl", "x"}},
      {65, {"run", "--format", "json", "invalid.hcl"}},
      {66, {"run", "--format", "json", "absent.hcl"}},
      {73, {"list", "site.hcl"}},
      {73, {"--version"}},
  };
  for (const auto& [status, arguments] : ends) {
    EXPECT_EQ(run_on_full_output(host.fluke_program(arguments)).status, status) << arguments.back();
  }
  host.directory_with_tasks("app", "[tasks]\ncheck = 'false'\napply = 'false'\n");
  EXPECT_EQ(run_on_full_output(host.fluke_program({"run", "site.hcl"})).status, 1);
  EXPECT_EQ(run_on_full_output(host.fluke_program({"check", "site.hcl"})).status, 73);
}

TEST(DescriptorLimit, ThatIsTooLowEndsARunBeforeItsFirstResource) {
  const DeployHost host;
  for (const std::string command : {"run", "check"}) {
    support::Program program = host.fluke_program({command, "site.hcl"});
    program.arguments.insert(program.arguments.begin(),
                             {"/bin/sh", "-c", "ulimit -Sn 10; exec \"$@\"", "sh"});
    const support::Ran ran = support::run(program);
    EXPECT_EQ(ran.status, 69);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err,
              "fluke: no more than 10 files may be open here (ulimit -n), which is too few for git "
              "and mise; allow at least 64\n");
  }
  EXPECT_FALSE(host.exists("app/done"));
  support::Program program = host.fluke_program({"run", "site.hcl"});
  program.arguments.insert(program.arguments.begin(),
                           {"/bin/sh", "-c", "ulimit -n 64; exec \"$@\"", "sh"});
  EXPECT_EQ(support::run(program).status, 0);
}

TEST(DescriptorLimit, ThatIsTooLowForMiseIsNotTakenForDrift) {
  const DeployHost host;
  const auto mise = host.write("mise", R"sh(#!/bin/sh
case "$1 $2" in
  "tasks ls") echo '[{"name":"check","source":"/x"},{"name":"apply","source":"/x"}]' ;;
  "run check") echo 'mise ERROR Too many open files (os error 24)' && exit 1 ;;
esac
)sh");
  std::filesystem::permissions(mise, std::filesystem::perms(0755));
  const support::Ran ran = host.fluke({"run", "--mise", mise.string(), "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_NE(
      ran.out.find("check: mise could not start the task \"check\"; raise the limits of fluke "
                   "(ulimit -a)\n"),
      std::string::npos)
      << ran.out;
}

TEST(FileSizeLimit, IsAFailedWriteAndLeavesNoHalfOfAReport) {
  const DeployHost host;
  const auto mise = host.write("mise", R"(#!/bin/sh
case "$1 $2" in
  "tasks ls") echo '[{"name":"check","source":"/x"},{"name":"apply","source":"/x"}]' ;;
esac
)");
  std::filesystem::permissions(mise, std::filesystem::perms(0755));
  support::Program program = host.fluke_program(
      {"run", "--mise", mise.string(), "--report", "html=report.html", "site.hcl"});
  program.arguments.insert(program.arguments.begin(),
                           {"/bin/sh", "-c", "ulimit -f 2; exec \"$@\"", "sh"});
  const support::Ran ran = support::run(program);
  EXPECT_EQ(ran.status, 73) << ran.signal.value_or(0);
  EXPECT_EQ(ran.err, "fluke: cannot write the report \"report.html\": write: File too large\n");
  for (const auto& entry : std::filesystem::directory_iterator(host.root())) {
    EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
  }
}

TEST(ProcessLimit, IsNamedWhenNoOtherProcessMayBeStarted) {
  const DeployHost host;
  support::Program program = host.fluke_program({"run", "site.hcl"});
  // A sanitizer looks for leaks from another process, which may not be started either.
  program.arguments.insert(
      program.arguments.begin(),
      {"/usr/bin/env", "ASAN_OPTIONS=detect_leaks=0", "/usr/bin/prlimit", "--nproc=1"});
  const auto ordinary = host.as_ordinary_user(program);
  if (!ordinary) {
    GTEST_SKIP() << "the limit does not bind root, and no other user can reach the program";
  }
  const support::Ran ran = support::run(*ordinary);
  EXPECT_EQ(ran.status, 69) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("tasks: mise could not be started: "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("mise: Resource temporarily unavailable"), std::string::npos) << ran.out;
  EXPECT_FALSE(host.exists("app/done"));
}

}  // namespace
