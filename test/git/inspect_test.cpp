#include <gtest/gtest.h>

#include <fstream>

#include "scene.h"

namespace {

namespace fs = std::filesystem;
using State = git::Standing::State;

/// Inspects, and expects that nothing changed: not even what a fetch may write, but for objects.
git::Standing standing_of(Scene& scene) {
  const std::string before = scene.snapshot();
  const std::string refs =
      fs::exists(scene.checkout / ".git") ? scene.in_checkout("for-each-ref") : "";
  const auto standing = scene.inspect();
  EXPECT_TRUE(standing.has_value()) << standing.error().message << standing.error().output;
  EXPECT_EQ(scene.snapshot(), before);
  if (fs::exists(scene.checkout / ".git")) {
    EXPECT_EQ(scene.in_checkout("for-each-ref"), refs);
  }
  return standing.value_or(git::Standing{});
}

TEST(Inspect, TellsThatNothingIsClonedYetWithoutAnyProcess) {
  Scene scene;
  EXPECT_EQ(standing_of(scene).state, State::not_cloned);
  fs::create_directories(scene.checkout / ".fluke-clone/unfinished-Ab12Cd");
  EXPECT_EQ(standing_of(scene).state, State::not_cloned);
  EXPECT_TRUE(scene.runner().commands.empty());
}

TEST(Inspect, TellsThatTheCheckoutIsUpToDate) {
  Scene scene;
  scene.clone();
  scene.write("app.txt", "mine\n");
  const git::Standing standing = standing_of(scene);
  EXPECT_EQ(standing.state, State::up_to_date);
  EXPECT_EQ(standing.head, standing.remote_head);
}

TEST(Inspect, CountsTheCommitsBehind) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  const std::string last = scene.push({{"app.txt", "three\n"}});
  scene.git(scene.remote, "tag v3 main");
  const git::Standing standing = standing_of(scene);
  EXPECT_EQ(standing.state, State::behind);
  EXPECT_EQ(standing.commits_behind, 2U);
  EXPECT_EQ(standing.detail, "");
  EXPECT_EQ(standing.remote_head, last);
}

TEST(Inspect, TellsWhatIsCheckedOutInstead) {
  Scene scene;
  scene.clone();
  const std::string head = scene.in_checkout("rev-parse HEAD");
  scene.in_checkout("switch -q -c work");
  EXPECT_EQ(standing_of(scene).detail, "branch \"work\" is checked out");
  scene.in_checkout("switch -q --detach");
  EXPECT_EQ(standing_of(scene).detail, "HEAD is detached at " + head.substr(0, 7));
  EXPECT_EQ(standing_of(scene).state, State::elsewhere);
}

TEST(Inspect, TellsThatThereIsNoCommitYet) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  fs::create_directories(scene.checkout);
  scene.in_checkout("init -q -b main");
  const git::Standing standing = standing_of(scene);
  EXPECT_EQ(standing.state, State::elsewhere);
  EXPECT_EQ(standing.detail, "nothing is checked out yet");
}

TEST(Inspect, TellsOfLocalCommits) {
  Scene scene;
  scene.clone();
  scene.commit({{"app.txt", "mine\n"}});
  EXPECT_EQ(standing_of(scene).detail, "1 commit ahead of the remote");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(standing_of(scene).detail, "diverged: 1 commit only here, 1 only on the remote");
  EXPECT_EQ(standing_of(scene).state, State::elsewhere);
}

TEST(Inspect, LeavesAnotherUrlInOriginAlone) {
  Scene scene;
  scene.clone();
  scene.in_checkout("remote set-url origin /nowhere");
  EXPECT_EQ(standing_of(scene).state, State::up_to_date);
  EXPECT_EQ(scene.in_checkout("remote get-url origin"), "/nowhere");
}

TEST(Inspect, RefusesADirectoryOfOtherFiles) {
  Scene scene;
  scene.write("mine.txt", "mine\n");
  const auto standing = scene.inspect();
  ASSERT_FALSE(standing.has_value());
  EXPECT_EQ(standing.error().cause, git::Cause::refused);
  EXPECT_EQ(
      scene.shortened(standing.error().message),
      "\"CHECKOUT\" is not empty and not a git checkout; move its files away, or name another "
      "directory");
}

}  // namespace
