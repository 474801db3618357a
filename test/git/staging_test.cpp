// Every state in which a SIGKILL can leave the first clone, made by hand, and some by a real kill.
#include "git/staging.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <fstream>

#include "scene.h"
#include "support/killing.h"

namespace {

namespace fs = std::filesystem;

/// A remote with three entries, and the clone of it complete in the staging directory.
void stage(Scene& scene) {
  scene.push({{"app.txt", "one\n"}, {"lib/a.txt", "a\n"}, {".hidden", "h\n"}});
  fs::create_directories(scene.checkout / ".fluke-clone");
  scene.in_checkout("clone -q " + scene.url + " .fluke-clone/unfinished-Ab12Cd");
}

void complete(const Scene& scene) {
  fs::rename(scene.checkout / ".fluke-clone/unfinished-Ab12Cd",
             scene.checkout / ".fluke-clone/complete");
}

void move_out(const Scene& scene, const std::string& name) {
  fs::rename(scene.checkout / ".fluke-clone/complete" / name, scene.checkout / name);
}

void expect_complete(Scene& scene, git::Action action) {
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->action, action);
  EXPECT_EQ(scene.read("app.txt") + scene.read("lib/a.txt") + scene.read(".hidden"), "one\na\nh\n");
  EXPECT_EQ(scene.in_checkout("status --porcelain --ignored --branch"), "## main...origin/main");
}

TEST(Staging, StartsOverWhereTheCloneWasCutOff) {
  Scene scene;
  stage(scene);
  fs::remove(scene.checkout / ".fluke-clone/unfinished-Ab12Cd/.git/HEAD");
  expect_complete(scene, git::Action::cloned);
}

TEST(Staging, StartsOverWhereNothingWasClonedYet) {
  Scene scene;
  stage(scene);
  fs::remove_all(scene.checkout / ".fluke-clone/unfinished-Ab12Cd");
  expect_complete(scene, git::Action::cloned);
}

TEST(Staging, MovesACompleteClone) {
  Scene scene;
  stage(scene);
  complete(scene);
  expect_complete(scene, git::Action::cloned);
}

TEST(Staging, GoesOnMoving) {
  Scene scene;
  stage(scene);
  complete(scene);
  move_out(scene, ".hidden");
  move_out(scene, "lib");
  expect_complete(scene, git::Action::cloned);
}

TEST(Staging, BringsAnOldCloneUpToDate) {
  Scene scene;
  stage(scene);
  complete(scene);
  const std::string after = scene.push({{"more.txt", "more\n"}});
  expect_complete(scene, git::Action::cloned);
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), after);
}

TEST(Staging, RemovesWhatIsLeftBesideACheckout) {
  Scene scene;
  stage(scene);
  complete(scene);
  for (const char* name : {".hidden", "app.txt", "lib", ".git"}) {
    move_out(scene, name);
  }
  scene.write(".fluke-clone/unfinished-Ef34Gh/late.txt", "written by a git left alone\n");
  expect_complete(scene, git::Action::up_to_date);
}

TEST(Staging, KeepsACloneThatStillHoldsFilesBesideACheckout) {
  Scene scene;
  stage(scene);
  complete(scene);
  for (const char* name : {".hidden", "lib", ".git"}) {
    move_out(scene, name);
  }
  scene.write("app.txt", "one\n");
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.read(".fluke-clone/complete/app.txt"), "one\n");
}

TEST(Staging, RefusesToReplaceAFileThatCameMeanwhile) {
  Scene scene;
  stage(scene);
  complete(scene);
  scene.write("app.txt", "mine\n");
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().cause, git::Cause::refused);
  EXPECT_EQ(scene.shortened(synced.error().message),
            "\"CHECKOUT/app.txt\" is in the way of the clone; move it away, and the next run goes "
            "on");
  EXPECT_EQ(scene.read("app.txt"), "mine\n");
  fs::remove(scene.checkout / "app.txt");
  expect_complete(scene, git::Action::cloned);
}

TEST(Staging, RefusesOtherFilesBesideAnUnfinishedClone) {
  Scene scene;
  stage(scene);
  scene.write("mine.txt", "mine\n");
  EXPECT_EQ(
      scene.refusal(),
      "\"CHECKOUT\" is not empty and not a git checkout; move its files away, or name another "
      "directory");
}

TEST(Staging, DoesNotTakeADirectoryOfTheSameNameForItsOwn) {
  Scene scene;
  scene.write(".fluke-clone/mine.txt", "mine\n");
  EXPECT_EQ(
      scene.refusal(),
      "\"CHECKOUT\" is not empty and not a git checkout; move its files away, or name another "
      "directory");
}

TEST(Staging, SurvivesAKillAtAnyInstant) {
  const support::Orphanage orphanage;
  Scene scene;
  scene.push({{"app.txt", "one\n"}, {"lib/a.txt", "a\n"}, {".hidden", "h\n"}});
  for (int i = 0; i < 12; ++i) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      static_cast<void>(scene.sync());
      _exit(0);
    }
    const timespec pause{.tv_sec = 0, .tv_nsec = i * 3'000'000L};
    nanosleep(&pause, nullptr);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const auto synced = scene.sync();
    ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
    EXPECT_EQ(scene.read("app.txt") + scene.read("lib/a.txt") + scene.read(".hidden"),
              "one\na\nh\n");
    // The git of the fluke that was killed may still be at work there.
    support::Orphanage::empty();
    fs::remove_all(scene.checkout);
  }
}

}  // namespace
