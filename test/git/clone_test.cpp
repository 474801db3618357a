#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

TEST(Clone, MakesAnOrdinaryCheckoutAndTheDirectoriesAboveIt) {
  Scene scene;
  const std::string commit = scene.push({{"app.txt", "one\n"}, {"lib/a.txt", "a\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->action, git::Action::cloned);
  EXPECT_EQ(synced->before, "");
  EXPECT_EQ(synced->after, commit);
  EXPECT_EQ(scene.read("lib/a.txt"), "a\n");
  EXPECT_EQ(scene.in_checkout("status --porcelain --ignored --branch"), "## main...origin/main");
  EXPECT_EQ(scene.in_checkout("remote get-url origin"), scene.url);
  EXPECT_EQ(scene.in_checkout("config remote.origin.fetch"), "+refs/heads/*:refs/remotes/origin/*");
  EXPECT_FALSE(fs::exists(scene.checkout / ".fluke-clone"));
}

TEST(Clone, TakesTheBranchOfTheManifest) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  const std::string commit = scene.push({{"app.txt", "stable\n"}}, "stable");
  scene.branch = "stable";
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->after, commit);
  EXPECT_EQ(scene.in_checkout("symbolic-ref HEAD"), "refs/heads/stable");
}

TEST(Clone, FillsAnEmptyDirectoryThroughASymbolicLink) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  fs::create_directories(scene.root() / "real");
  fs::create_directories(scene.checkout.parent_path());
  fs::create_directory_symlink(scene.root() / "real", scene.checkout);
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(support::read_file(scene.root() / "real/app.txt"), "one\n");
}

/// git would refuse to work in it from then on.
TEST(Clone, RefusesAnEmptyDirectoryOfAnotherUser) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  fs::create_directories(scene.checkout);
  if (chown(scene.checkout.c_str(), 12345, 12345) != 0) {
    GTEST_SKIP() << "only root can give files away";
  }
  scene.environment.unset("SUDO_UID");
  EXPECT_EQ(scene.refusal(),
            "\"CHECKOUT\" belongs to another user (uid 12345, fluke runs as 0), and git does not "
            "work in it; run fluke as that user, or trust it with: git config --global --add "
            "safe.directory CHECKOUT");
  EXPECT_TRUE(fs::is_empty(scene.checkout));
}

TEST(Clone, FillsAnEmptyDirectoryOfAnotherUserThatIsTrusted) {
  for (const std::string trusted : {"*", "CHECKOUT", "SUDO_UID"}) {
    Scene scene;
    scene.push({{"app.txt", "one\n"}});
    fs::create_directories(scene.checkout);
    if (chown(scene.checkout.c_str(), 12345, 12345) != 0) {
      GTEST_SKIP() << "only root can give files away";
    }
    scene.environment.unset("SUDO_UID");
    if (trusted == "SUDO_UID") {
      scene.environment.set("SUDO_UID", "12345");
    } else {
      const fs::path settings = scene.root() / "gitconfig";
      std::ofstream(settings) << "[safe]\n\tdirectory = "
                              << (trusted == "*" ? trusted : scene.checkout.native()) << '\n';
      scene.environment.set("GIT_CONFIG_GLOBAL", settings.native());
    }
    for (const char* round : {"clones", "updates"}) {
      const auto synced = scene.sync();
      EXPECT_TRUE(synced.has_value()) << trusted << ' ' << round << synced.error().message;
    }
    EXPECT_EQ(scene.read("app.txt"), "one\n") << trusted;
  }
}

TEST(Clone, NeverTouchesTheRepositoryAroundIt) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  scene.git(scene.root(), "init -q -b outer " + (scene.root() / "site").native());
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.git(scene.root() / "site", "symbolic-ref HEAD"), "refs/heads/outer");
  EXPECT_EQ(scene.git(scene.root() / "site", "config --local --get-regexp remote|bare"),
            "core.bare false");
}

TEST(Clone, GoesToAnotherFileSystem) {
  Scene scene;
  const support::TemporaryDirectory here;
  struct stat one {};
  struct stat other {};
  std::string directory = "/dev/shm/fluke-test-XXXXXX";
  if (stat("/dev/shm", &other) != 0 || stat(here.path().c_str(), &one) != 0 ||
      one.st_dev == other.st_dev || mkdtemp(directory.data()) == nullptr) {
    GTEST_SKIP() << "/dev/shm is no file system of its own here";
  }
  scene.checkout = fs::path(directory) / "site/app";
  scene.push({{"app.txt", "one\n"}});
  EXPECT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.read("app.txt"), "one\n");
  fs::remove_all(directory);
}

TEST(Clone, IsNotLedAstrayByUrlsThatLookLikeOptions) {
  for (const char* url : {"--upload-pack=touch ran", "-oProxyCommand=touch ran",
                          "ssh://-oProxyCommand=touch%20ran/x", "-oProxyCommand=touch ran:x"}) {
    Scene scene;
    scene.url = url;
    const std::string message = scene.failure();
    EXPECT_TRUE(message.starts_with("cannot read from \"")) << message;
    for (const auto& entry : fs::recursive_directory_iterator(scene.root())) {
      EXPECT_NE(entry.path().filename(), "ran");
    }
  }
}

