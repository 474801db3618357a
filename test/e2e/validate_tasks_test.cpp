// `fluke validate --tasks`: what mise says of the tasks that a manifest names, at their place.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "e2e/host.h"
#include "report/schema.h"

namespace {

using e2e::Host;

TEST(ValidateTasks, TellsThatTheyExistAndRunsNone) {
  const Host host;
  host.directory_with_tasks("app", "[tasks]\ncheck = 'touch ran'\napply = 'touch ran'\n");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  const support::Ran ran = host.fluke({"validate", "--tasks", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "1 resource in 1 manifest: valid, and mise knows their tasks\n");
  EXPECT_EQ(ran.err, "");
  EXPECT_FALSE(host.exists("app/ran"));
}

TEST(ValidateTasks, ShowsWhereAMissingOneIsNamed) {
  const Host host;
  host.directory_with_tasks("app", "[tasks]\ncheck-site = 'true'\nrepair = 'true'\n");
  host.write("site.hcl", R"(mise "site" {
  for_each    = toset(["a", "b"])
  working_dir = "app"
  check_task  = "chekc-site"
}
)");
  const support::Ran ran = host.fluke({"validate", "-q", "--tasks", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(host.normalised(ran.err),
            R"(error: task "chekc-site" does not exist in "<root>/app"
  --> site.hcl:4:17
   |
 4 |   check_task  = "chekc-site"
   |                 ^^^^^^^^^^^^ did you mean "check-site"? tasks there: check-site, repair
error: task "apply" does not exist in "<root>/app"
  --> site.hcl:1:1
   |
 1 | mise "site" {
   | ^^^^^^^^^^^ tasks there: check-site, repair
)");
}

TEST(ValidateTasks, TellsItAsJson) {
  const Host host;
  host.directory_with_tasks("app", "[tasks]\ncheck = 'true'\n");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  const support::Ran ran = host.fluke({"validate", "--tasks", "--format", "json", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  report::expect_valid("", {ran.out});
  const nlohmann::json document = nlohmann::json::parse(ran.out);
  EXPECT_EQ(document["exit_code"], 78);
  EXPECT_EQ(document["diagnostics"].size(), 1U);
  EXPECT_EQ(document["diagnostics"][0]["file"], "site.hcl");
}

TEST(ValidateTasks, CannotTellWhatGitIsStillToBring) {
  const Host host;
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = "app"
  git {
    url = "https://user:hunter2@example.org/app.git"
  }
}
)");
  const support::Ran ran = host.fluke({"validate", "--tasks", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(host.normalised(ran.err), R"(warning: "<root>/app" is not cloned yet
  --> site.hcl:2:17
   |
 2 |   working_dir = "app"
   |                 ^^^^^ whether its tasks exist will be known after the first run
)");
  EXPECT_EQ(host.fluke({"validate", "-q", "--tasks", "site.hcl"}).err, "");
}

TEST(ValidateTasks, TellsThatADirectoryIsMissingButNotOfADisabledResource) {
  const Host host;
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = "absent"
}
mise "off" {
  working_dir = "absent, too"
  enabled     = false
}
)");
  const support::Ran ran = host.fluke({"validate", "--tasks", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_EQ(host.normalised(ran.err), R"(error: no directory "<root>/absent"
  --> site.hcl:2:17
   |
 2 |   working_dir = "absent"
   |                 ^^^^^^^^ create it, or add a git block that clones it
)");
}

TEST(ValidateTasks, TellsWhatMiseCannotRead) {
  const Host host;
  host.directory_with_tasks("app", "[tasks\n");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  const support::Ran ran = host.fluke({"validate", "--tasks", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_NE(ran.err.find("  --> site.hcl:2:17\n"), std::string::npos) << ran.err;
}

TEST(ValidateTasks, ShowsWhereATaskIsNamedThatMiseRefusesToRun) {
  const Host host;
  host.directory_with_tasks("app", "[tasks]\ncheck = { depends = ['nope'] }\napply = 'true'\n");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  const support::Ran ran = host.fluke({"validate", "--tasks", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_EQ(
      host.normalised(ran.err),
      R"(error: mise refuses to run the task: "mise run --dry-run check" in "<root>/app" exited with status 1
  --> site.hcl:1:1
   |
 1 | mise "deploy" {
   | ^^^^^^^^^^^^^ mise ERROR task not found: nope
)");
}

TEST(ValidateTasks, NeedsMise) {
  const Host host;
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  const support::Ran ran =
      host.fluke({"validate", "--tasks", "--mise", "no-such-mise", "site.hcl"});
  EXPECT_EQ(ran.status, 69);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "fluke: --mise names \"no-such-mise\", which is not an executable file on PATH\n");
}

}  // namespace
