// Another branch than the manifest's is checked out, or none.
#include <gtest/gtest.h>

#include "scene.h"

namespace {

TEST(Update, SwitchesFromAnotherBranchAndFastForwardsAtOnce) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c work");
  const std::string mine = scene.commit({{"work.txt", "mine\n"}});
  const std::string after = scene.push({{"app.txt", "two\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->action, git::Action::switched);
  EXPECT_EQ(synced->before, mine);
  EXPECT_EQ(synced->after, after);
  EXPECT_EQ(scene.in_checkout("status --porcelain --branch"), "## main...origin/main");
  EXPECT_EQ(scene.in_checkout("rev-parse work"), mine);
}

TEST(Update, SwitchesToABranchThatIsOnlyOnTheRemote) {
  Scene scene;
  scene.clone();
  scene.in_checkout("config remote.origin.fetch +refs/heads/main:refs/remotes/origin/main");
  const std::string after = scene.push({{"app.txt", "stable\n"}}, "stable");
  scene.branch = "stable";
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->action, git::Action::switched);
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), after);
  EXPECT_EQ(scene.in_checkout("config branch.stable.merge"), "refs/heads/stable");
  EXPECT_EQ(scene.in_checkout("config branch.stable.remote"), "origin");
}

TEST(Update, RefusesASwitchThatWouldOverwriteAChange) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c work");
  scene.write("app.txt", "mine\n");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.refusal(),
            "local changes are in the way of the update: \"app.txt\"; commit them, or stash them "
            "with: git -C CHECKOUT stash");
}

TEST(Update, RefusesASwitchToABranchWithLocalCommits) {
  Scene scene;
  scene.clone();
  scene.commit({{"app.txt", "mine\n"}});
  scene.in_checkout("switch -q -c work HEAD~1");
  EXPECT_EQ(scene.refusal(),
            "branch \"main\" has 1 commit that the remote lacks; push with: git -C CHECKOUT push "
            "origin main, or drop with: git -C CHECKOUT reset --keep origin/main");
}

TEST(Update, LeavesADetachedHeadThatLosesNothing) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q --detach");
  const std::string after = scene.push({{"app.txt", "two\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->action, git::Action::switched);
  EXPECT_EQ(scene.in_checkout("symbolic-ref HEAD"), "refs/heads/main");
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), after);
}

TEST(Update, RefusesToLeaveCommitsThatNoBranchHolds) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q --detach");
  const std::string mine = scene.commit({{"app.txt", "mine\n"}});
  EXPECT_EQ(scene.refusal(), "HEAD is detached at " + mine.substr(0, 7) +
                                 ", with 1 commit that no branch holds; keep them with: git -C "
                                 "CHECKOUT branch NAME");
}

TEST(Update, SwitchesWithChangesThatAreNotInTheWay) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c work");
  scene.write("readme.txt", "mine\n");
  scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.in_checkout("status --porcelain --branch"),
            "## main...origin/main\n M readme.txt");
}

TEST(Update, SaysThatTheBranchWasDeletedOrRenamedOnTheRemote) {
  Scene scene;
  scene.clone();
  scene.git(scene.remote, "branch -m main trunk");
  EXPECT_EQ(scene.failure(),
            "there is no branch \"main\" at \"REMOTE\"; there is \"trunk\"; if \"trunk\" is meant, "
            "write: branch = \"trunk\"");
  scene.branch = "trunk";
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(scene.in_checkout("status --porcelain --branch"), "## trunk...origin/trunk");
}

TEST(Update, SaysThatTheBranchIsNotOnTheRemote) {
  Scene scene;
  scene.clone();
  scene.branch = "stable";
  EXPECT_EQ(scene.failure(),
            "there is no branch \"stable\" at \"REMOTE\"; there is \"main\"; if \"main\" is meant, "
            "write: branch = \"main\"");
}

}  // namespace
