// What is easy to get wrong with the real mise: each trap is held here as a fact.
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "executor/mise/site.h"

namespace {

using process::describe;
using process::Result;

class Traps : public MiseSite {};

TEST_F(Traps, MissingTaskExitsAsADriftedCheckDoesAndOnlyTheListTellsThemApart) {
  write("mise.toml", "[tasks.check]\nrun = 'exit 1'\n");
  EXPECT_EQ(describe(run("check").ending), "exited with status 1");
  EXPECT_EQ(describe(run("chekc").ending), "exited with status 1");
  const auto tasks = client().tasks(place(), std::nullopt);
  ASSERT_TRUE(tasks);
  EXPECT_NE(tasks->find("check"), nullptr);
  EXPECT_EQ(tasks->find("chekc"), nullptr);
}

TEST_F(Traps, ExitStatusOfTheTaskComesThrough) {
  write("mise.toml", "[tasks.a]\nrun = 'exit 7'\n[tasks.b]\nrun = 'no-such-program'\n");
  EXPECT_EQ(describe(run("a").ending), "exited with status 7");
  EXPECT_EQ(describe(run("b").ending), "exited with status 127");
}

TEST_F(Traps, ConfigurationWithATemplateNeedsNoTrustBeforehand) {
  write("mise.toml", "[env]\nTWO = '{{ 1 + 1 }}'\n[tasks.check]\nrun = 'echo $TWO'\n");
  EXPECT_EQ(listed(), "check");
  EXPECT_TRUE(trust_store_is_empty());
  EXPECT_EQ(printed_by("check"), "2\n");
}

TEST_F(Traps, ConfigurationAboveIsTrustedByMiseWhereItRunsAndNotWhereItLists) {
  root_.write("mise.toml", "[env]\nTWO = '{{ 1 + 1 }}'\n[tasks.check]\nrun = 'echo $TWO'\n");
  EXPECT_NE(listed().find("not trusted"), std::string::npos) << listed();
  EXPECT_TRUE(trust_store_is_empty());
  EXPECT_TRUE(client().would_run(place(), "check", std::nullopt));
  EXPECT_EQ(printed_by("check"), "2\n");
}

TEST_F(Traps, ParanoidMiseTrustsNoConfigurationAboveAlsoWhereASettingsFileMakesItSo) {
  write_at_home(".config/mise/config.toml", "[settings]\nparanoid = true\n");
  root_.write("mise.toml", "[env]\nTWO = '{{ 1 + 1 }}'\n[tasks.check]\nrun = 'echo $TWO'\n");
  EXPECT_FALSE(client().would_run(place(), "check", std::nullopt));
  EXPECT_EQ(describe(run("check").ending), "exited with status 1");
}

TEST_F(Traps, MiseThatLacksDescriptorsForATaskSaysSo) {
  write("mise.toml", "[tasks.check]\nrun = 'true'\n");
  const process::Result result =
      runner_.run({.program = "/bin/sh",
                   .arguments = {"-c", "ulimit -n 11; exec \"$@\"", "sh", program_, "run", "check"},
                   .environment = client().environment_at(place()).entries(),
                   .working_dir = site_},
                  {});
  EXPECT_EQ(describe(result.ending), "exited with status 1");
  EXPECT_TRUE(mise::lacked_resources(result.output)) << result.output;
  EXPECT_FALSE(mise::lacked_resources(run("check").output));
}

TEST_F(Traps, SyntaxErrorIsNotHiddenBehindTheTrustMessage) {
  write("mise.toml", "[env]\nTWO = '{{ 1 + 1 }}'\n[tasks.check\n");
  const std::string message = listed();
  EXPECT_NE(message.find("Invalid TOML"), std::string::npos) << message;
  EXPECT_EQ(message.find("not trusted"), std::string::npos) << message;
}

TEST_F(Traps, PatternRunsEveryMatch) {
  write("mise.toml", "[tasks.a1]\nrun = 'echo one'\n[tasks.a2]\nrun = 'echo two'\n");
  const std::string output = run("a*").output;
  EXPECT_NE(output.find("one"), std::string::npos) << output;
  EXPECT_NE(output.find("two"), std::string::npos) << output;
}

TEST_F(Traps, CheckThatASignalEndsExitsAsADriftedOneDoes) {
  write("mise.toml", "[tasks.a]\nrun = 'kill -TERM $$'\n[tasks.b]\nrun = 'kill -KILL $$'\n");
  EXPECT_EQ(describe(run("a").ending), "exited with status 1");
  EXPECT_EQ(describe(run("b").ending), "exited with status 1");
}

TEST_F(Traps, InterruptedCheckIsToldFromADriftedOne) {
  write("mise.toml", "[tasks.check]\nrun = 'kill -INT \"$FLUKE\"; sleep 300'\n");
  EXPECT_EQ(describe(run("check", {{"FLUKE", std::to_string(getpid())}}).ending),
            "was stopped by SIGINT");
}

TEST_F(Traps, TasksOfTheDirectoriesAboveAreInherited) {
  root_.write("mise.toml", "[tasks.check]\nrun = 'echo from above'\n");
  EXPECT_EQ(listed(), "check");
  EXPECT_EQ(printed_by("check"), "from above\n");
}

TEST_F(Traps, NearerTaskWins) {
  root_.write("mise.toml", "[tasks.check]\nrun = 'echo from above'\n");
  write("mise.toml", "[tasks.check]\nrun = 'echo own'\n");
  const auto tasks = client().tasks(place(), std::nullopt);
  ASSERT_TRUE(tasks);
  ASSERT_NE(tasks->find("check"), nullptr);
  EXPECT_EQ(tasks->find("check")->source, site_ / "mise.toml");
  EXPECT_EQ(printed_by("check"), "own\n");
}

TEST_F(Traps, FileWithoutItsExecuteBitIsNoTask) {
  write_script("mise-tasks/check", "true");
  EXPECT_EQ(listed(), "check");
  chmod((site_ / "mise-tasks/check").c_str(), 0644);
  EXPECT_EQ(listed(), "");
  EXPECT_EQ(describe(run("check").ending), "exited with status 1");
}

TEST_F(Traps, BackgroundProcessThatHoldsThePipeDoesNotHangTheRun) {
  write("mise.toml", "[tasks.apply]\nrun = 'sleep 300 & echo $! > daemon; echo started'\n");
  const Result result = run("apply");
  EXPECT_EQ(describe(result.ending), "exited with status 0");
  EXPECT_LT(result.duration, std::chrono::seconds(60));
  kill(std::stoi(support::read_file(site_ / "daemon")), SIGKILL);
}

TEST_F(Traps, TaskThatAsksForConfirmationFails) {
  write("mise.toml", "[tasks.apply]\nconfirm = 'sure?'\nrun = 'touch applied'\n");
  EXPECT_EQ(describe(run("apply").ending), "exited with status 1");
  EXPECT_FALSE(std::filesystem::exists(site_ / "applied"));
}

TEST_F(Traps, DeadlineEndsWhatANestedMiseStarted) {
  write("mise.toml",
        "[tasks.apply]\nrun = 'mise run inner'\n"
        "[tasks.inner]\nrun = 'echo $$ > inner; trap \"\" TERM; while :; do sleep 0.1; done'\n");
  process::PosixRunner impatient(cancellation_, std::chrono::milliseconds(500));
  const mise::Client hasty(impatient, program_, environment_);
  const Result result = hasty.run(place(), "apply", std::chrono::seconds(5), {});
  EXPECT_EQ(describe(result.ending), "ran past its deadline of 5s");
  const std::string stat = support::read_file(
      "/proc/" + std::to_string(std::stoi(support::read_file(site_ / "inner"))) + "/stat");
  EXPECT_TRUE(stat.empty() || stat.find(") Z ") != std::string::npos) << stat;
}

TEST_F(Traps, InheritedEnvironmentReachesTheTask) {
  environment_.set("INHERITED", "yes");
  write("mise.toml",
        "[tasks.check]\nenv = { OWN = 'task' }\nrun = 'echo $INHERITED $OWN $ADDED $PWD'\n");
  EXPECT_EQ(printed_by("check", {{"ADDED", "manifest"}, {"OWN", "manifest"}}),
            "yes task manifest " + site_.string() + "\n");
}

}  // namespace
