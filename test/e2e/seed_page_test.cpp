// What the page "Use the mise executor" promises, one test a sentence.
#include <gtest/gtest.h>

#include "e2e/host.h"

namespace {

using e2e::Host;

constexpr std::string_view basic_manifest = R"(mise "deploy" {
  working_dir = "app"
}
)";

TEST(SeedPage, CheckExitsZeroIfTheDesiredStateIsAlreadySatisfied) {
  const Host host;
  host.directory_with_tasks("app", "[tasks]\ncheck = 'true'\napply = 'touch ../applied'\n");
  host.write("site.hcl", basic_manifest);

  const support::Ran ran = host.fluke({"run", "site.hcl"});

  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  satisfied  check <time>\n"
            "1 resource: 1 satisfied in <time>\n");
  EXPECT_EQ(ran.err, "");
  EXPECT_FALSE(host.exists("applied"));
}

TEST(SeedPage, ApplyBringsTheSystemToTheDesiredStateWhenTheCheckExitsNonZero) {
  const Host host;
  host.directory_with_tasks("app", e2e::converging_tasks);
  host.write("site.hcl", basic_manifest);

  const support::Ran ran = host.fluke({"run", "site.hcl"});

  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  applied    check <time>  apply <time>  verify <time>\n"
            "1 resource: 1 applied in <time>\n");
  EXPECT_EQ(ran.err, "deploy: [apply] $ touch done\n");
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(SeedPage, AMissingApplyTaskFailsWithTheNameThatWasAttempted) {
  const Host host;
  host.directory_with_tasks("app", "[tasks]\ncheck = 'touch ../checked; false'\n");
  host.write("site.hcl", basic_manifest);

  const support::Ran ran = host.fluke({"run", "site.hcl"});

  EXPECT_EQ(ran.status, 78);
  EXPECT_EQ(
      host.normalised(ran.out),
      "deploy  failed     tasks: task \"apply\" does not exist in \"<root>/app\"; tasks there: "
      "check\n"
      "1 resource: 1 failed in <time>\n");
  EXPECT_FALSE(host.exists("checked"));
}

TEST(SeedPage, AMissingCheckTaskFailsWithTheNameThatWasAttempted) {
  const Host host;
  host.directory_with_tasks("app", "[tasks]\nchekc = 'false'\napply = 'touch ../applied'\n");
  host.write("site.hcl", basic_manifest);

  const support::Ran ran = host.fluke({"run", "site.hcl"});

  EXPECT_EQ(ran.status, 78);
  EXPECT_EQ(
      host.normalised(ran.out),
      "deploy  failed     tasks: task \"check\" does not exist in \"<root>/app\"; did you mean "
      "\"chekc\"? tasks there: apply, chekc\n"
      "1 resource: 1 failed in <time>\n");
  EXPECT_FALSE(host.exists("applied"));
}

TEST(SeedPage, WithNoFurtherConfigurationCheckAndApplyRunInTheWorkingDirectory) {
  const Host host;
  host.directory_with_tasks("app", R"(
[tasks.check]
run = "pwd >> ../log; test -f done"
[tasks.apply]
run = "pwd >> ../log; touch done"
)");
  host.write("site.hcl", basic_manifest);

  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);

  EXPECT_EQ(host.normalised(host.read("log")), "<root>/app\n<root>/app\n<root>/app\n");
}

TEST(SeedPage, TasksOfSeveralLinesWork) {
  const Host host;
  host.directory_with_tasks("app", R"(
[tasks.check]
run = "test -f one && test -f two"

[tasks.apply]
run = """
touch one
touch two
"""
)");
  host.write("site.hcl", basic_manifest);

  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);

  EXPECT_TRUE(host.exists("app/one"));
  EXPECT_TRUE(host.exists("app/two"));
}

TEST(SeedPage, TaskNamesCanBeOverridden) {
  const Host host;
  host.directory_with_tasks("app", R"(
[tasks]
check = "touch ../wrong"
apply = "touch ../wrong"
fluke-check = "test -f done"
fluke-apply = "touch done"
)");
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = "app"
  check_task  = "fluke-check"
  apply_task  = "fluke-apply"
}
)");

  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);

  EXPECT_TRUE(host.exists("app/done"));
  EXPECT_FALSE(host.exists("wrong"));
}

