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

/// A remote with three entries, and the clone of it in a staging directory.
std::string stage(Scene& scene) {
  std::string commit = scene.push({{"app.txt", "one\n"}, {"lib/a.txt", "a\n"}, {".hidden", "h\n"}});
  fs::create_directories(scene.checkout / ".fluke-clone");
  scene.in_checkout("clone -q " + scene.url + " .fluke-clone/unfinished-Ab12Cd");
  return commit;
}

void move_out(const Scene& scene, const std::string& name) {
  fs::rename(scene.checkout / ".fluke-clone/unfinished-Ab12Cd" / name, scene.checkout / name);
}

/// As a kill leaves it while the clone is moved.
void move_git_directory(Scene& scene) {
  const std::string commit = stage(scene);
  std::ofstream(scene.checkout / ".fluke-clone/unfinished-Ab12Cd/.git/fluke-update")
      << " " << commit << "\n";
  move_out(scene, ".git");
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
  fs::create_directory(scene.checkout / ".fluke-clone/unfinished-Ab12Cd");
  expect_complete(scene, git::Action::cloned);
}

TEST(Staging, StartsOverWhereNothingOfACompleteCloneWasMoved) {
  Scene scene;
  stage(scene);
  expect_complete(scene, git::Action::cloned);
}

TEST(Staging, StartsOverWhereAnEarlierVersionWasCutOff) {
  Scene scene;
  stage(scene);
  fs::rename(scene.checkout / ".fluke-clone/unfinished-Ab12Cd",
             scene.checkout / ".fluke-clone/complete");
  expect_complete(scene, git::Action::cloned);
}

TEST(Staging, WritesWhatWasNotMovedAnew) {
  for (const bool is_in_part : {false, true}) {
    Scene scene;
    move_git_directory(scene);
    if (is_in_part) {
      move_out(scene, "lib");
    }
    expect_complete(scene, git::Action::cloned);
    EXPECT_FALSE(fs::exists(scene.checkout / ".fluke-clone/unfinished-Ab12Cd"));
    EXPECT_FALSE(fs::exists(scene.checkout / ".git/fluke-update"));
  }
}

TEST(Staging, BringsAnOldCloneUpToDate) {
  Scene scene;
  move_git_directory(scene);
  const std::string after = scene.push({{"more.txt", "more\n"}});
  expect_complete(scene, git::Action::cloned);
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), after);
}

TEST(Staging, RemovesWhatIsLeftBesideACheckout) {
  Scene scene;
  move_git_directory(scene);
  for (const char* name : {".hidden", "app.txt", "lib"}) {
    move_out(scene, name);
  }
  scene.write(".fluke-clone/unfinished-Ef34Gh/late.txt", "written by a git left alone\n");
  expect_complete(scene, git::Action::cloned);
}

TEST(Staging, KeepsAFileThatCameMeanwhile) {
  Scene scene;
  move_git_directory(scene);
  scene.write("app.txt", "mine\n");
  scene.write("lib/mine.txt", "mine\n");
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.read("app.txt") + scene.read("lib/mine.txt"), "mine\nmine\n");
  EXPECT_EQ(scene.in_checkout("status --porcelain"), " M app.txt\n?? lib/mine.txt");
}

TEST(Staging, NamesAFileThatCameWhileGitCloned) {
  Scene scene;
  stage(scene);
  const fs::path git = scene.program;
  scene.stand_in("clone) git \"$@\"; echo mine >app.txt;;");
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(scene.shortened(synced.error().message),
            "\"CHECKOUT/app.txt\" is in the way of the clone; move it away, and the next run goes "
            "on");
  EXPECT_EQ(scene.read("app.txt"), "mine\n");
  scene.program = git;
  fs::rename(scene.checkout / "app.txt", scene.root() / "app.txt");
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
