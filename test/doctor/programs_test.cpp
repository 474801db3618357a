#include "doctor/programs.h"

#include <gtest/gtest.h>

#include "executor/mise/type.h"
#include "process/cancellation.h"
#include "support/fake_runner.h"
#include "support/temporary_directory.h"

namespace {

class Programs : public testing::Test {
 protected:
  /// "warn git: MESSAGE" a line.
  static std::string shown(const doctor::Findings& findings) {
    std::string lines;
    for (const doctor::Finding& finding : findings) {
      lines += std::string(doctor::name_of(finding.verdict)) + " " + std::string(finding.subject) +
               ": " + finding.message + "\n";
    }
    return lines;
  }

  std::string examined(bool needs_git = true) {
    return shown(doctor::examine_programs(world, needs_git, programs, std::chrono::seconds(1)));
  }

  process::Cancellation cancellation = *process::Cancellation::create();
  std::span<const process::Program> programs = mise::resource_type().programs();
  support::FakeRunner runner;
  reconcile::World world{.runner = runner,
                         .cancellation = cancellation,
                         .environment = {},
                         .programs = {{"git", "/usr/bin/git"}, {"mise", "/opt/mise"}}};
};

TEST_F(Programs, AreToldWithPathAndVersion) {
  runner.answer("git", {.ending = process::Exited{0}, .output = "git version 2.39.5\n"});
  runner.answer("mise", {.ending = process::Exited{0}, .output = "2026.9.15 linux-x64 (new)\n"});
  EXPECT_EQ(examined(),
            "ok git: /usr/bin/git, version 2.39.5\n"
            "ok mise: /opt/mise, version 2026.9.15\n");
}

TEST_F(Programs, MayBeTooOldOrBroken) {
  runner.answer("git", {.ending = process::Exited{0}, .output = "git version 2.30.9\n"});
  runner.answer("mise", {.ending = process::Exited{127}});
  EXPECT_EQ(
      examined(),
      "fail git: \"/usr/bin/git\" is version 2.30.9; fluke needs 2.31 or newer\n"
      "fail mise: \"/opt/mise\" does not print its version: it exited with status 127; install "
      "it again, or name another with --mise\n");
}

TEST_F(Programs, IncludeNoMiseThatFlukeIsNotTriedWith) {
  runner.answer("git", {.ending = process::Exited{0}, .output = "git version 2.39.5\n"});
  runner.answer("mise", {.ending = process::Exited{0}, .output = "2024.8.15 linux-x64\n"});
  EXPECT_NE(examined().find("fail mise: \"/opt/mise\" is version 2024.8.15; fluke needs 2024.9 or "
                            "newer\n"),
            std::string::npos)
      << examined();
}

TEST_F(Programs, MayBeAbsentIfNobodyNeedsThem) {
  world.programs.clear();
  EXPECT_TRUE(
      examined().starts_with("fail git: not found on PATH; install it, or name it with --git\n"
                             "fail mise: not found; looked on PATH"));
  EXPECT_TRUE(examined(false).starts_with("warn git: not found on PATH; "));
}

TEST_F(Programs, AreLookedForWhereCronLooks) {
  const support::TemporaryDirectory home;
  const auto mise = home.write(".local/bin/mise", "#!/bin/sh\n");
  std::filesystem::permissions(mise, std::filesystem::perms(0755));
  process::Environment environment;
  environment.set("HOME", home.path().string());
  environment.set("PATH", "/usr/local/bin:/usr/bin:/opt/x\x1b:/bin");
  EXPECT_EQ(shown(doctor::examine_cron(environment, programs, {{"mise", mise}})),
            "ok cron: its PATH, /usr/bin:/bin, finds the same fluke, git and mise, but its tasks "
            "lack /usr/local/bin, /opt/x\\x1b\n");
  EXPECT_EQ(shown(doctor::examine_cron(environment, programs, {{"mise", "/opt/mise"}})),
            "warn cron: with its PATH, /usr/bin:/bin, mise is " + mise.string() +
                " and not /opt/mise; set PATH in the crontab, or name it with --mise\n");
}

TEST_F(Programs, MayBeWhereCronDoesNotLook) {
  const support::TemporaryDirectory home;
  process::Environment environment;
  environment.set("HOME", home.path().string());
  const std::string told =
      shown(doctor::examine_cron(environment, programs, {{"git", "/opt/git"}}));
  EXPECT_TRUE(told.starts_with("warn cron: with its PATH, /usr/bin:/bin, git is ")) << told;
  EXPECT_TRUE(told.ends_with("/opt/git; set PATH in the crontab, or name it with --git\n")) << told;
}

TEST_F(Programs, IncludeFlukeItselfWhereCronDoesNotLook) {
  EXPECT_EQ(shown(doctor::examine_cron({}, programs, {{"fluke", "/usr/local/bin/fluke"}})),
            "warn cron: with its PATH, /usr/bin:/bin, fluke is not found; here it is "
            "/usr/local/bin/fluke; set PATH in the crontab, or write the whole path there\n");
}

}  // namespace
