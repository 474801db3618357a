// Traps that the real mise and the real git set, one test each: what works by hand has to work
// under fluke, and nothing may be applied by mistake.
#include <gtest/gtest.h>
#include <signal.h>

#include <thread>

#include "e2e/deploy_host.h"

namespace {

using e2e::DeployHost;
using e2e::Host;

TEST(Traps, AMissingTaskExitsAsADriftedCheckDoesAndIsToldApart) {
  const DeployHost host("[tasks]\napply = 'touch done'\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 78);
  EXPECT_FALSE(host.exists("app/done"));
}

TEST(Traps, HiddenTasksAndAliasesCount) {
  const Host host;
  host.directory_with_tasks("app", R"(
[tasks.check]
hide = true
run = "test -f done"
[tasks.deploy]
alias = "apply"
run = "touch done"
)");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(Traps, AConfigurationThatNobodyTrustedIsRead) {
  const DeployHost host(R"(
[env]
WHERE = "{{ config_root }}"
[tasks.check]
run = 'test -f done'
[tasks.apply]
run = 'echo "$WHERE" > done'
)");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_EQ(host.read("app/done"), (host.root() / "app").string() + "\n");
}

TEST(Traps, ASyntaxErrorIsNotHiddenBehindTheTrustMessage) {
  const DeployHost host("[env]\nWHERE = \"{{ config_root }}\"\n[tasks\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_NE(ran.err.find("TOML parse error"), std::string::npos) << ran.err;
  EXPECT_EQ(ran.err.find("not trusted"), std::string::npos) << ran.err;
}

TEST(Traps, TasksThatTheEnvironmentOfTheResourceBringsCount) {
  const DeployHost host("[env]\nTOKEN = { required = true }\nWHERE = \"{{ env.STAGE }}\"\n");
  host.write("app/mise.production.toml", e2e::converging_tasks);
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = "app"
  env         = { MISE_ENV = "production", TOKEN = "t", STAGE = "s" }
}
)");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(Traps, TasksThatTheEnvironmentOfTheResourceTakesAwayAreMissing) {
  const DeployHost host("[tasks]\ncheck = 'test -f done'\napply = 'touch done'\n");
  host.write("app/other.toml", "[tasks]\napply = 'touch done'\n");
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = "app"
  env         = { MISE_OVERRIDE_CONFIG_FILENAMES = "other.toml" }
}
mise "twin" {
  working_dir = "app"
}
)");
  const support::Ran ran = host.fluke({"run", "--only", "deploy", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_FALSE(host.exists("app/done"));
  EXPECT_EQ(host.fluke({"run", "--only", "twin", "site.hcl"}).status, 0);
}

TEST(Traps, ACheckThatMiseRefusesToRunIsNotTakenForDrift) {
  const DeployHost host(
      "[tasks.check]\ndepends = ['nope']\nrun = 'true'\n[tasks.apply]\nrun = 'touch done'\n");
  for (const std::string command : {"run", "check"}) {
    const support::Ran ran = host.fluke({command, "site.hcl"});
    EXPECT_EQ(ran.status, 78);
    EXPECT_NE(ran.err.find("nope"), std::string::npos) << ran.err;
  }
  EXPECT_FALSE(host.exists("app/done"));
}

TEST(Traps, ACheckThatMiseCannotStartIsNotTakenForDrift) {
  const DeployHost host;
  const auto mise = host.write("mise", "#!/bin/sh\nulimit -n 11\nexec mise \"$@\"\n");
  std::filesystem::permissions(mise, std::filesystem::perms(0755));
  const support::Ran ran = host.fluke({"run", "--mise", mise.string(), "site.hcl"});
  EXPECT_EQ(ran.status, 78) << ran.out << ran.err;
  EXPECT_NE(ran.err.find("Too many open files"), std::string::npos) << ran.err;
  EXPECT_FALSE(host.exists("app/done"));
}

TEST(Traps, AParanoidMiseIsNotTalkedIntoTrust) {
  Host host;
  host.write("home/.config/mise/config.toml", "[settings]\nparanoid = true\n");
  host.environment["ROOT"] = host.root().string();
  host.directory_with_tasks(".", "[env]\nX = '{{ exec(command=\"touch $ROOT/executed\") }}'\n" +
                                     std::string(e2e::converging_tasks));
  host.write("app/readme", "");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_NE(ran.err.find("not trusted"), std::string::npos) << ran.err;
  EXPECT_FALSE(host.exists("executed"));
  host.environment["MISE_PARANOID"] = "0";
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
}

TEST(Traps, ATaskElsewhereThatCannotBeFetchedDoesNotMatter) {
  Host host;
  host.environment["MISE_HTTP_RETRIES"] = "0";
  host.directory_with_tasks("app", std::string(e2e::converging_tasks) +
                                       "[tasks.other]\nfile = 'https://127.0.0.1:1/task'\n");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
}

TEST(Traps, ATaskMayBeAPathOrAFileOfTwoOfItsName) {
  const DeployHost host("");
  for (const char* file : {"app/mise-tasks/check.sh", "app/mise-tasks/check.py", "app/apply.sh"}) {
    std::filesystem::permissions(host.write(file, "#!/bin/sh\necho \"$0\" >> ran\ntest -f done\n"),
                                 std::filesystem::perms(0755));
  }
  host.write("app/apply.sh", "#!/bin/sh\ntouch done\n");
  host.write("site.hcl",
             "mise \"deploy\" {\n  working_dir = \"app\"\n  apply_task  = \"./apply.sh\"\n}\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_TRUE(host.exists("app/done"));
  const std::string checks = host.read("app/ran");
  EXPECT_NE(checks.find("check.sh"), std::string::npos) << checks;
  EXPECT_NE(checks.find("check.py"), std::string::npos) << checks;
}

TEST(Traps, AFileOfTheNameOfATaskIsNotTheTask) {
  const DeployHost host("[tasks]\nmise = 'true'\napply = 'touch done'\n");
  host.write("site.hcl",
             "mise \"deploy\" {\n  working_dir = \"app\"\n  check_task  = \".mise.toml\"\n}\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 78);
  EXPECT_FALSE(host.exists("app/done"));
}

TEST(Traps, ADirectoryThatALinkLeadsToIsTrustedToo) {
  const DeployHost host("[env]\nX = '{{ 1 + 1 }}'\n" + std::string(e2e::converging_tasks));
  std::filesystem::create_directory_symlink("app", host.root() / "current");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"current\"\n}\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
}

TEST(Traps, ACheckThatMiseIsToldToSkipIsTold) {
  DeployHost host;
  host.environment["MISE_TASK_SKIP"] = "other,check";
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(
      ran.out.starts_with("deploy  satisfied  MISE_TASK_SKIP names \"check\": mise skipped it"))
      << ran.out;
}

TEST(Traps, ATaskNameThatMiseWouldReadAsAPatternIsRefused) {
  const DeployHost host;
  host.write("site.hcl",
             "mise \"deploy\" {\n  working_dir = \"app\"\n  check_task  = \"che*\"\n}\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 65);
}

TEST(Traps, ATaskNameWithASpaceIsFine) {
  const DeployHost host("[tasks]\n'is it done' = 'test -f done'\napply = 'touch done'\n");
  host.write("site.hcl",
             "mise \"deploy\" {\n  working_dir = \"app\"\n  check_task  = \"is it done\"\n}\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(Traps, AnInterruptedCheckIsNotTakenForDrift) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    const DeployHost host("[tasks]\ncheck = 'touch ../checking; sleep 60'\napply = 'touch done'\n");
    support::Running running(host.fluke_program({"run", "--verbose", "site.hcl"}));
    while (!host.exists("checking")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    running.send(signal);
    const support::Ran ran = running.wait();
    EXPECT_EQ(ran.signal, signal);
    EXPECT_NE(ran.out.find("deploy  failed     check: interrupted by SIG"), std::string::npos)
        << ran.out;
    EXPECT_FALSE(host.exists("app/done"));
  }
}

TEST(Traps, ACheckThatRunsPastItsDeadlineIsNotTakenForDrift) {
  const DeployHost host("[tasks]\ncheck = 'sleep 60'\napply = 'touch done'\n");
  const support::Ran ran = host.fluke({"run", "--timeout", "300ms", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("deploy  failed     check: task \"check\" ran past its deadline of 300ms"),
            std::string::npos)
      << ran.out;
  EXPECT_FALSE(host.exists("app/done"));
}

TEST(Traps, ACheckThatCannotTellIsNotTakenForDrift) {
  const Host host;
  host.directory_with_tasks("app",
                            "[tasks]\ncheck = 'echo no answer; exit 3'\napply = 'touch applied'\n");
  host.write("site.hcl", R"(mise "deploy" {
  working_dir   = "app"
  check_unknown = [3, 75]
}
)");
  for (const std::string command : {"run", "check"}) {
    const support::Ran ran = host.fluke({command, "site.hcl"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_TRUE(ran.out.starts_with(
        "deploy  failed     check: task \"check\" cannot tell: it exited with status 3\n"))
        << ran.out;
    EXPECT_NE(ran.err.find("deploy: no answer\n"), std::string::npos) << ran.err;
  }
  EXPECT_FALSE(host.exists("app/applied"));
}

TEST(Traps, PathsInAManifestBehindALinkCountFromWhereTheLinkIs) {
  const Host host;
  host.write("opt/site.fluke.hcl", "mise \"site\" {\n  working_dir = \".\"\n}\n");
  std::filesystem::create_directory(host.root() / "etc");
  std::filesystem::create_symlink("../opt/site.fluke.hcl", host.root() / "etc/site.fluke.hcl");
  const std::string list = host.fluke({"list", "--format", "json", "etc"}).out;
  EXPECT_NE(list.find("\"working_dir\": \"" + (host.root() / "etc").string() + "\""),
            std::string::npos)
      << list;
}

TEST(Traps, TasksOfADirectoryAboveAreInheritedAndTheReportSaysWhereTheyCameFrom) {
  const Host host;
  host.directory_with_tasks(".", e2e::converging_tasks);
  host.write("app/readme", "");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  const support::Ran ran = host.fluke({"run", "--format", "json", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(host.normalised(ran.out).find("\"source\": \"<root>/.mise.toml\""), std::string::npos)
      << ran.out;
}

TEST(Traps, GlobalTasksCount) {
  const Host host;
  host.write("home/.config/mise/config.toml", e2e::converging_tasks);
  host.write("app/readme", "");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
}

TEST(Traps, ATaskFileWithoutItsExecuteBitIsNotATask) {
  const DeployHost host("[tasks]\napply = 'touch done'\n");
  const std::filesystem::path file =
      host.write("app/mise-tasks/check", "#!/bin/sh\ntest -f done\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 78);
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
}

TEST(Traps, ADaemonThatApplyLeavesBehindDoesNotHangTheRun) {
  const DeployHost host(R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
raw = true
run = "touch done; sh -c 'trap \"\" PIPE; sleep 300 & echo $! > ../daemon'"
)");
  EXPECT_EQ(host.fluke({"run", "--timeout", "60s", "site.hcl"}).status, 0);
  EXPECT_EQ(host.run({"sh", "-c", "kill -0 $(cat daemon) && kill $(cat daemon) && echo alive"}),
            "alive\n");
}

TEST(Traps, ATaskThatAsksForConfirmationFails) {
  const DeployHost host(R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
confirm = "Really?"
run = "touch done"
)");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 1);
  EXPECT_FALSE(host.exists("app/done"));
}

TEST(Traps, InsideAMiseTaskTheInnerMiseSeesTheTasksOfTheResource) {
  const DeployHost host(R"(
[env]
NAME = "inner"
[tasks.check]
run = "test -f done"
[tasks.apply]
run = 'echo "$NAME $MISE_PROJECT_ROOT" > done'
)");
  host.write("outer/.mise.toml", "[env]\nNAME = 'outer'\n[tasks]\ncheck = 'false'\nreconcile = '" +
                                     std::string(FLUKE_BINARY) + " run ../site.hcl'\n");
  host.run({"mise", "run", "reconcile"}, "outer");
  EXPECT_EQ(host.read("app/done"), "inner " + (host.root() / "app").string() + "\n");
}

TEST(Traps, InASubdirectoryOfAnotherRepositoryThatOneIsNotTouched) {
  Host host;
  host.environment["ROOT"] = host.root();
  host.repository_with_tasks("app.git", e2e::converging_tasks);
  host.run({"git", "init", "--quiet", "outer"});
  host.write("outer/app/notes", "mine\n");
  const std::string state =
      "git -C outer config --list --local; git -C outer for-each-ref; ls -A "
      "outer outer/app outer/.git";
  const std::string before = host.run({"sh", "-c", state});
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = "outer/app"
  git {
    url = "${env("ROOT")}/app.git"
  }
}
)");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(host.run({"sh", "-c", state}), before);
}

TEST(Traps, TasksThatCallGitSeeTheEnvironmentOfALoginShell) {
  Host host;
  host.environment["ROOT"] = host.root();
  host.repository_with_tasks("app.git", R"(
[tasks.check]
run = "test -f ../seen"
[tasks.apply]
run = "git rev-parse --show-toplevel > ../seen; env | grep -E '^(GIT|SSH)_' | grep -v -E '^GIT_(AUTHOR|COMMITTER|CONFIG_NOSYSTEM)' >> ../seen || true"
)");
  host.environment["GIT_DIR"] = (host.root() / "elsewhere.git").string();
  host.environment["GIT_INDEX_FILE"] = (host.root() / "elsewhere.index").string();
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = "app"
  git {
    url = "${env("ROOT")}/app.git"
  }
}
)");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(host.read("seen"), (host.root() / "app").string() + "\n");
}

TEST(Traps, NothingThatWorksByHandHangsOnATerminalThatIsNotThere) {
  const DeployHost host(R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
run = "cat > done; test ! -t 0"
)");
  EXPECT_EQ(host.fluke({"run", "--timeout", "60s", "site.hcl"}).status, 0);
}

}  // namespace
