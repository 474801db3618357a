#include "git/environment.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

std::string names_of(const process::Environment& environment) {
  std::string all;
  for (const std::string& entry : environment.entries()) {
    all += entry + '\n';
  }
  return all;
}

process::Environment environment_of(std::vector<const char*> entries) {
  entries.push_back(nullptr);
  return process::Environment::from(entries.data());
}

TEST(Environment, DropsEveryVariableThatTheRealGitCallsLocal) {
  Scene scene;
  std::istringstream real(scene.git(scene.root(), "rev-parse --local-env-vars"));
  std::vector<std::string> missing;
  for (std::string name; real >> name;) {
    process::Environment inherited;
    inherited.set(name, "1");
    if (!git::clean_environment(inherited).entries().empty()) {
      missing.push_back(name);
    }
  }
  EXPECT_EQ(missing, std::vector<std::string>());
}

TEST(Environment, DropsWhatOnlyANewerGitCallsLocalAndWhatForbidsToChangeRefs) {
  EXPECT_EQ(names_of(git::clean_environment(environment_of(
                {"GIT_REFERENCE_BACKEND=files:///x", "GIT_QUARANTINE_PATH=/x/objects/incoming"}))),
            "");
}

TEST(Environment, DropsWhateverTheGitThatIsThereCallsLocal) {
  Scene scene;
  const fs::path git = scene.root() / "newer-git";
  std::ofstream(git) << "#!/bin/sh\n[ \"$*\" = 'rev-parse --local-env-vars' ] && "
                        "printf 'GIT_DIR\\nGIT_OF_TOMORROW\\n'\n";
  fs::permissions(git, fs::perms::owner_all);
  EXPECT_EQ(names_of(git::clean_environment(
                environment_of({"PATH=/bin", "GIT_OF_TOMORROW=/x", "GIT_SSH=/s", "GIT_DIR=/x"}),
                git, scene.runner())),
            "PATH=/bin\nGIT_SSH=/s\n");
  EXPECT_EQ(scene.runner().commands.size(), 1U);
}

TEST(Environment, IsNotAskedOfGitWhereNothingOfGitsIsLeft) {
  Scene scene;
  EXPECT_EQ(names_of(git::clean_environment(environment_of({"PATH=/bin", "GIT_DIR=/x"}), "/no/git",
                                            scene.runner())),
            "PATH=/bin\n");
  EXPECT_TRUE(scene.runner().commands.empty());
}

TEST(Environment, OfAHookThatReceivesAPushIsNoneToFluke) {
  Scene scene;
  scene.environment.set("GIT_QUARANTINE_PATH", (scene.root() / "incoming").native());
  // As the program makes it, for the test's own git would not work in it.
  git::Client client(scene.runner(), scene.program, scene.environment);
  scene.environment.unset("GIT_QUARANTINE_PATH");
  scene.push({{"app.txt", "one\n"}});
  const auto synced =
      client.sync(scene.checkout, {.url = scene.url, .revision = {.name = "main"}}, {}, {});
  EXPECT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
}

TEST(Environment, KeepsWhatTheUserSetForTheirTasks) {
  EXPECT_EQ(names_of(git::clean_environment(environment_of(
                {"PATH=/bin", "GIT_DIR=/x/.git", "GIT_SSH_COMMAND=ssh -i k", "GIT_ASKPASS=/a"}))),
            "PATH=/bin\nGIT_SSH_COMMAND=ssh -i k\nGIT_ASKPASS=/a\n");
}

TEST(Environment, GivesGitNothingToAskWithAndNowhereToWander) {
  const git::Setting setting{.key = "remote.x.url", .value = "/r"};
  EXPECT_EQ(names_of(git::command_environment(
                environment_of({"PATH=/bin", "SSH_ASKPASS=/usr/bin/window", "GIT_EDITOR=vi"}),
                "/opt/app", std::span(&setting, 1))),
            R"(PATH=/bin
GIT_EDITOR=:
GIT_TERMINAL_PROMPT=0
SSH_ASKPASS_REQUIRE=never
GIT_PAGER=cat
GIT_MERGE_AUTOEDIT=no
GIT_OPTIONAL_LOCKS=0
GIT_CEILING_DIRECTORIES=/opt
LANGUAGE=en
GIT_CONFIG_KEY_0=protocol.ext.allow
GIT_CONFIG_VALUE_0=never
GIT_CONFIG_KEY_1=protocol.fd.allow
GIT_CONFIG_VALUE_1=never
GIT_CONFIG_KEY_2=advice.detachedHead
GIT_CONFIG_VALUE_2=false
GIT_CONFIG_KEY_3=remote.x.url
GIT_CONFIG_VALUE_3=/r
GIT_CONFIG_COUNT=4
)");
}

TEST(Environment, NamesTheNearestCeilingThatTheListCanHold) {
  const auto ceiling = [](const char* directory) {
    return std::string(
        git::command_environment({}, directory, {}).get("GIT_CEILING_DIRECTORIES").value_or(""));
  };
  EXPECT_EQ(ceiling("/opt/app"), "/opt");
  EXPECT_EQ(ceiling("/opt/a:b"), "/opt");
  EXPECT_EQ(ceiling("/opt/a:b/c/app"), "/opt");
  EXPECT_EQ(ceiling("/a:b/app"), "/");
}

TEST(Environment, KeepsAnAskpassThatIsDemandedWithForce) {
  const process::Environment environment = git::command_environment(
      environment_of({"SSH_ASKPASS=/answers", "SSH_ASKPASS_REQUIRE=force"}), "/opt/app", {});
  EXPECT_EQ(environment.get("SSH_ASKPASS"), "/answers");
  EXPECT_EQ(environment.get("SSH_ASKPASS_REQUIRE"), "force");
}

}  // namespace
