// Where a branch stands, whatever way git keeps its refs: read from files where they tell, asked of
// git where they do not, and never something else than git would say.
#include "git/refs.h"

#include <gtest/gtest.h>

#include <fstream>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

using Names = std::vector<std::string>;

/// A sync that finds nothing new, and the commands that it took.
Names commands_of_idle_sync(Scene& scene) {
  const auto synced = scene.sync();
  EXPECT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->action, git::Action::up_to_date);
  EXPECT_EQ(synced->after, scene.in_checkout("rev-parse HEAD"));
  return scene.commands();
}

const Names read_from_files = {"config", "fetch"};
const Names asked = {"config", "fetch", "for-each-ref"};

TEST(Refs, AreReadWhereTheyAreLoose) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  ASSERT_TRUE(fs::exists(scene.checkout / ".git/refs/remotes/origin/main"));
  EXPECT_EQ(commands_of_idle_sync(scene), read_from_files);
}

TEST(Refs, AreReadWhereTheyArePacked) {
  Scene scene;
  scene.clone();
  scene.in_checkout("tag -a -m Note v1");
  scene.in_checkout("branch a/main");
  scene.in_checkout("pack-refs --all");
  ASSERT_FALSE(fs::exists(scene.checkout / ".git/refs/heads/main"));
  EXPECT_EQ(commands_of_idle_sync(scene), read_from_files);
}

TEST(Refs, ThatAreLooseHideThosePacked) {
  Scene scene;
  scene.clone();
  scene.in_checkout("pack-refs --all");
  scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(commands_of_idle_sync(scene), read_from_files);
}

TEST(Refs, AreReadWhereTheirBranchHasASlash) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}}, "team/main");
  scene.branch = "team/main";
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(commands_of_idle_sync(scene), read_from_files);
}

TEST(Refs, AreReadFromTheRepositoryOfAWorkTree) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c work");
  scene.in_checkout("worktree add -q " + (scene.root() / "other").native() + " main");
  scene.checkout = scene.root() / "other";
  EXPECT_EQ(commands_of_idle_sync(scene), read_from_files);
}

TEST(Refs, AreAskedForWhereOneStandsForAnother) {
  Scene scene;
  scene.clone();
  scene.in_checkout("update-ref refs/remotes/origin/real HEAD");
  scene.in_checkout("symbolic-ref refs/remotes/origin/main refs/remotes/origin/real");
  EXPECT_EQ(commands_of_idle_sync(scene), asked);
}

TEST(Refs, AreAskedForWhereALooseOneCannotBeUnderstood) {
  Scene scene;
  scene.clone();
  std::ofstream(scene.checkout / ".git/refs/heads/main", std::ios::app) << "and something\n";
  EXPECT_EQ(commands_of_idle_sync(scene), asked);
}

TEST(Refs, AreAskedForWhereTooManyArePacked) {
  Scene scene;
  scene.clone();
  scene.in_checkout("pack-refs --all");
  const std::string commit = scene.in_checkout("rev-parse HEAD");
  std::ofstream packed(scene.checkout / ".git/packed-refs", std::ios::app);
  for (int i = 0; i < 20'000; ++i) {
    packed << commit << " refs/tags/z" << 10'000 + i << '\n';
  }
  packed.close();
  EXPECT_EQ(commands_of_idle_sync(scene), asked);
}

TEST(Refs, AreAskedForWhereHeadIsElsewhere) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c mine");
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->action, git::Action::switched);
  const Names commands = scene.commands();
  EXPECT_EQ(Names(commands.begin(), commands.begin() + 3), asked);
  EXPECT_EQ(scene.in_checkout("symbolic-ref HEAD"), "refs/heads/main");
}

TEST(FastForward, IsKnownFromTheLogOfTheFetch) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.commands(), (Names{"config", "fetch", "merge"}));
}

TEST(FastForward, IsAskedForWhereThereIsNoLog) {
  Scene scene;
  scene.clone();
  scene.in_checkout("config core.logAllRefUpdates false");
  fs::remove_all(scene.checkout / ".git/logs");
  const std::string after = scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.commands(), (Names{"config", "fetch", "rev-list", "merge"}));
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), after);
}

TEST(FastForward, IsAskedForWhereTheLogTellsOfAnotherStep) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  scene.in_checkout("fetch -q");
  const std::string after = scene.push({{"app.txt", "three\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.commands(), (Names{"config", "fetch", "rev-list", "merge"}));
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), after);
}

TEST(FastForward, IsNotReadOutOfAForcedUpdate) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  scene.push_rewritten({{"app.txt", "other\n"}});
  EXPECT_NE(scene.refusal().find("the history of branch \"main\" was rewritten"),
            std::string::npos);
}

}  // namespace
