// How the commands of a shell block are started, without starting them.
#include "executor/shell/executor.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "executor/shell/type.h"
#include "process/cancellation.h"
#include "support/fake_runner.h"
#include "support/temporary_directory.h"

namespace shell {
namespace {

class ShellExecutor : public testing::Test {
 protected:
  ShellExecutor() {
    settings_->check = "test -f done";
    settings_->apply = "touch done";
    settings_->shell = "/bin/sh";
    resource_.name = "deploy";
    resource_.type = &resource_type();
    resource_.settings = settings_;
    world_.environment.set("PATH", programs_.path().string());
    world_.environment.set("HOME", programs_.path().string());
    world_.environment.set("USER", "me");
    for (const char* name : {"setpriv", "sudo"}) {
      chmod(programs_.write(name, "#!/bin/sh\n").c_str(), 0755);
    }
  }

  [[nodiscard]] static bool has(const process::Command& command, std::string_view entry) {
    return std::ranges::find(command.environment, entry) != command.environment.end();
  }

  const bool is_root_ = geteuid() == 0;
  support::TemporaryDirectory programs_;
  process::Cancellation cancellation_ = *process::Cancellation::create();
  support::FakeRunner runner_;
  reconcile::World world_{.runner = runner_, .cancellation = cancellation_, .environment = {}};
  std::shared_ptr<Settings> settings_ = std::make_shared<Settings>();
  manifest::Resource resource_;
};

TEST_F(ShellExecutor, HandsItsCommandsToTheShellInTheHomeDirectory) {
  resource_.env = {{"STAGE", "test"}};
  Executor executor(world_, resource_, std::chrono::seconds(7));
  ASSERT_TRUE(executor.prepare());
  runner_.answer("sh -c test -f done", {.ending = process::Exited{.code = 1}});
  runner_.answer("sh -c touch done", {.ending = process::Exited{.code = 0}});
  EXPECT_EQ(executor.check({}).result, reconcile::CheckResult::drifted);
  EXPECT_TRUE(executor.confirm({}));
  EXPECT_TRUE(process::succeeded(executor.apply({}).record.ending));
  for (const process::Command& command : runner_.commands()) {
    EXPECT_EQ(command.program, "/bin/sh");
    EXPECT_EQ(command.working_dir, programs_.path());
    EXPECT_EQ(command.deadline, std::chrono::seconds(7));
    EXPECT_TRUE(has(command, "STAGE=test"));
    EXPECT_TRUE(has(command, "USER=me"));
  }
}

TEST_F(ShellExecutor, WorksInTheRootDirectoryWhereThereIsNoHome) {
  for (const char* home : {"", "relative", "/no/such/home"}) {
    world_.environment.set("HOME", home);
    const auto launcher = make_launcher(resource_, world_);
    ASSERT_TRUE(launcher);
    EXPECT_EQ(launcher->working_dir, "/") << home;
  }
}

TEST_F(ShellExecutor, BecomesAnotherUserFirst) {
  settings_->run_as = is_root_ ? "nobody" : "root";
  resource_.env = {{"A", "1"}, {"B", "2"}};
  Executor executor(world_, resource_, std::nullopt);
  ASSERT_TRUE(executor.prepare());
  runner_.answer("", {.ending = process::Exited{.code = 1}});
  static_cast<void>(executor.check({}));
  const process::Command& command = runner_.commands().back();
  EXPECT_EQ(support::spelled(command),
            is_root_
                ? "setpriv --reuid=65534 --regid=65534 --init-groups -- /bin/sh -c test -f done"
                : "sudo -n -H -u root --preserve-env=A,B -- /bin/sh -c cd; test -f done");
  EXPECT_TRUE(has(command, "USER=" + settings_->run_as));
  EXPECT_TRUE(has(command, "LOGNAME=" + settings_->run_as));
  EXPECT_TRUE(has(command, "A=1"));
}

TEST_F(ShellExecutor, BecomesNobodyElseWhereItIsThatUserAlready) {
  std::ifstream passwd("/etc/passwd");
  for (std::string line; std::getline(passwd, line);) {
    if (const auto user = parse_user(line); user && user->uid == geteuid()) {
      settings_->run_as = user->name;
    }
  }
  if (settings_->run_as.empty()) {
    GTEST_SKIP() << "the user of this test has no name";
  }
  const auto launcher = make_launcher(resource_, world_);
  ASSERT_TRUE(launcher);
  EXPECT_EQ(launcher->program, "/bin/sh");
  EXPECT_TRUE(launcher->arguments.empty());
}

TEST_F(ShellExecutor, TakesNoRefusalForDrift) {
  settings_->run_as = is_root_ ? "nobody" : "root";
  Executor executor(world_, resource_, std::nullopt);
  ASSERT_TRUE(executor.prepare());
  runner_.answer("test -f done",
                 {.ending = process::Exited{.code = 1}, .output = "a password is required\n"});
  runner_.answer("-- /bin/sh -c :", {.ending = process::Exited{.code = 1}});
  const auto ran = executor.check({});
  const auto confirmed = executor.confirm(ran.record);
  ASSERT_FALSE(confirmed);
  EXPECT_EQ(confirmed.error().cause, reconcile::Cause::misconfigured);
  EXPECT_EQ(confirmed.error().reason,
            is_root_ ? "setpriv does not let fluke run commands as \"nobody\""
                     : "sudo does not let fluke run commands as \"root\"; allow it by this line "
                       "of sudoers(5): #" +
                           std::to_string(geteuid()) + " ALL=(root) NOPASSWD: /bin/sh");
  EXPECT_EQ(confirmed.error().output, "a password is required\n");
}

TEST_F(ShellExecutor, NamesWhatIsMissing) {
  const auto failure = [this] { return make_launcher(resource_, world_).error().failure; };
  world_.environment.set("PATH", "/no/such/directory");
  settings_->run_as = is_root_ ? "nobody" : "root";
  EXPECT_EQ(failure().cause, reconcile::Cause::program_missing);
  EXPECT_EQ(failure().reason, std::string(is_root_ ? "setpriv" : "sudo") +
                                  " was not found on PATH, and only it can run commands as \"" +
                                  settings_->run_as + "\"; install it, or run fluke as that user");
  settings_->run_as = "no.such";
  EXPECT_EQ(failure().cause, reconcile::Cause::misconfigured);
  EXPECT_EQ(failure().reason,
            "there is no user \"no.such\" on this host; create it, or name another");
  settings_->shell = "/bin/no-such-shell";
  EXPECT_EQ(failure().cause, reconcile::Cause::program_missing);
  EXPECT_EQ(failure().reason,
            "there is no shell \"/bin/no-such-shell\" here; install it, or name another in the "
            "attribute shell");
}

TEST_F(ShellExecutor, SaysWhatAPersonWouldType) {
  EXPECT_EQ(settings_->command(manifest::Operation::check), "/bin/sh -c 'test -f done'");
  settings_->run_as = "deploy";
  EXPECT_EQ(settings_->command(manifest::Operation::prepare), "/bin/sh as deploy");
  EXPECT_EQ(settings_->command(manifest::Operation::apply),
            "sudo -u deploy /bin/sh -c 'touch done'");
}

}  // namespace
}  // namespace shell