constexpr std::string_view page_git_manifest = R"(mise "deploy" {
  working_dir = "app"

  git {
    url    = "${env("ROOT")}/app.git"
    branch = "main"
  }
}
)";

TEST(SeedPage, TheRepositoryIsPulledBeforeTheCheckOnEveryCycle) {
  Host host;
  host.environment["ROOT"] = host.root();
  host.repository_with_tasks(
      "app.git", "[tasks]\ncheck = 'cmp -s version ../live'\napply = 'cp version ../live'\n");
  host.commit("app.git", "version", "1\n");
  host.write("site.hcl", page_git_manifest);

  const support::Ran first = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(first.status, 0);
  EXPECT_EQ(host.normalised(first.out),
            "deploy  applied    git cloned <commit>  check <time>  apply <time>  verify <time>\n"
            "1 resource: 1 applied in <time>\n");
  EXPECT_EQ(host.read("live"), "1\n");

  const support::Ran second = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(second.status, 0);
  EXPECT_EQ(host.normalised(second.out),
            "deploy  satisfied  check <time>\n"
            "1 resource: 1 satisfied in <time>\n");

  host.commit("app.git", "version", "2\n");
  const support::Ran third = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(third.status, 0);
  EXPECT_EQ(host.normalised(third.out),
            "deploy  applied    git <commit>..<commit>  check <time>  apply <time>  verify <time>\n"
            "1 resource: 1 applied in <time>\n");
  EXPECT_EQ(host.read("live"), "2\n");
}

TEST(SeedPage, TheBranchOfTheGitBlockIsTheOneThatIsCheckedOut) {
  Host host;
  host.environment["ROOT"] = host.root();
  host.repository_with_tasks("app.git", e2e::converging_tasks);
  host.commit("app.git", "name", "stable\n", "stable");
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = "app"
  git {
    url    = "${env("ROOT")}/app.git"
    branch = "stable"
  }
}
)");

  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);

  EXPECT_EQ(host.read("app/name"), "stable\n");
}

TEST(SeedPage, WithoutAGitBlockTheGitStateOfTheDirectoryIsNotTouched) {
  const Host host;
  host.repository_with_tasks("app.git", e2e::converging_tasks);
  host.run({"git", "clone", "--quiet", "app.git", "app"});
  host.commit("app.git", "new", "new\n");
  const std::string state =
      "git -C app status --porcelain=v2 --branch; git -C app for-each-ref; "
      "find app/.git -type f | sort | xargs sha256sum";
  host.write("app/.git/info/exclude", "done\n");
  const std::string before = host.run({"sh", "-c", state});
  host.write("site.hcl", basic_manifest);

  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);

  EXPECT_EQ(host.run({"sh", "-c", state}), before);
  EXPECT_FALSE(host.exists("app/new"));
}

TEST(SeedPage, EnvironmentVariablesOfTheProcessAreInheritedByTheTasks) {
  Host host;
  host.environment["DEPLOY_TARGET"] = "blue";
  host.directory_with_tasks("app", R"(
[tasks.check]
run = 'test "$DEPLOY_TARGET" = blue && test -f done'
[tasks.apply]
run = 'echo "$DEPLOY_TARGET" > done'
)");
  host.write("site.hcl", basic_manifest);

  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);

  EXPECT_EQ(host.read("app/done"), "blue\n");
}

TEST(SeedPage, TaskSpecificVariablesCanBeSetInTheMiseConfiguration) {
  const Host host;
  host.directory_with_tasks("app", R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
env = { NODE_ENV = "production" }
run = 'echo "$NODE_ENV" > done'
)");
  host.write("site.hcl", basic_manifest);

  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);

  EXPECT_EQ(host.read("app/done"), "production\n");
}

TEST(SeedPage, ASequenceThatWorksLocallyWorksUnderFluke) {
  const Host host;
  host.directory_with_tasks("by-hand", e2e::converging_tasks);
  host.run({"mise", "run", "apply"}, "by-hand");
  host.run({"mise", "run", "check"}, "by-hand");
  host.directory_with_tasks("app", e2e::converging_tasks);
  host.write("site.hcl", basic_manifest);

  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);

  EXPECT_TRUE(host.exists("app/done"));
}

}  // namespace
