// Checkouts that lost something of theirs, that nobody may write to, or whose files are elsewhere.
#include "git/damage.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

/// As a power failure may leave a file that was about to be written.
void truncate(const Scene& scene, const std::string& name) {
  const fs::path file = scene.checkout / name;
  fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
  std::ofstream(file, std::ios::trunc);
}

void remove_object(Scene& scene, const std::string& revision) {
  const std::string name = scene.in_checkout("rev-parse " + revision);
  fs::remove(scene.checkout / ".git/objects" / name.substr(0, 2) / name.substr(2));
}

/// A checkout whose objects are files, one each, and a commit that it lacks.
struct Damaged {
  Damaged() {
    scene.clone();
    head = scene.in_checkout("rev-parse HEAD");
    scene.push({{"app.txt", "two\n"}});
  }
  Scene scene;
  std::string head;
};

TEST(Damage, OfABranchIsNamedWithWhatItLastWas) {
  Damaged damaged;
  truncate(damaged.scene, ".git/refs/heads/main");
  const auto synced = damaged.scene.sync();
  ASSERT_FALSE(synced.has_value());
  const std::string& message = synced.error().message;
  EXPECT_EQ(damaged.scene.shortened(message),
            "\"CHECKOUT/.git/refs/heads/main\" is empty, as after a power failure; set it to what "
            "its log says with: tail -n 1 CHECKOUT/.git/logs/refs/heads/main | cut -d ' ' -f 2 > "
            "CHECKOUT/.git/refs/heads/main");
  ASSERT_EQ(std::system(message.substr(message.find("tail")).c_str()), 0);
  EXPECT_EQ(damaged.scene.in_checkout("rev-parse HEAD"), damaged.head);
  EXPECT_TRUE(damaged.scene.sync().has_value());
}

TEST(Damage, OfATrackingRefIsNamed) {
  Damaged damaged;
  damaged.scene.write(".git/refs/remotes/origin/main", "");
  const std::string message = damaged.scene.failure();
  EXPECT_TRUE(
      message.starts_with("\"CHECKOUT/.git/refs/remotes/origin/main\" is empty, as after "
                          "a power failure; "))
      << message;
}

TEST(Damage, OfHeadIsNamed) {
  Damaged damaged;
  truncate(damaged.scene, ".git/HEAD");
  EXPECT_EQ(damaged.scene.failure(),
            "\"CHECKOUT/.git/HEAD\" is empty, as after a power failure; set it with: echo 'ref: "
            "refs/heads/main' > CHECKOUT/.git/HEAD");
}

TEST(Damage, OfTheIndexIsNamed) {
  Damaged damaged;
  truncate(damaged.scene, ".git/index");
  EXPECT_EQ(damaged.scene.failure(),
            "\"CHECKOUT/.git/index\" is empty, as after a power failure; recreate it with: rm "
            "CHECKOUT/.git/index && git -C CHECKOUT reset");
}

TEST(Damage, OfObjectsIsNamed) {
  const std::string expected =
      "the repository in \"CHECKOUT\" has lost objects; see which with: git -C CHECKOUT fsck, or "
      "move it away, and the next run clones it again";
  Damaged tree;
  remove_object(tree.scene, "HEAD^{tree}");
  EXPECT_EQ(tree.scene.failure(), expected);
  Damaged commit;
  truncate(commit.scene, ".git/objects/" + commit.head.substr(0, 2) + '/' + commit.head.substr(2));
  EXPECT_EQ(commit.scene.failure(), expected);
}

TEST(Damage, ThatTheFetchMakesGoodIsNone) {
  Damaged damaged;
  remove_object(damaged.scene, "HEAD:app.txt");
  EXPECT_TRUE(damaged.scene.sync().has_value());
  EXPECT_EQ(damaged.scene.read("app.txt"), "two\n");
}

