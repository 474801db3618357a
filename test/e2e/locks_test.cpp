// Two runs and one directory, by whatever path.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "e2e/deploy_host.h"

namespace {

using e2e::DeployHost;

/// A first run that holds the directory until the file `go` is there.
class Locks : public testing::Test {
 protected:
  Locks() : host_(tasks) { e2e::wait_for(holder_, "deploy: holding"); }
  ~Locks() override { host_.write("go", ""); }

  /// A second run, which reaches the directory by `path`.
  [[nodiscard]] support::Ran run_by(const std::string& path,
                                    const std::string& lock_timeout = "0s") const {
    host_.write("other.hcl", "mise \"deploy\" {\n  working_dir = \"" + path + "\"\n}\n");
    return host_.fluke({"run", "--lock-timeout", lock_timeout, "other.hcl"});
  }

  void expect_kept_out(const support::Ran& ran) const {
    EXPECT_EQ(ran.status, 75) << ran.out << ran.err;
    const std::string known =
        "lock: process " + std::to_string(holder_.pid()) + " (fluke) holds \"";
    EXPECT_TRUE(ran.out.find(known) != std::string::npos ||
                ran.out.find("lock: another process holds \"") != std::string::npos)
        << ran.out;
  }

  static constexpr std::string_view tasks = R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
run = "echo holding; until test -e ../go; do sleep 0.05; done; touch done"
)";

  DeployHost host_;
  support::Running holder_{host_.fluke_program({"run", "--timeout", "60s", "site.hcl"})};
};

TEST_F(Locks, KeepASecondRunOutWhateverPathItComesBy) {
  std::filesystem::create_directory_symlink("app", host_.root() / "link");
  for (const char* path : {"app", "app/", "./app/../app", "link", "link/"}) {
    SCOPED_TRACE(path);
    expect_kept_out(run_by(path));
  }
  EXPECT_FALSE(host_.exists("app/done"));
}

TEST_F(Locks, KeepASecondRunOutThatComesByABindMount) {
  std::filesystem::create_directory(host_.root() / "bound");
  host_.write("bound.hcl", "mise \"deploy\" {\n  working_dir = \"bound\"\n}\n");
  support::Program program = host_.fluke_program({"run", "bound.hcl"});
  program.arguments.insert(program.arguments.begin(),
                           {"/bin/sh", "-c",
                            "exec unshare -rm sh -c 'mount --bind app bound || exit 99; exec "
                            "\"$@\"' sh \"$@\" || exit 99",
                            "sh"});
  const support::Ran ran = support::run(program);
  if (ran.status == 99 || ran.err.find("unshare") != std::string::npos) {
    GTEST_SKIP() << "nothing may be mounted here: " << ran.err;
  }
  expect_kept_out(ran);
}

TEST_F(Locks, AreWaitedForAsLongAsTheTimeoutSays) {
  const support::Ran ran = run_by("app", "300ms");
  expect_kept_out(ran);
  EXPECT_NE(ran.out.find("\"; waited 300ms"), std::string::npos) << ran.out;
  support::Program patient =
      host_.fluke_program({"run", "--lock-timeout", "60s", "--verbose", "other.hcl"});
  support::Running second(patient);
  e2e::wait_for(second, "deploy: lock: ");
  host_.write("go", "");
  EXPECT_EQ(second.wait().status, 0);
  EXPECT_EQ(holder_.wait().status, 0);
}

TEST_F(Locks, OfAHolderThatIsKilledGoWithItsCommand) {
  holder_.send(SIGKILL);
  EXPECT_EQ(holder_.wait().signal, SIGKILL);
  const support::Ran early = run_by("app");
  EXPECT_EQ(early.status, 75) << early.out << early.err;
  EXPECT_NE(early.out.find(" run apply), left by a fluke that was killed, has been running in \""),
            std::string::npos)
      << early.out;
  EXPECT_FALSE(host_.exists("app/done"));
  host_.write("go", "");
  const support::Ran ran = run_by("app", "60s");
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_TRUE(ran.out.starts_with("deploy  satisfied  ")) << ran.out;
}

TEST_F(Locks, OfAHolderThatIsKilledGoWithTheCommandThatTheMessageNames) {
  holder_.send(SIGKILL);
  EXPECT_EQ(holder_.wait().signal, SIGKILL);
  const std::string out = run_by("app").out;
  const std::size_t remedy = out.find("end it with: ");
  ASSERT_NE(remedy, std::string::npos) << out;
  host_.run({"sh", "-c", out.substr(remedy + 13, out.find('\n') - remedy - 13)});
  host_.write("go", "");
  const support::Ran ran = run_by("app", "60s");
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_TRUE(ran.out.starts_with("deploy  applied  ")) << ran.out;
}

/// What apply leaves behind does not count, not even where fluke is killed.
TEST(Lock, OfAKilledFlukeDoesNotLastAsLongAsADaemonOfItsCommand) {
  const DeployHost host(R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
run = "setsid sleep 60 > /dev/null 2>&1 & echo $! > ../daemon; touch done; echo holding; until test -e ../go; do sleep 0.05; done"
)");
  support::Running holder(host.fluke_program({"run", "--timeout", "60s", "site.hcl"}));
  e2e::wait_for(holder, "deploy: holding");
  holder.send(SIGKILL);
  EXPECT_EQ(holder.wait().signal, SIGKILL);
  host.write("go", "");
  EXPECT_EQ(host.fluke({"run", "--lock-timeout", "60s", "site.hcl"}).status, 0);
  EXPECT_EQ(::kill(std::atoi(host.read("daemon").c_str()), SIGKILL), 0);
}

TEST(Lock, OfAUserWhoMayOnlyReadDoesNotShutRootOut) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "needs root";
  }
  const DeployHost host;
  std::filesystem::permissions(host.root(), std::filesystem::perms(0755));
  support::Program program = host.fluke_program({});
  program.arguments = {"/usr/bin/setpriv",
                       "--reuid=65534",
                       "--regid=65534",
                       "--clear-groups",
                       "/bin/sh",
                       "-c",
                       "exec 9<app; flock 9; echo holding >&2; exec sleep 60"};
  support::Running holder(program);
  e2e::wait_for(holder, "holding");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
}

TEST(Lock, DoesNotReachADaemonThatApplyLeavesBehind) {
  const DeployHost host(R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
run = "touch done; setsid sleep 60 > /dev/null 2>&1 & echo $! > ../daemon"
)");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  ::kill(std::atoi(host.read("daemon").c_str()), SIGKILL);
}

}  // namespace
