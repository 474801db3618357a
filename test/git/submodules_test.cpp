#include "git/submodules.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "scene.h"
#include "support/killing.h"

namespace {

namespace fs = std::filesystem;

class Submodules : public ::testing::Test {
 protected:
  Submodules() {
    library = scene.root() / "library";
    scene.environment.set("GIT_CONFIG_GLOBAL", (scene.root() / "gitconfig").native());
    std::ofstream(scene.root() / "gitconfig") << "[protocol \"file\"]\n\tallow = always\n";
    scene.git(scene.root(), "init -q -b main " + library.native());
    change_library("one\n");
    scene.push({{"app.txt", "one\n"}});
    scene.in_author("submodule add -q " + library.native() + " lib");
    scene.push({});
  }

  std::string change_library(const std::string& text) {
    std::ofstream(library / "lib.txt") << text;
    scene.git(library, "add .");
    scene.git(library, "commit -q -m Library");
    return scene.git(library, "rev-parse HEAD");
  }

  /// Somebody moves the pin to the library's head.
  void push_pin() {
    scene.in_author("-C lib pull -q");
    scene.push({});
  }

  std::vector<std::string> sync() {
    const auto synced = scene.sync();
    EXPECT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
    return synced ? synced->notes : std::vector<std::string>{};
  }

  Scene scene;
  fs::path library;
};

TEST_F(Submodules, AreClonedAndMovedWithTheCheckout) {
  const std::string first = scene.git(library, "rev-parse --short=7 HEAD");
  EXPECT_EQ(sync(), std::vector<std::string>{"submodule \"lib\" cloned at " + first});
  EXPECT_EQ(scene.read("lib/lib.txt"), "one\n");
  const std::string second = change_library("two\n").substr(0, 7);
  push_pin();
  EXPECT_EQ(sync(),
            std::vector<std::string>{"submodule \"lib\" moved from " + first + " to " + second});
  EXPECT_EQ(scene.read("lib/lib.txt"), "two\n");
  EXPECT_EQ(scene.in_checkout("status --porcelain"), "");
  EXPECT_EQ(sync(), std::vector<std::string>{});
}

TEST_F(Submodules, WithARelativeUrlCountFromTheUrlOfTheManifest) {
  scene.in_author("submodule set-url lib ../library");
  scene.push({});
  EXPECT_EQ(sync().size(), 1U);
  EXPECT_EQ(scene.read("lib/lib.txt"), "one\n");
}

TEST_F(Submodules, AreUpdatedInsideEachOther) {
  const fs::path inner = scene.root() / "inner";
  scene.git(scene.root(), "init -q -b main " + inner.native());
  scene.git(inner, "commit -q --allow-empty -m Inner");
  scene.git(library, "submodule add -q " + inner.native() + " deep");
  change_library("with deep\n");
  push_pin();
  EXPECT_EQ(sync().size(), 2U);
  EXPECT_TRUE(fs::exists(scene.checkout / "lib/deep/.git"));
}

TEST_F(Submodules, WithLocalChangesAreRefusedBeforeAnythingMoves) {
  sync();
  change_library("two\n");
  push_pin();
  scene.write("lib/lib.txt", "mine\n");
  const auto standing = scene.inspect();
  ASSERT_FALSE(standing.has_value());
  EXPECT_EQ(scene.refusal(), scene.shortened(standing.error().message));
  EXPECT_EQ(scene.refusal(),
            "submodule \"lib\" has local changes; commit them, or put them aside with: git -C "
            "CHECKOUT/lib stash");
}

TEST_F(Submodules, WithCommitsOfTheirOwnAreRefusedBeforeAnythingMoves) {
  sync();
  change_library("two\n");
  push_pin();
  scene.write("lib/lib.txt", "mine\n");
  scene.in_checkout("-C lib commit -q -a -m Mine");
  const std::string mine = scene.in_checkout("-C lib rev-parse --short=7 HEAD");
  EXPECT_EQ(scene.refusal(), "submodule \"lib\": HEAD is detached at " + mine +
                                 ", with 1 commit that no branch holds; keep them with: git -C "
                                 "CHECKOUT/lib branch NAME");
}

TEST_F(Submodules, WithChangesThatNothingMovesAreLeftAlone) {
  sync();
  scene.write("lib/lib.txt", "mine\n");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(sync(), std::vector<std::string>{});
  EXPECT_EQ(scene.read("lib/lib.txt"), "mine\n");
}

TEST_F(Submodules, ThatAreElsewhereAreToldByACheck) {
  sync();
  EXPECT_EQ(scene.inspect()->state, git::Standing::State::up_to_date);
  const std::string head = scene.in_checkout("-C lib rev-parse --short=7 HEAD");
  scene.in_checkout("-C lib commit -q --allow-empty -m Mine");
  const std::string mine = scene.in_checkout("-C lib rev-parse --short=7 HEAD");
  EXPECT_EQ(scene.inspect()->detail, "submodule \"lib\" is at " + mine + " and not at " + head);
}

TEST_F(Submodules, WhoseUrlNamesACommandRunNothing) {
  sync();
  scene.in_author("config -f .gitmodules submodule.lib.url ext::touch% " +
                  (scene.root() / "ran").native());
  scene.push({});
  fs::remove_all(scene.checkout);
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().message,
            "cannot update submodule \"lib\": git submodule exited with status 1");
  EXPECT_FALSE(fs::exists(scene.root() / "ran"));
}

/// SIGKILL at instants spread over the clone of a submodule and over its first move.
TEST_F(Submodules, ThatAKillCutOffAreEndedByTheNextSync) {
  const support::Orphanage orphanage;
  for (int i = 0; i < 300; ++i) {
    std::ofstream(library / ("file" + std::to_string(i))) << std::string(2000, 'x') << i;
  }
  const std::string pinned = change_library("two\n");
  push_pin();
  constexpr int rounds = 8;
  for (int i = 0; i < rounds; ++i) {
    fs::remove_all(scene.checkout);
    scene.git(scene.root(), "clone -q " + scene.url + ' ' + scene.checkout.native());
    const pid_t child = fork();
    if (child == 0) {
      static_cast<void>(scene.sync());
      _exit(0);
    }
    const fs::path modules = scene.checkout / ".git/modules";
    while (!fs::exists(modules) && !support::has_ended(child)) {
      usleep(500);
    }
    usleep(static_cast<useconds_t>(i) * 10000);
    support::kill_tree(child);
    support::Orphanage::empty();
    sync();
    EXPECT_EQ(scene.in_checkout("-C lib rev-parse HEAD"), pinned) << i;
    EXPECT_EQ(scene.in_checkout("status --porcelain"), "") << i;
    EXPECT_EQ(scene.in_checkout("-C lib status --porcelain"), "") << i;
    EXPECT_FALSE(fs::exists(modules / "lib/fluke-update")) << i;
  }
}

}  // namespace