/// Runs `act` as a user who is not root; false if a test in it failed.
template <typename Act>
bool as_ordinary_user(const Scene& scene, Act act) {
  if (geteuid() != 0) {
    act();
    return true;
  }
  for (const auto& entry : fs::recursive_directory_iterator(scene.root())) {
    static_cast<void>(!lchown(entry.path().c_str(), 65534, 65534));
  }
  static_cast<void>(!chown(scene.root().c_str(), 65534, 65534));
  const pid_t child = fork();
  if (child == 0) {
    static_cast<void>(setgid(65534) != 0 || setuid(65534) != 0);
    act();
    _exit(::testing::Test::HasFailure() ? 1 : 0);
  }
  int status = -1;
  waitpid(child, &status, 0);
  return status == 0;
}

TEST(Damage, OfAWorkTreeThatCannotBeWrittenIsNamed) {
  Damaged damaged;
  damaged.scene.environment.set("GIT_CONFIG_GLOBAL", "/dev/null");
  EXPECT_TRUE(as_ordinary_user(damaged.scene, [&] {
    chmod(damaged.scene.checkout.c_str(), 0555);
    EXPECT_EQ(damaged.scene.failure(), "\"CHECKOUT\" cannot be written by this user (uid " +
                                           std::to_string(geteuid()) +
                                           "); change that, or run fluke as its owner");
    chmod(damaged.scene.checkout.c_str(), 0755);
    chmod((damaged.scene.checkout / ".git").c_str(), 0555);
    EXPECT_EQ(damaged.scene.failure(),
              "cannot write \"CHECKOUT/.git/fluke-update\": Permission denied");
    chmod((damaged.scene.checkout / ".git").c_str(), 0755);
  }));
}

TEST(Lfs, PointersAreNamed) {
  Scene scene;
  scene.push({{".gitattributes", "*.bin filter=lfs -text\n"},
              {"big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"},
              {"real.bin", "content\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  ASSERT_EQ(synced->notes.size(), 1U);
  EXPECT_EQ(scene.shortened(synced->notes.front()),
            "of 1 file in Git LFS there is only the pointer here: \"big.bin\"; install git-lfs, "
            "then: git -C CHECKOUT lfs install --local && git -C CHECKOUT lfs pull");
}

TEST(Lfs, PointersAreNamedWhereADirectoryHasAttributesOfItsOwn) {
  Scene scene;
  scene.push({{"a/.gitattributes", "*.bin filter=lfs -text\n"},
              {"a/big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  ASSERT_EQ(synced->notes.size(), 1U);
  EXPECT_NE(synced->notes.front().find("\"a/big.bin\""), std::string::npos);
}

TEST(Lfs, PointersAreNamedWhereTheAttributesAreNotInTheRepository) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  std::filesystem::create_directories(scene.checkout / ".git/info");
  std::ofstream(scene.checkout / ".git/info/attributes") << "*.bin filter=lfs -text\n";
  scene.push({{"big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->notes.size(), 1U);
}

TEST(Lfs, PointersAreNamedInACheckoutOfAGreatManyFiles) {
  Scene scene;
  Scene::Changes changes = {
      {"z/.gitattributes", "*.bin filter=lfs -text\n"},
      {"z/big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"}};
  for (int i = 0; i < 1100; ++i) {
    changes.emplace("many/" + std::to_string(i), "");
  }
  scene.push(changes);
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->notes.size(), 1U);
}

TEST(Lfs, ThatIsConfiguredButMissingIsNamed) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  scene.environment.set("GIT_CONFIG_GLOBAL", (scene.root() / "gitconfig").native());
  scene.push({{".gitattributes", "*.bin filter=lfs -text\n"},
              {"big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"}});
  std::ofstream(scene.root() / "gitconfig") << "[filter \"lfs\"]\n\trequired = true\n"
                                               "\tprocess = git-lfs-none filter-process\n"
                                               "\tsmudge = git-lfs-none smudge -- %f\n"
                                               "\tclean = git-lfs-none clean -- %f\n";
  EXPECT_EQ(
      scene.failure(),
      "cannot check out branch \"main\": files of it are in Git LFS, and the git-lfs that git's "
      "configuration names is missing or fails; try: git lfs version");
  fs::remove_all(scene.checkout);
  EXPECT_EQ(scene.failure(),
            "cannot check out \"REMOTE\": files of it are in Git LFS, and the git-lfs that git's "
            "configuration names is missing or fails; try: git lfs version");
}

}  // namespace
