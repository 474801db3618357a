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

TEST_F(Submodules, AreRidOfTheLocksThatAKilledFetchLeftInThem) {
  sync();
  scene.write(".git/modules/lib/refs/heads/main.lock", "");
  scene.write(".git/modules/lib/fluke-fetch", "");
  const std::vector<std::string> notes = sync();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("removed "), std::string::npos) << notes[0];
  EXPECT_FALSE(fs::exists(scene.checkout / ".git/modules/lib/refs/heads/main.lock"));
  EXPECT_FALSE(fs::exists(scene.checkout / ".git/modules/lib/fluke-fetch"));
}

TEST_F(Submodules, AreNotedWhileTheyAreFetchedForAKillToBeSeen) {
  sync();
  change_library("two\n");
  push_pin();
  const fs::path note = scene.checkout / ".git/modules/lib/fluke-fetch";
  const fs::path seen = scene.root() / "seen";
  scene.stand_in("fetch) test -e " + note.native() + " && touch " + seen.native() +
                 "; git \"$@\";;");
  sync();
  EXPECT_TRUE(fs::exists(seen));
  EXPECT_FALSE(fs::exists(note));
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
  const auto comparison = scene.inspect();
  ASSERT_FALSE(comparison.has_value());
  EXPECT_EQ(scene.refusal(), scene.shortened(comparison.error().message));
  EXPECT_EQ(scene.refusal(),
            "submodule \"lib\" has local changes; commit them, or stash them with: git -C "
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
  EXPECT_EQ(scene.inspect()->state, git::Comparison::State::up_to_date);
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

/// The filter that z.txt of the library goes through.
void write_filter(const Scene& scene, const std::string& command) {
  const fs::path filter = scene.root() / "filter";
  std::ofstream(filter) << "#!/bin/sh\n" << command << '\n';
  fs::permissions(filter, fs::perms::owner_all);
}

TEST_F(Submodules, ThatSomebodyEndedByHandKeepBranchesAndStashes) {
  std::ofstream(scene.root() / "gitconfig", std::ios::app)
      << "[filter \"slow\"]\n\tclean = cat\n\tsmudge = " << (scene.root() / "filter").native()
      << '\n';
  write_filter(scene, "exec cat");
  std::ofstream(library / ".gitattributes") << "z.txt filter=slow\n";
  std::ofstream(library / "z.txt") << "z\n";
  change_library("two\n");
  push_pin();
  write_filter(scene, "exec sleep 60");
  scene.deadline = std::chrono::seconds(2);
  EXPECT_FALSE(scene.sync().has_value());
  scene.deadline = {};
  write_filter(scene, "exec cat");
  scene.in_checkout("submodule update -q --init --force lib");
  scene.in_checkout("-C lib switch -q -c mine");
  scene.write("lib/mine.txt", "mine\n");
  scene.in_checkout("-C lib add mine.txt");
  scene.in_checkout("-C lib commit -q -m Mine");
  scene.write("lib/lib.txt", "mine\n");
  scene.in_checkout("-C lib stash -q");
  const std::string refs = scene.in_checkout("-C lib for-each-ref");
  scene.in_checkout("submodule update -q lib");
  sync();
  EXPECT_EQ(scene.in_checkout("-C lib for-each-ref"), refs);
  EXPECT_EQ(scene.in_checkout("-C lib status --porcelain"), "");
}

TEST_F(Submodules, WhosePinCannotBeFetchedAreMovedByTheNextSync) {
  sync();
  const std::string pinned = change_library("two\n");
  push_pin();
  fs::rename(library, scene.root() / "away");
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().message,
            "cannot update submodule \"lib\": git fetch exited with status 128");
  EXPECT_EQ(scene.in_checkout("-C lib status --porcelain"), "");
  fs::rename(scene.root() / "away", library);
  EXPECT_EQ(sync().size(), 1U);
  EXPECT_EQ(scene.in_checkout("-C lib rev-parse HEAD"), pinned);
}

TEST_F(Submodules, AreNeitherRebasedNorMergedWhateverIsDeclared) {
  for (const char* update : {"rebase", "merge"}) {
    scene.in_author(std::string("config -f .gitmodules submodule.lib.update ") + update);
    scene.push({});
    sync();
    scene.in_checkout(std::string("-C lib switch -q -c ") + update);
    scene.write("lib/mine.txt", update);
    scene.in_checkout("-C lib add mine.txt");
    scene.in_checkout("-C lib commit -q -m Mine");
    const std::string mine = scene.in_checkout("-C lib rev-parse HEAD");
    const std::string pinned = change_library(std::string("for ") + update);
    push_pin();
    sync();
    EXPECT_EQ(scene.in_checkout("-C lib rev-parse HEAD"), pinned);
    EXPECT_EQ(scene.in_checkout(std::string("-C lib rev-parse ") + update), mine);
    EXPECT_EQ(scene.in_checkout("status --porcelain"), "");
  }
}

TEST_F(Submodules, ThatAreDeclaredAsNotWantedAreLeftAlone) {
  scene.in_author("config -f .gitmodules submodule.lib.update none");
  scene.push({});
  EXPECT_EQ(sync(), std::vector<std::string>{});
  EXPECT_FALSE(fs::exists(scene.checkout / "lib/.git"));
  EXPECT_EQ(scene.inspect()->state, git::Comparison::State::up_to_date);
}

TEST_F(Submodules, ThatTheConfigurationDoesNotWantAreLeftAlone) {
  scene.git(scene.root(), "clone -q " + scene.url + ' ' + scene.checkout.native());
  for (const char* setting : {"submodule.lib.active false", "submodule.lib.active No",
                              "submodule.lib.update none", "submodule.active other"}) {
    scene.in_checkout(std::string("config ") + setting);
    EXPECT_EQ(sync(), std::vector<std::string>{}) << setting;
    EXPECT_FALSE(fs::exists(scene.checkout / "lib/.git")) << setting;
    EXPECT_EQ(scene.inspect()->state, git::Comparison::State::up_to_date) << setting;
    const std::string key(setting, std::string_view(setting).find(' '));
    scene.in_checkout("config --unset " + key);
  }
  scene.in_checkout("config submodule.active li*");
  EXPECT_EQ(sync().size(), 1U);
}

TEST_F(Submodules, FollowAUrlThatIsChanged) {
  sync();
  const fs::path moved = scene.root() / "moved";
  const std::string pinned = change_library("two\n");
  push_pin();
  fs::rename(library, moved);
  scene.in_author("submodule --quiet set-url lib " + moved.native());
  scene.push({});
  const std::vector<std::string> notes = sync();
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(scene.shortened(notes[0]),
            "the url of submodule \"lib\" was \"ROOT/library\" and is \"ROOT/moved\" now");
  EXPECT_EQ(scene.in_checkout("-C lib rev-parse HEAD"), pinned);
}

TEST_F(Submodules, WithARelativeUrlFollowTheUrlOfTheManifest) {
  scene.in_author("submodule --quiet set-url lib ../library");
  scene.push({});
  sync();
  const fs::path other = scene.root() / "other";
  fs::create_directory(other);
  fs::rename(scene.remote, other / "remote.git");
  fs::rename(library, other / "library");
  library = other / "library";
  scene.remote = other / "remote.git";
  scene.url = scene.remote.native();
  scene.in_author("remote set-url origin " + scene.url);
  scene.in_author("-C lib remote set-url origin " + library.native());
  const std::string pinned = change_library("two\n");
  push_pin();
  EXPECT_EQ(sync().size(), 2U);
  EXPECT_EQ(scene.in_checkout("-C lib rev-parse HEAD"), pinned);
}

TEST_F(Submodules, OfABranchThatIsSwitchedToAreCloned) {
  sync();
  const fs::path second = scene.root() / "second";
  scene.git(scene.root(), "init -q -b trunk " + second.native());
  scene.git(second, "commit -q --allow-empty -m Second");
  scene.in_author("switch -q -c feature");
  scene.in_author("submodule add -q " + second.native() + " second");
  scene.push({}, "feature");
  scene.branch = "feature";
  EXPECT_EQ(sync().size(), 1U);
  EXPECT_EQ(scene.in_checkout("status --porcelain"), "");
}

TEST_F(Submodules, WhoseDirectoryHoldsFilesAreRefused) {
  sync();
  scene.write("second/mine.txt", "mine\n");
  scene.in_author("submodule add -q " + library.native() + " second");
  const std::string commit = scene.push({});
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().message,
            "files are in the way of submodule \"second\": \"second/mine.txt\"; move them away");
  fs::rename(scene.checkout / "second/mine.txt", scene.root() / "mine.txt");
  EXPECT_EQ(sync().size(), 1U);
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), commit);
}

