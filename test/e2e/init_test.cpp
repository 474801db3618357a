// The first minutes: `fluke init` in directories of all kinds, and what it says to do next.
#include <gtest/gtest.h>

#include "e2e/host.h"

namespace {

using e2e::Host;

constexpr std::string_view guessable_tasks = R"(
[tasks.status]
run = "test -f done"

[tasks.deploy]
run = "touch done"
)";

TEST(Init, WritesAManifestThatRuns) {
  const Host host;
  host.directory_with_tasks("app", e2e::converging_tasks);
  const support::Ran ran = host.fluke({"init", "app"});
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out,
            "wrote app/app.fluke.hcl\n"
            "check: the task \"check\"\n"
            "apply: the task \"apply\"\n"
            "next:\n"
            "  fluke check app/app.fluke.hcl  # shows what is to be done, and changes nothing\n"
            "  fluke run app/app.fluke.hcl  # does it\n");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(host.fluke({"check", "app/app.fluke.hcl"}).status, 2);
  EXPECT_EQ(host.fluke({"run", "app/app.fluke.hcl"}).status, 0);
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(Init, SaysWhichTasksItGuessed) {
  const Host host;
  host.directory_with_tasks("app", guessable_tasks);
  const support::Ran ran = host.fluke({"init", "app"});
  EXPECT_EQ(ran.out.substr(0, ran.out.find("next:")),
            "wrote app/app.fluke.hcl\n"
            "check: the task \"status\", guessed by its name\n"
            "apply: the task \"deploy\", guessed by its name\n");
  EXPECT_EQ(host.fluke({"run", "app"}).status, 0);
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(Init, NeverOverwrites) {
  const Host host;
  host.write("app/app.fluke.hcl", "# mine\n");
  const support::Ran ran = host.fluke({"init", "app"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "fluke: \"app/app.fluke.hcl\" already exists and was left unchanged\n");
  EXPECT_EQ(host.read("app/app.fluke.hcl"), "# mine\n");
}

TEST(Init, PutsTheRemoteInAsACommentWithoutItsPassword) {
  const Host host;
  host.repository_with_tasks("app.git", e2e::converging_tasks);
  host.run({"git", "clone", "--quiet", "app.git", "app"});
  host.run({"git", "remote", "set-url", "origin", "https://me:secret@example.org/app.git"}, "app");
  EXPECT_EQ(host.fluke({"init", "app"}).status, 0);
  const std::string manifest = host.read("app/app.fluke.hcl");
  EXPECT_NE(manifest.find("  #   url    = \"https://me:***@example.org/app.git\"\n"
                          "  #   branch = \"main\"\n"),
            std::string::npos)
      << manifest;
  EXPECT_EQ(host.fluke({"validate", "app"}).status, 0);
}

TEST(Init, SaysWhatToAddWhereThereAreNoTasks) {
  const Host host;
  host.write("app/notes.txt", "");
  const support::Ran ran = host.fluke({"init", "app"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out,
            "wrote app/app.fluke.hcl\n"
            "check: no task yet; add [tasks.check] to .mise.toml\n"
            "apply: no task yet; add [tasks.apply] to .mise.toml\n"
            "next:\n"
            "  fluke init --tasks app  # writes the tasks that are missing\n"
            "  fluke check app/app.fluke.hcl  # shows what is to be done, and changes nothing\n"
            "  fluke run app/app.fluke.hcl  # does it\n");
}

TEST(Init, WritesTheTasksThatItOffered) {
  const Host host;
  EXPECT_EQ(host.fluke({"init", "app"}).status, 0);
  const support::Ran ran = host.fluke({"init", "--tasks", "app"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, "fluke: \"app/app.fluke.hcl\" already exists and was left unchanged\n");
  EXPECT_EQ(ran.out,
            "wrote app/.mise.toml\n"
            "check: the task \"check\"\n"
            "apply: the task \"apply\"\n"
            "next:\n"
            "  ${EDITOR:-vi} app/.mise.toml  # write your commands in it\n"
            "  fluke check app/app.fluke.hcl  # shows what is to be done, and changes nothing\n"
            "  fluke run app/app.fluke.hcl  # does it\n");
  const support::Ran checked = host.fluke({"check", "app/app.fluke.hcl"});
  EXPECT_EQ(checked.status, 2);
  EXPECT_NE(checked.err.find("app: no check yet: write it in .mise.toml\n"), std::string::npos)
      << checked.err;
  EXPECT_EQ(host.fluke({"run", "app/app.fluke.hcl"}).status, 1);
}

TEST(Init, WritesOnlyTheTaskThatIsMissing) {
  const Host host;
  host.write("app/mise.toml", "[tasks.check]\nrun = 'true'\n");
  EXPECT_EQ(host.fluke({"init", "--tasks", "app"}).status, 0);
  EXPECT_EQ(host.read("app/.mise.toml").find("[tasks.check]"), std::string::npos);
  EXPECT_EQ(host.fluke({"run", "app"}).status, 0);
}

TEST(Init, DoesNotAddTasksToAFileThatExists) {
  const Host host;
  host.write("app/.mise.toml", "[tasks.build]\nrun = 'true'\n");
  const support::Ran ran = host.fluke({"init", "--tasks", "app"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(
      ran.err,
      "fluke: \"app/.mise.toml\" already exists and was left unchanged; write [tasks.check] and "
      "[tasks.apply] in it\n");
}

TEST(Init, MakesTheDirectory) {
  const Host host;
  const support::Ran ran = host.fluke({"init", "opt/site"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(ran.out.starts_with("wrote opt/site/site.fluke.hcl\n")) << ran.out;
  EXPECT_TRUE(host.exists("opt/site/site.fluke.hcl"));
}

TEST(Init, GoesOnWhereMiseCannotReadItsConfiguration) {
  const Host host;
  host.write("app/.mise.toml", "[tasks");
  const support::Ran ran = host.fluke({"init", "app"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(ran.err.starts_with("fluke: mise cannot read the configuration here: ")) << ran.err;
  EXPECT_TRUE(host.exists("app/app.fluke.hcl"));
}

TEST(Init, RefusesWhatIsNoDirectory) {
  const Host host;
  host.write("file", "");
  const support::Ran ran = host.fluke({"init", "file"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(ran.err, "fluke: cannot create the directory \"file\": Not a directory\n");
}

TEST(Init, TakesOneDirectory) {
  const Host host;
  const support::Ran ran = host.fluke({"init", "a", "b"});
  EXPECT_EQ(ran.status, 64);
  EXPECT_EQ(ran.err, "fluke: fluke init takes one directory\n");
}

TEST(Init, MakesAToyThatWorks) {
  const Host host;
  const support::Ran ran = host.fluke({"init", "--example"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "wrote fluke-example/hello.fluke.hcl\n"
            "wrote fluke-example/site/.mise.toml\n"
            "next:\n"
            "  fluke check fluke-example/hello.fluke.hcl  # shows what is to be done, and changes "
            "nothing\n"
            "  fluke run fluke-example/hello.fluke.hcl  # does it\n");
  EXPECT_EQ(host.fluke({"check", "fluke-example"}).status, 2);
  const support::Ran first = host.fluke({"run", "fluke-example"});
  EXPECT_EQ(first.status, 0) << first.out << first.err;
  EXPECT_TRUE(host.normalised(first.out).find("2 resources: 2 applied") != std::string::npos);
  EXPECT_EQ(host.read("fluke-example/site/index.txt"), "hello\n");
  const support::Ran second = host.fluke({"run", "fluke-example"});
  EXPECT_TRUE(second.out.find("2 resources: 2 satisfied") != std::string::npos) << second.out;
  EXPECT_EQ(host.fluke({"fmt", "--check", "fluke-example"}).status, 0);
}

TEST(Init, LeavesAnExampleThatExistsAlone) {
  const Host host;
  EXPECT_EQ(host.fluke({"init", "--example", "toy"}).status, 0);
  const support::Ran again = host.fluke({"init", "--example", "toy"});
  EXPECT_EQ(again.status, 73);
  EXPECT_EQ(again.err, "fluke: \"toy/hello.fluke.hcl\" already exists and was left unchanged\n");
}

}  // namespace
