// Two runs and one directory, by whatever path.
#include <gtest/gtest.h>
#include <signal.h>

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

TEST_F(Locks, GoWithAHolderThatIsKilled) {
  holder_.send(SIGKILL);
  EXPECT_EQ(holder_.wait().signal, SIGKILL);
  host_.write("go", "");
  const support::Ran ran = run_by("app");
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
