// One test for each exit code, as a script sees it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <csignal>
#include <cstring>

#include "e2e/deploy_host.h"
#include "file/descriptor.h"

namespace {

using e2e::DeployHost;
using e2e::Host;

/// A task that says on standard error that it has begun, and then takes long.
constexpr std::string_view slow_apply = R"(
[tasks.check]
run = "false"
[tasks.apply]
run = "echo begun; sleep 60"
)";

TEST(ExitCode, IsZeroWhenEveryResourceIsSatisfiedOrApplied) {
  const DeployHost host(e2e::converging_tasks);
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
}

TEST(ExitCode, IsOneWhenAResourceFailed) {
  const DeployHost host("[tasks]\ncheck = 'false'\napply = 'exit 3'\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  failed     apply: task \"apply\" exited with status 3\n"
            "1 resource: 1 failed in <time>\n");
}

TEST(ExitCode, IsTwoWhenCheckFindsDrift) {
  const DeployHost host(e2e::converging_tasks);
  const support::Ran ran = host.fluke({"check", "site.hcl"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  drifted    task \"check\" exited with status 1  check <time>\n"
            "1 resource: 1 drifted in <time>\n");
  EXPECT_FALSE(host.exists("app/done"));
}

TEST(ExitCode, IsTwoWhenARunWithDetailedExitcodeAppliedSomething) {
  const DeployHost host(e2e::converging_tasks);
  EXPECT_EQ(host.fluke({"run", "--detailed-exitcode", "site.hcl"}).status, 2);
  EXPECT_EQ(host.fluke({"run", "--detailed-exitcode", "site.hcl"}).status, 0);
}

TEST(ExitCode, Is64ForAUsageError) {
  const Host host;
  const support::Ran ran = host.fluke({"rnu", "site.hcl"});
  EXPECT_EQ(ran.status, 64);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "fluke: unknown command \"rnu\"; did you mean \"run\"?\n");
}

TEST(ExitCode, Is65ForAnInvalidManifest) {
  const Host host;
  host.write("site.hcl", "mise \"deploy\" {\n}\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 65);
}

TEST(ExitCode, Is66ForAManifestThatCannotBeRead) {
  const Host host;
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 66);
}

TEST(ExitCode, Is66AlsoWhenAnotherManifestIsInvalid) {
  const Host host;
  host.write("site.hcl", "mise \"deploy\" {\n}\n");
  EXPECT_EQ(host.fluke({"run", "absent.hcl", "site.hcl"}).status, 66);
}

TEST(ExitCode, Is69WhenMiseCannotBeFound) {
  DeployHost host(e2e::converging_tasks);
  host.environment["PATH"] = (host.root() / "empty").string();
  // mise is also looked for where its installers put it; name one that is not there.
  const support::Ran ran = host.fluke({"run", "--mise", "no-such-mise", "site.hcl"});
  EXPECT_EQ(ran.status, 69);
  EXPECT_EQ(ran.err,
            "fluke: --mise names \"no-such-mise\", which is not an executable file on PATH\n");
  EXPECT_NE(host.fluke({"run", "--mise", "no-such-mise", "--format", "json", "site.hcl"})
                .out.find("\"kind\": \"program-missing\""),
            std::string::npos);
}

TEST(ExitCode, Is70WhenMemoryRunsOut) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer needs more address space than the limit leaves";
#endif
  const Host host;
  host.write("site.hcl", std::string(40'000'000, '#'));
  support::Program program = host.fluke_program({"validate", "site.hcl"});
  program.arguments.insert(program.arguments.begin(),
                           {"/bin/sh", "-c", "ulimit -v 30000; exec \"$@\"", "sh"});
  const support::Ran ran = support::run(program);
  EXPECT_EQ(ran.status, 70);
  EXPECT_EQ(ran.err, "fluke: out of memory\n");
}

TEST(ExitCode, Is73WhenAReportCouldNotBeWritten) {
  const DeployHost host(e2e::converging_tasks);
  const support::Ran ran = host.fluke({"run", "--report", "json=absent/report.json", "site.hcl"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_TRUE(host.exists("app/done"));
  EXPECT_TRUE(
      ran.err.ends_with("fluke: cannot write the report \"absent/report.json\": open: No "
                        "such file or directory\n"))
      << ran.err;
}

TEST(ExitCode, Is75WhenAnotherProcessHoldsTheDirectory) {
  const DeployHost host(e2e::converging_tasks);
  const file::Descriptor holder(
      ::open((host.root() / "app").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  ASSERT_EQ(::flock(holder.get(), LOCK_EX), 0);
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 75);
  EXPECT_FALSE(host.exists("app/done"));
}

TEST(ExitCode, Is78WhenATaskIsMissing) {
  const DeployHost host("[tasks]\napply = 'true'\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 78);
}

TEST(ExitCode, TheWorstWinsWhereSeveralHold) {
  const DeployHost host("[tasks]\ncheck = 'false'\napply = 'false'\n");
  host.write("more.hcl", "mise \"absent\" {\n  working_dir = \"absent\"\n}\n");
  EXPECT_EQ(host.fluke({"run", "more.hcl", "site.hcl"}).status, 1);
}

class ExitBySignal : public testing::TestWithParam<int> {};

TEST_P(ExitBySignal, EndsTheProgramByThatSignalAfterAnOrderlyEnd) {
  const DeployHost host(slow_apply);
  support::Running running(host.fluke_program({"run", "site.hcl"}));
  e2e::wait_for(running, "deploy: begun");
  running.send(GetParam());
  const support::Ran ran = running.wait();
  EXPECT_EQ(ran.signal, GetParam());
  EXPECT_NE(ran.out.find("deploy  failed     apply: "), std::string::npos) << ran.out;
}

INSTANTIATE_TEST_SUITE_P(Signals, ExitBySignal, testing::Values(SIGHUP, SIGINT, SIGQUIT, SIGTERM),
                         [](const auto& signal) {
                           return std::string(sigabbrev_np(signal.param));
                         });

}  // namespace