TEST(Clone, ThatFailsLeavesNothingBehind) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  scene.branch = "nope";
  const std::string expected =
      "there is no branch \"nope\" at \"REMOTE\"; there is \"main\"; if \"main\" is meant, write: "
      "branch = \"main\"";
  EXPECT_EQ(scene.failure(), expected);
  EXPECT_FALSE(fs::exists(scene.checkout.parent_path()));
  fs::create_directories(scene.checkout);
  EXPECT_EQ(scene.failure(), expected);
  EXPECT_TRUE(fs::is_empty(scene.checkout));
}

TEST(Clone, DoesNotTakeATagForABranch) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  scene.git(scene.remote, "tag v1 main");
  scene.branch = "v1";
  EXPECT_EQ(
      scene.failure(),
      "there is no branch \"v1\" at \"REMOTE\", only a tag; to follow that, write: tag = \"v1\"");
}

TEST(Clone, NamesTheBranchesThatThereAreNearestFirst) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  for (const char* name : {"aardvark", "master", "maint/1", "release-2026", "topic", "zebra"}) {
    scene.git(scene.remote, std::string("branch ") + name + " main");
  }
  scene.git(scene.remote, "branch -D main");
  EXPECT_EQ(
      scene.failure(),
      "there is no branch \"main\" at \"REMOTE\"; there are \"maint/1\", \"master\", "
      "\"topic\", \"zebra\", \"aardvark\" and 1 more; if \"maint/1\" is meant, write: branch = "
      "\"maint/1\"");
  scene.branch = "maint/1";
  EXPECT_TRUE(scene.sync().has_value());
}

TEST(Clone, SaysThatARemoteHasNoBranchAtAll) {
  Scene scene;
  EXPECT_EQ(scene.failure(),
            "there is no branch \"main\" at \"REMOTE\"; there is none at all yet, so push one");
}

TEST(Clone, TellsOfAHookThatFailsWhenTheCloneIsComplete) {
  Scene scene;
  const std::string commit = scene.push({{"app.txt", "one\n"}});
  const fs::path hooks = scene.root() / "hooks";
  fs::create_directory(hooks);
  std::ofstream(hooks / "post-checkout") << "#!/bin/sh\nexit 3\n";
  fs::permissions(hooks / "post-checkout", fs::perms::owner_all);
  scene.environment.set("GIT_CONFIG_GLOBAL", (scene.root() / "config").native());
  std::ofstream(scene.root() / "config") << "[core]\n\thooksPath = " << hooks.native() << '\n';
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->after, commit);
  EXPECT_EQ(synced->notes,
            std::vector<std::string>({"the clone is complete, but git clone exited with status 3, "
                                      "as it does where a post-checkout hook fails"}));
  EXPECT_EQ(scene.in_checkout("status --porcelain --branch"), "## main...origin/main");
}

TEST(Clone, OfATagGivesNoAdvice) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  scene.git(scene.remote, "tag v1 main");
  scene.branch = "v1";
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().output, "");
}

TEST(Clone, SaysThatTheRemoteCannotBeRead) {
  Scene scene;
  scene.url = "http://user:secret@localhost:1/x.git";
  EXPECT_EQ(scene.failure(),
            "cannot read from \"http://user:***@localhost:1/x.git\": git clone exited with status "
            "128");
}

TEST(Clone, DoesNotRunACommandThatAnUrlNames) {
  Scene scene;
  scene.environment.set("GIT_CONFIG_GLOBAL", (scene.root() / "gitconfig").native());
  scene.git(scene.root(), "config --global protocol.ext.allow always");
  scene.url = "ext::touch " + (scene.root() / "ran").native();
  EXPECT_EQ(scene.failure(),
            "cannot read from \"ext::touch ROOT/ran\": git clone exited with status 128");
  EXPECT_FALSE(fs::exists(scene.root() / "ran"));
}

TEST(Clone, RefusesADirectoryOfOtherFiles) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  scene.write("mine.txt", "mine\n");
  EXPECT_EQ(
      scene.refusal(),
      "\"CHECKOUT\" is not empty and not a git checkout; move its files away, or name another "
      "directory");
}

TEST(Clone, RefusesABareRepository) {
  Scene scene;
  scene.checkout = scene.remote;
  EXPECT_EQ(
      scene.refusal(),
      "\"CHECKOUT\" is a bare git repository, not a checkout; name a directory to clone into");
}

TEST(Clone, RefusesAFile) {
  Scene scene;
  fs::create_directories(scene.checkout.parent_path());
  std::ofstream(scene.checkout) << "mine\n";
  EXPECT_EQ(scene.refusal(), "\"CHECKOUT\" is not a directory");
}

TEST(Clone, SaysWhichDirectoryCannotBeMade) {
  Scene scene;
  std::ofstream(scene.root() / "site") << "mine\n";
  EXPECT_EQ(scene.failure(), "cannot make directory \"CHECKOUT\": Not a directory");
}

}  // namespace
