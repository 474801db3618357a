// Updates that were cut off half-way. A filter that never ends holds git still in the middle of its
// work, at the file `m.txt`: the files before it in the order of names are new then, those behind
// it old.
#include "git/head_move.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "scene.h"
#include "support/killing.h"

namespace {

namespace fs = std::filesystem;

class Interrupted : public ::testing::Test {
 protected:
  Interrupted() {
    scene.push({{"a.txt", "one a\n"}, {"m.txt", "one m\n"}, {"z.txt", "one z\n"}});
    EXPECT_TRUE(scene.sync().has_value());
  }

  /// As git's attribute and filter settings say it: what m.txt goes through is `command`.
  void filter(const std::string& command) {
    scene.write(".git/info/attributes", "m.txt filter=slow\n");
    scene.write("../filter", "#!/bin/sh\n" + command + "\n");
    chmod((scene.checkout / "../filter").c_str(), 0755);
    scene.in_checkout("config filter.slow.smudge " +
                      (scene.checkout.parent_path() / "filter").native());
    scene.in_checkout("config filter.slow.clean cat");
  }

  /// Kills a sync, and all that it started, when git has come to m.txt.
  void kill_half_way() {
    filter("touch " + stopped().native() + "; exec sleep 60");
    kill_when([&] { return fs::exists(stopped()); });
    fs::remove(stopped());
    fs::remove(scene.checkout / ".git/info/attributes");
    EXPECT_TRUE(fs::exists(note()));
    EXPECT_TRUE(fs::exists(scene.checkout / ".git/index.lock"));
  }

  template <typename Condition>
  void kill_when(Condition is_time) {
    const pid_t child = fork();
    if (child == 0) {
      static_cast<void>(scene.sync());
      _exit(0);
    }
    while (!is_time()) {
      ASSERT_EQ(waitpid(child, nullptr, WNOHANG), 0) << "it ended too early";
      usleep(1000);
    }
    support::kill_tree(child);
    support::Orphanage::empty();
  }

  /// Syncs, and expects that everything is as `commit` has it and nothing else is there.
  void expect_synced(const std::string& commit) {
    const auto synced = scene.sync();
    ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
    EXPECT_EQ(synced->after, commit);
    EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), commit);
    EXPECT_EQ(scene.in_checkout("status --porcelain --ignored --branch"), "## main...origin/main");
    EXPECT_FALSE(fs::exists(note()));
    for (const auto& entry : fs::recursive_directory_iterator(scene.checkout / ".git")) {
      EXPECT_NE(entry.path().extension(), ".lock") << entry.path();
    }
  }

  [[nodiscard]] fs::path note() const { return scene.checkout / ".git/fluke-update"; }
  [[nodiscard]] fs::path stopped() const { return scene.root() / "stopped"; }

  support::Orphanage orphanage;
  Scene scene;
};

TEST_F(Interrupted, UpdateIsEndedByTheNextSync) {
  const std::string commit =
      scene.push({{"a.txt", "two a\n"}, {"m.txt", "two m\n"}, {"z.txt", "two z\n"}});
  kill_half_way();
  EXPECT_EQ(scene.read("a.txt"), "two a\n");
  EXPECT_EQ(scene.read("z.txt"), "one z\n");
  expect_synced(commit);
}