TEST_F(Submodules, InWhosePlaceThereIsAFileAreRefused) {
  sync();
  scene.write("second", "mine\n");
  scene.in_author("submodule add -q " + library.native() + " second");
  scene.push({});
  EXPECT_EQ(scene.refusal(),
            "untracked files are in the way of the update: \"second\"; move them away");
  fs::remove_all(scene.checkout / "second");
  sync();
  fs::remove_all(scene.checkout / "second");
  fs::create_directory_symlink(library, scene.checkout / "second");
  EXPECT_EQ(scene.refusal(),
            "files are in the way of submodule \"second\": \"second\"; move them away");
}

TEST_F(Submodules, WithoutAUrlAreExplained) {
  const fs::path author = scene.root() / "author";
  scene.git(author, "init -q -b main bare");
  scene.git(author / "bare", "commit -q --allow-empty -m Bare");
  scene.push({});
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().message,
            "submodule \"bare\" has no url in .gitmodules; in the repository that is pushed from, "
            "give it one with: git submodule add --force URL bare, or take it out with: git rm "
            "--cached bare");
  scene.in_author("submodule --quiet add --force " + (author / "bare").native() + " bare");
  scene.push({});
  EXPECT_EQ(sync().size(), 2U);
  scene.in_author("rm -q --cached bare");
  fs::remove_all(author / "bare");
  scene.push({});
  EXPECT_EQ(sync(), std::vector<std::string>{});
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
