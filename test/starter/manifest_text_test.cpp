#include "starter/manifest_text.h"

#include <gtest/gtest.h>

#include <string>

#include "diagnostic/source_file.h"
#include "hcl/layout/layout.h"

namespace {

using starter::Facts;

/// The text, which must be well-formed and canonical.
std::string made(const Facts& facts) {
  std::string text = starter::manifest_text(facts);
  const diagnostic::SourceFile source("app.fluke.hcl", text);
  EXPECT_EQ(hcl::canonical_layout(source), text);
  return text;
}

TEST(ManifestText, SpeaksOfTheTasksAndTheRemoteThatAreThere) {
  EXPECT_EQ(
      made(
          {.directory_name = "app",
           .task_names = std::vector<std::string>{"build", "check", "deploy"},
           .tasks = {.check = {{.name = "check"}}, .apply = {{.name = "deploy", .is_guess = true}}},
           .source = {{.url = "git@example.org:app.git", .branch = "stable"}}}),
      R"(# fluke runs the check task in working_dir and, only if it fails, the apply task and then the
# check again. See fluke-manifest(5).
mise "app" {
  working_dir = "." # from where this file is

  # mise tasks here: build, check, deploy
  # check_task = "check"
  # Guessed by its name: is it the right one?
  apply_task = "deploy"

  # With a git block, fluke clones this directory and fast-forwards it before each check. It
  # never overwrites local work: what stands in the way is named, and the run fails.
  # git {
  #   url    = "git@example.org:app.git"
  #   branch = "stable"
  # }
}
)");
}

TEST(ManifestText, SaysWhatToAddWhereNothingIsThere) {
  const std::string text =
      made({.directory_name = "app", .task_names = std::vector<std::string>{}});
  EXPECT_NE(text.find("# No mise tasks were found here: add the two to .mise.toml."),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("# No task looks like apply: add one, or name yours here."),
            std::string::npos);
  EXPECT_NE(text.find("}\n\n# Without mise tasks, a shell block has the two as commands, and a "
                      "systemd block is about a unit:\n"),
            std::string::npos);
}

TEST(ManifestText, DoesNotSayThatNothingIsThereWhereMiseDidNotSay) {
  const std::string text = made({.directory_name = "app"});
  EXPECT_NE(text.find("  # mise did not say which tasks are here: are these the two?\n"
                      "  # check_task = \"check\"\n"
                      "  # apply_task = \"apply\"\n\n"),
            std::string::npos)
      << text;
}

TEST(ManifestText, IsAManifestWhateverTheNamesHold) {
  static_cast<void>(made(
      {.directory_name = "my app \"x\" ${y}",
       .task_names = std::vector<std::string>{"a\nb"},
       .tasks = {.check = {{.name = "check \"${1}\" \\ %{if}\n", .is_guess = true}}, .apply = {}},
       .source = {{.url = "ssh://h/\"${x}\"", .branch = "a\\b"}}}));
}

TEST(ManifestText, MakesAResourceNameOfAnyDirectory) {
  EXPECT_EQ(starter::resource_name("app"), "app");
  EXPECT_EQ(starter::resource_name("my app"), "my-app");
  EXPECT_EQ(starter::resource_name("2048"), "app2048");
  EXPECT_EQ(starter::resource_name(""), "app");
}

}  // namespace