TEST_F(Interrupted, UpdateThatMovesFilesAboutIsEndedByTheNextSync) {
  scene.push({{"b/inner.txt", "inner\n"}, {"c", "file\n"}, {"gone.txt", "gone\n"}});
  scene.push({{"run", "#!/bin/sh\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  scene.push({{"b/inner.txt", {}}, {"c", {}}, {"gone.txt", {}}});
  const std::string commit = scene.push({{"b", "a file now\n"},
                                         {"c/deep/inner.txt", "a directory now\n"},
                                         {"k/new.txt", "new\n"},
                                         {"m.txt", "two m\n"},
                                         {"z.txt", "two z\n"}});
  kill_half_way();
  EXPECT_EQ(scene.read("b"), "a file now\n");
  EXPECT_EQ(scene.read("k/new.txt"), "new\n");
  expect_synced(commit);
}

TEST_F(Interrupted, UpdateOfLinksAndModesIsEndedByTheNextSync) {
  scene.push_link("link", "a.txt");
  ASSERT_TRUE(scene.sync().has_value());
  scene.push_link("link", "z.txt");
  scene.push_mode("a.txt", 0755);
  const std::string commit = scene.push({{"m.txt", "two m\n"}, {"z.txt", "two z\n"}});
  kill_half_way();
  EXPECT_EQ(fs::read_symlink(scene.checkout / "link"), "z.txt");
  expect_synced(commit);
}

TEST_F(Interrupted, UpdateOfNamesThatAreHardToQuoteIsEndedByTheNextSync) {
  scene.push({{"line\nbreak", "one\n"}, {"-dash", "one\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  const std::string commit = scene.push({{"line\nbreak", "two\n"},
                                         {"-dash", "two\n"},
                                         {"\"quo'ted\"\n", "new\n"},
                                         {"\x1b[31m", "new\n"},
                                         {"m.txt", "two m\n"},
                                         {"z\n", "new\n"}});
  kill_half_way();
  EXPECT_EQ(scene.read("line\nbreak"), "two\n");
  EXPECT_FALSE(fs::exists(scene.checkout / "z\n"));
  expect_synced(commit);
}

TEST_F(Interrupted, UpdateLeavesAFileThatIsWrittenInPart) {
  const std::string commit = scene.push({{"a.txt", "two a\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  scene.write("a.txt", "tw");
  scene.write("m.txt", "");
  expect_synced(commit);
}

TEST_F(Interrupted, UpdateIsTakenBackWhereTheRemoteWentBack) {
  const std::string commit = scene.in_checkout("rev-parse HEAD");
  scene.push({{"a.txt", "two a\n"}, {"b.txt", "new\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  scene.git(scene.remote, "update-ref refs/heads/main " + commit);
  expect_synced(commit);
  EXPECT_EQ(scene.read("a.txt"), "one a\n");
  EXPECT_FALSE(fs::exists(scene.checkout / "b.txt"));
}

TEST_F(Interrupted, UpdateThatGitCannotTakeBackSaysWhy) {
  const std::string commit = scene.in_checkout("rev-parse HEAD");
  scene.push({{"a.txt", "two a\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  scene.git(scene.remote, "update-ref refs/heads/main " + commit);
  const fs::path git = scene.program;
  scene.stand_in("checkout-index) echo 'fatal: no room' >&2; exit 128;;");
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(scene.shortened(synced.error().message),
            "an update of \"CHECKOUT\" was cut off half-way, and git cannot end it: fatal: no "
            "room; removed \"CHECKOUT/.git/index.lock\", which a git that was ended had left");
  scene.program = git;
  expect_synced(commit);
}

TEST_F(Interrupted, UpdateGoesOnToWhatTheRemoteHasByThen) {
  scene.push({{"a.txt", "two a\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  expect_synced(scene.push({{"a.txt", "one a\n"}, {"m.txt", "three m\n"}}));
  EXPECT_EQ(scene.read("a.txt"), "one a\n");
}

TEST_F(Interrupted, UpdateNamesAFileThatSomebodyChangedSinceAndIsTakenBack) {
  const std::string commit =
      scene.push({{"a.txt", "two a\n"}, {"b.txt", "new\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  scene.write("a.txt", "mine\n");
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_TRUE(
      scene.shortened(synced.error().message)
          .starts_with("local changes are in the way of the update: \"a.txt\"; commit them, "
                       "or stash them with: git -C CHECKOUT stash;"))
      << synced.error().message;
  EXPECT_EQ(scene.in_checkout("status --porcelain --ignored"), " M a.txt");
  EXPECT_EQ(scene.read("a.txt"), "mine\n");
  scene.in_checkout("stash -q");
  expect_synced(commit);
  EXPECT_EQ(scene.in_checkout("show stash:a.txt"), "mine");
}

TEST_F(Interrupted, UpdateNamesAFileThatSomebodyMadeSinceAndIsTakenBack) {
  const std::string commit =
      scene.push({{"a.txt", "two a\n"}, {"m.txt", "two m\n"}, {"new.txt", "new\n"}});
  kill_half_way();
  scene.write("new.txt", "mine\n");
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_TRUE(synced.error().message.starts_with(
      "untracked files are in the way of the update: \"new.txt\"; move them away;"))
      << synced.error().message;
  EXPECT_EQ(scene.in_checkout("status --porcelain --ignored"), "?? new.txt");
  fs::remove(scene.checkout / "new.txt");
  expect_synced(commit);
}

TEST_F(Interrupted, UpdateNamesWhatStandsInTheWayOfDirectories) {
  scene.push({{"b/inner.txt", "new\n"}, {"c", "file\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  fs::remove_all(scene.checkout / "b");
  fs::create_directory_symlink(scene.root(), scene.checkout / "b");
  fs::remove(scene.checkout / "c");
  scene.write("c/mine.txt", "mine\n");
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_TRUE(synced.error().message.starts_with(
      "untracked files are in the way of the update: \"b\", \"c\"; move them away;"))
      << synced.error().message;
  EXPECT_EQ(scene.read("c/mine.txt"), "mine\n");
}

TEST_F(Interrupted, UpdateLeavesOtherLocalChangesAlone) {
  scene.push({{"other.txt", "one\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  scene.write("other.txt", "mine\n");
  scene.write("staged.txt", "mine\n");
  scene.in_checkout("add staged.txt");
  const std::string commit = scene.push({{"a.txt", "two a\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), commit);
  EXPECT_EQ(scene.in_checkout("status --porcelain"), " M other.txt\nA  staged.txt");
}

TEST_F(Interrupted, UpdateThatSomebodyEndedByHandIsOver) {
  const std::string commit = scene.push({{"a.txt", "two a\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  fs::remove(scene.checkout / ".git/index.lock");
  scene.in_checkout("reset -q --hard origin/main");
  expect_synced(commit);
}

TEST_F(Interrupted, UpdateLeavesNoLockThatKeepsMaintenanceOut) {
  scene.push({{"a.txt", "two a\n"}, {"m.txt", "two m\n"}, {"z.txt", "two z\n"}});
  kill_half_way();
  scene.write(".git/objects/maintenance.lock", "");
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_FALSE(fs::exists(scene.checkout / ".git/objects/maintenance.lock"));
}

/// What a git that was killed in a fetch may leave, with the note of the fetch.
constexpr const char* locks_of_a_fetch[] = {".git/HEAD.lock", ".git/refs/heads/main.lock",
                                            ".git/refs/remotes/origin/main.lock",
                                            ".git/fluke-fetch"};

/// Makes those files, has `operation` be done, and expects that it has removed them and told the
/// locks.
template <typename Operation>
void expect_cleared(Scene& scene, Operation operation) {
  for (const char* lock : locks_of_a_fetch) {
    scene.write(lock, "");
  }
  const auto outcome = operation();
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_EQ(outcome->notes.size(), std::size(locks_of_a_fetch) - 1);
  for (const char* lock : locks_of_a_fetch) {
    EXPECT_FALSE(fs::exists(scene.checkout / lock)) << lock;
  }
}

TEST_F(Interrupted, FetchLeavesNoLockThatALaterOneWouldMeet) {
  expect_cleared(scene, [&] { return scene.sync(); });
}

TEST_F(Interrupted, FetchLeavesNoLockThatACheckWouldNoLongerKnowWhoseItIs) {
  expect_cleared(scene, [&] { return scene.inspect(); });
}

TEST_F(Interrupted, FetchIsNotForgottenBeforeItsLocksAreGone) {
  scene.write(".git/HEAD.lock", "");
  scene.write(".git/fluke-fetch", "");
  // By its time, another git has made it since.
  fs::last_write_time(scene.checkout / ".git/HEAD.lock",
                      fs::file_time_type::clock::now() + std::chrono::hours(1));
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_TRUE(fs::exists(scene.checkout / ".git/HEAD.lock"));
  EXPECT_TRUE(fs::exists(scene.checkout / ".git/fluke-fetch"));
  expect_cleared(scene, [&] { return scene.sync(); });
}

TEST_F(Interrupted, FetchLeavesNoLockWhereAPinnedCommitNeedsNoOther) {
  scene.follow_commit(scene.in_checkout("rev-parse HEAD"));
  expect_cleared(scene, [&] { return scene.sync(); });
}

TEST_F(Interrupted, UpdateOfWhichNotEvenTheNoteIsWholeLeavesNothing) {
  scene.write(".git/fluke-update", "0123456789");
  EXPECT_TRUE(scene.sync().has_value());
  EXPECT_FALSE(fs::exists(note()));
}

TEST_F(Interrupted, UpdateOfASparseCheckoutIsEndedByTheNextSync) {
  scene.push({{"k/in.txt", "one\n"}, {"out/y.txt", "one\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  scene.in_checkout("sparse-checkout set k");
  const std::string before = scene.in_checkout("rev-parse HEAD");
  const std::string commit = scene.push({{"a.txt", "two a\n"},
                                         {"k/in.txt", "two\n"},
                                         {"m.txt", "two m\n"},
                                         {"out/new.txt", "new\n"},
                                         {"out/y.txt", "two\n"}});
  for (const bool is_taken_back : {true, false}) {
    kill_half_way();
    EXPECT_EQ(scene.read("k/in.txt"), "two\n");
    scene.git(scene.remote, "update-ref refs/heads/main " + (is_taken_back ? before : commit));
    expect_synced(is_taken_back ? before : commit);
    EXPECT_EQ(scene.read("k/in.txt"), is_taken_back ? "one\n" : "two\n");
    EXPECT_FALSE(fs::exists(scene.checkout / "out"));
    scene.git(scene.remote, "update-ref refs/heads/main " + commit);
  }
}

TEST_F(Interrupted, UpdateWhereModesAndLinksAreNotKeptIsEndedByTheNextSync) {
  scene.push_link("link", "a.txt");
  ASSERT_TRUE(scene.sync().has_value());
  scene.in_checkout("config core.fileMode false");
  scene.in_checkout("config core.symlinks false");
  scene.in_checkout("rm -q --cached -r .");
  scene.in_checkout("reset -q --hard");
  chmod((scene.checkout / "z.txt").c_str(), 0755);
  scene.push_mode("a.txt", 0755);
  scene.push_link("link", "z.txt");
  const std::string commit = scene.push({{"b.txt", "new\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  EXPECT_EQ(scene.read("link"), "z.txt");
  expect_synced(commit);
}

TEST_F(Interrupted, UpdateThatIsTakenBackKeepsWhatSomebodyStaged) {
  const std::string commit = scene.in_checkout("rev-parse HEAD");
  scene.push({{"a.txt", "two a\n"}, {"b.txt", "new\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  fs::remove(scene.checkout / ".git/index.lock");
  scene.write("a.txt", "mine\n");
  scene.in_checkout("add a.txt");
  scene.git(scene.remote, "update-ref refs/heads/main " + commit);
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.in_checkout("status --porcelain"), "M  a.txt");
  EXPECT_EQ(scene.in_checkout("show :a.txt"), "mine");
}

/// The note goes last: until then, what an update has written may not be on the disk.
TEST_F(Interrupted, UpdateWhoseFilesAPowerCutHasLostIsMadeGood) {
  const std::string before = scene.in_checkout("rev-parse HEAD");
  const std::string commit =
      scene.push({{"a.txt", "two a\n"}, {"b.txt", "new\n"}, {"m.txt", "two m\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  scene.write(".git/fluke-update", before + ' ' + commit + '\n');
  scene.write("a.txt", "");
  fs::remove(scene.checkout / "b.txt");
  scene.write("z.txt", "mine\n");
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.in_checkout("status --porcelain"), " M z.txt");
  EXPECT_EQ(scene.read("a.txt") + scene.read("b.txt"), "two a\nnew\n");
}

TEST_F(Interrupted, SwitchIsEndedByTheNextSync) {
  scene.in_checkout("switch -q -c work");
  scene.commit({{"a.txt", "work a\n"}, {"work.txt", "work\n"}});
  const std::string commit = scene.push({{"a.txt", "two a\n"}, {"m.txt", "two m\n"}});
  kill_half_way();
  expect_synced(commit);
}

TEST_F(Interrupted, FirstCheckoutIsEndedByTheNextSync) {
  fs::remove_all(scene.checkout);
  fs::create_directories(scene.checkout);
  scene.in_checkout("init -q -b main");
  kill_half_way();
  expect_synced(scene.git(scene.remote, "rev-parse main"));
}

/// A hook holds git still when index and files are new, and HEAD is locked but has not moved.
TEST_F(Interrupted, UpdateIsEndedWhereOnlyHeadHadNotMoved) {
  const std::string first = scene.in_checkout("rev-parse HEAD");
  scene.push({{"a.txt", "two a\n"}, {"b.txt", "new\n"}});
  const fs::path hook = scene.checkout / ".git/hooks/reference-transaction";
  scene.write(".git/hooks/reference-transaction",
              "#!/bin/sh\ngrep -q refs/heads/main || exit 0\n[ $1 = prepared ] || exit 0\ntouch " +
                  stopped().native() + "; exec sleep 60\n");
  chmod(hook.c_str(), 0755);
  kill_when([&] { return fs::exists(stopped()); });
  fs::remove(hook);
  EXPECT_TRUE(fs::exists(scene.checkout / ".git/refs/heads/main.lock"));
  EXPECT_EQ(scene.read("b.txt"), "new\n");
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), first);
  expect_synced(scene.push({{"a.txt", "three a\n"}, {"b.txt", "newer\n"}}));
}

TEST_F(Interrupted, UpdateThatFailsHalfWayIsTakenBackAtOnce) {
  scene.push({{"a.txt", "two a\n"}, {"b/new.txt", "new\n"}, {"m.txt", "two m\n"}});
  // It fails at its second run with the new text: the first is fluke's trial.
  filter("text=$(cat); [ \"$text\" != 'two m' ] || mkdir " + stopped().native() +
         " && echo \"$text\"");
  scene.in_checkout("config filter.slow.required true");
  EXPECT_EQ(scene.failure(), "git merge in \"CHECKOUT\" exited with status 128");
}

TEST_F(Interrupted, UpdateThatTheDeadlineEndedIsEndedByTheNextSync) {
  const std::string commit = scene.push({{"a.txt", "two a\n"}, {"m.txt", "two m\n"}});
  filter("exec sleep 60");
  scene.deadline = std::chrono::milliseconds(700);
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().message, "git merge ran past its deadline of 700ms");
  scene.deadline = {};
  fs::remove(scene.checkout / ".git/info/attributes");
  expect_synced(commit);
}

TEST_F(Interrupted, UpdateIsNotBegunWhereARequiredFilterFails) {
  scene.push({{"a.txt", "two a\n"}, {"b/new.txt", "new\n"}, {"m.txt", "two m\n"}});
  filter("exit 1");
  scene.in_checkout("config filter.slow.required true");
  EXPECT_EQ(scene.refusal(),
            "the filter \"slow\" fails for \"m.txt\", which would be gone after the update; mend "
            "what runs it: git -C CHECKOUT config filter.slow.smudge");
  EXPECT_EQ(scene.in_checkout("config filter.slow.smudge"),
            (scene.root() / "site/filter").native());
}

TEST_F(Interrupted, TrialOfAFilterLeavesNothingWhereThereIsNothingToDo) {
  const std::string commit = scene.in_checkout("rev-parse HEAD");
  scene.write(".git/fluke-index", "");
  scene.write(".git/fluke-index.lock", "");
  scene.write(".git/fluke-trial/m.txt", "deciphered\n");
  expect_synced(commit);
  for (const char* name : {"fluke-index", "fluke-trial"}) {
    EXPECT_FALSE(fs::exists(scene.checkout / ".git" / name)) << name;
  }
}

}  // namespace
