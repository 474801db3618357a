// What stands in the way of an update and is somebody's: named, and left as it is.
#include <gtest/gtest.h>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

TEST(Update, RefusesToOverwriteAChangedFile) {
  Scene scene;
  scene.clone();
  scene.write("app.txt", "mine\n");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.refusal(),
            "local changes are in the way of the update: \"app.txt\"; commit them, or stash them "
            "with: git -C CHECKOUT stash");
}

TEST(Update, RefusesToOverwriteAStagedFile) {
  Scene scene;
  scene.clone();
  scene.write("app.txt", "mine\n");
  scene.in_checkout("add app.txt");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.refusal(),
            "local changes are in the way of the update: \"app.txt\"; commit them, or stash them "
            "with: git -C CHECKOUT stash");
}

TEST(Update, RefusesToOverwriteAFileThatGitWasToldToOverlook) {
  for (const char* flag : {"--assume-unchanged", "--skip-worktree"}) {
    Scene scene;
    scene.clone();
    scene.in_checkout(std::string("update-index ") + flag + " app.txt");
    scene.write("app.txt", "mine\n");
    scene.push({{"app.txt", "two\n"}});
    EXPECT_EQ(
        scene.refusal(),
        "local changes are in the way of the update: \"app.txt\"; commit them, or stash them "
        "with: git -C CHECKOUT stash; git was told to overlook them: before that, run: git -C "
        "CHECKOUT update-index --no-" +
            std::string(flag).substr(2) + " -- app.txt")
        << flag;

    scene.in_checkout("update-index --no-" + std::string(flag).substr(2) + " -- app.txt");
    scene.in_checkout("stash");
    EXPECT_TRUE(scene.sync().has_value());
    EXPECT_EQ(scene.read("app.txt"), "two\n");
  }
}

TEST(Update, RefusesToOverwriteAnUntrackedFile) {
  Scene scene;
  scene.clone();
  scene.write("new.txt", "mine\n");
  scene.push({{"new.txt", "theirs\n"}});
  EXPECT_EQ(scene.refusal(),
            "untracked files are in the way of the update: \"new.txt\"; move them away");
}

TEST(Update, RefusesToOverwriteAnIgnoredFile) {
  Scene scene;
  scene.clone();
  scene.write(".git/info/exclude", "*.log\n");
  scene.write("a.log", "mine\n");
  scene.push({{"a.log", "theirs\n"}});
  EXPECT_EQ(scene.refusal(),
            "untracked files are in the way of the update: \"a.log\"; move them away");
}

TEST(Update, RefusesToReplaceADirectoryOfUntrackedFiles) {
  Scene scene;
  scene.clone();
  scene.write("new/mine.txt", "mine\n");
  scene.push({{"new", "theirs\n"}});
  EXPECT_EQ(scene.refusal(),
            "untracked files are in the way of the update: \"new\"; move them away");
}

TEST(Update, NamesChangedAndUntrackedFilesInOneRefusal) {
  Scene scene;
  scene.clone();
  scene.write("app.txt", "mine\n");
  scene.write("new.txt", "mine\n");
  scene.push({{"app.txt", "two\n"}, {"new.txt", "theirs\n"}});
  EXPECT_EQ(scene.refusal(),
            "local changes are in the way of the update: \"app.txt\"; commit them, or stash them "
            "with: git -C CHECKOUT stash; untracked files are in the way of the update: "
            "\"new.txt\"; move them away");
}

TEST(Update, NamesTenFilesAndCountsTheOthers) {
  Scene scene;
  scene.clone();
  Scene::Changes changes;
  for (char name = 'a'; name <= 'm'; ++name) {
    changes[std::string(1, name)] = "theirs\n";
    scene.write(std::string(1, name), "mine\n");
  }
  scene.push(changes);
  EXPECT_EQ(scene.refusal(),
            "untracked files are in the way of the update: \"a\", \"b\", \"c\", \"d\", \"e\", "
            "\"f\", \"g\", \"h\", \"i\", \"j\" and 3 more; move them away");
}

TEST(Update, CountsFilesThatGitCutsFromItsOwnList) {
  Scene scene;
  scene.clone();
  const std::string directory(200, 'd');
  Scene::Changes changes;
  std::string expected;
  for (int i = 100; i < 140; ++i) {
    const std::string name = directory + '/' + std::to_string(i);
    changes[name] = "theirs\n";
    scene.write(name, "mine\n");
    expected += i < 110 ? (i > 100 ? ", \"" : "\"") + name + '"' : "";
  }
  scene.push(changes);
  EXPECT_EQ(scene.refusal(), "untracked files are in the way of the update: " + expected +
                                 " and 30 more; move them away");
}

TEST(Update, NamesFilesWhoseNamesHoldLineBreaksAndQuotes) {
  for (const bool has_advice : {true, false}) {
    Scene scene;
    scene.push({{"line\nbreak", "one\n"}, {"app.txt", "one\n"}});
    ASSERT_TRUE(scene.sync().has_value());
    if (!has_advice) {
      scene.in_checkout("config advice.commitBeforeMerge false");
    }
    scene.write("line\nbreak", "mine\n");
    scene.write("\x1b[31m", "mine\n");
    scene.write("q\"uo\nt'e", "mine\n");
    scene.push({{"line\nbreak", "two\n"}, {"\x1b[31m", "two\n"}, {"q\"uo\nt'e", "two\n"}});
    EXPECT_EQ(scene.refusal(),
              "local changes are in the way of the update: \"line\\nbreak\"; commit them, or stash "
              "them with: git -C CHECKOUT stash; untracked files are in the way of the "
              "update: \"\\x1b[31m\", \"q\\\"uo\\nt'e\"; move them away");
  }
}

TEST(Update, NamesACommandThatWorksBelowNamesThatAreHardToQuote) {
  Scene scene;
  scene.checkout = scene.root() / "line\nbreak's";
  scene.clone();
  scene.write("app.txt", "mine\n");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.refusal(),
            "local changes are in the way of the update: \"app.txt\"; commit them, or stash them "
            "with: git -C $'ROOT/line\\nbreak\\'s' stash");
}

TEST(Update, RefusesWhatItCannotReadInAnotherLanguage) {
  Scene scene;
  scene.clone();
  scene.environment.set("LANGUAGE", "de");
  scene.environment.set("LC_ALL", "C.UTF-8");
  scene.write("new.txt", "mine\n");
  scene.push({{"new.txt", "theirs\n"}});
  EXPECT_EQ(scene.refusal(),
            "untracked files are in the way of the update: \"new.txt\"; move them away");
}

TEST(Update, RefusesToCheckOutOverFilesInARepositoryWithoutACommit) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  fs::create_directories(scene.checkout);
  scene.in_checkout("init -q -b main");
  scene.write("app.txt", "mine\n");
  EXPECT_EQ(scene.refusal(),
            "untracked files are in the way of the update: \"app.txt\"; move them away");
}

TEST(Update, RefusesLocalCommits) {
  Scene scene;
  scene.clone();
  scene.commit({{"app.txt", "mine\n"}});
  EXPECT_EQ(scene.refusal(),
            "branch \"main\" has 1 commit that the remote lacks; push with: git -C CHECKOUT push "
            "origin main, or drop with: git -C CHECKOUT reset --keep origin/main");
}

TEST(Update, RefusesADivergedBranch) {
  Scene scene;
  scene.clone();
  scene.commit({{"app.txt", "mine\n"}});
  scene.commit({{"app.txt", "mine again\n"}});
  scene.push({{"readme.txt", "theirs\n"}});
  EXPECT_EQ(scene.refusal(),
            "branch \"main\" has diverged: 2 commits only here, 1 only on the remote; put yours on "
            "top with: git -C CHECKOUT rebase origin/main, or drop with: git -C CHECKOUT reset "
            "--keep origin/main");
}

TEST(Update, RefusesARewrittenHistoryAgainAndAgain) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  scene.push_rewritten({{"app.txt", "other\n"}});
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(scene.refusal(),
              "the history of branch \"main\" was rewritten on the remote (1 gone, 1 new); follow "
              "it with: git -C CHECKOUT reset --keep origin/main");
  }
}

struct InProgress {
  const char* name;
  const char* file;
  const char* expected;
};

TEST(Update, RefusesToCutIntoAnOperationInProgress) {
  const InProgress rows[] = {
      {"rebase", "rebase-merge/head-name", "a rebase|rebase --abort"},
      {"old rebase", "rebase-apply/head-name", "a rebase|rebase --abort"},
      {"am", "rebase-apply/applying", "a git am|am --abort"},
      {"merge", "MERGE_HEAD", "a merge|merge --abort"},
      {"cherry-pick", "CHERRY_PICK_HEAD", "a cherry-pick|cherry-pick --abort"},
      {"revert", "REVERT_HEAD", "a revert|revert --abort"},
      {"bisect", "BISECT_LOG", "a bisect|bisect reset"},
  };
  for (const InProgress& row : rows) {
    Scene scene;
    scene.clone();
    const std::string head = scene.in_checkout("rev-parse HEAD");
    scene.write(std::string(".git/") + row.file, head + '\n');
    scene.push({{"app.txt", "two\n"}});
    const std::string expected = row.expected;
    const std::size_t bar = expected.find('|');
    EXPECT_EQ(scene.refusal(), expected.substr(0, bar) +
                                   " is in progress in \"CHECKOUT\"; finish it, or end it with: "
                                   "git -C CHECKOUT " +
                                   expected.substr(bar + 1))
        << row.name;
  }
}

struct RealOperation {
  const char* command;
  const char* expected;
};

TEST(Update, RefusesToCutIntoARealOperation) {
  const RealOperation rows[] = {
      {"merge other", "a merge"},           {"rebase other", "a rebase"},
      {"rebase --apply other", "a rebase"}, {"cherry-pick other", "a cherry-pick"},
      {"revert HEAD~1", "a revert"},        {"bisect start HEAD HEAD~2", "a bisect"},
  };
  for (const RealOperation& row : rows) {
    Scene scene;
    scene.clone();
    scene.in_checkout("branch other");
    scene.commit({{"app.txt", "mine\n"}});
    scene.commit({{"app.txt", "mine again\n"}});
    scene.in_checkout("switch -q other");
    scene.commit({{"app.txt", "other\n"}});
    scene.in_checkout("switch -q main");
    scene.try_git(row.command);
    scene.push({{"readme.txt", "two\n"}});
    EXPECT_TRUE(scene.refusal().starts_with(std::string(row.expected) +
                                            " is in progress in \"CHECKOUT\"; finish it"))
        << row.command;
  }
}

TEST(Update, RefusesABranchThatAnotherWorkTreeHas) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c work");
  scene.in_checkout("worktree add -q " + (scene.root() / "other").native() + " main");
  EXPECT_EQ(scene.remedied_refusal(),
            "branch \"main\" is checked out in another work tree, \"ROOT/other\"; free it with: "
            "git -C ROOT/other switch --detach");
}

TEST(Update, RefusesABranchThatTheMainWorkTreeHas) {
  Scene scene;
  scene.clone();
  scene.in_checkout("worktree add -q " + (scene.root() / "other").native() + " -b work");
  scene.checkout = scene.root() / "other";
  EXPECT_EQ(scene.remedied_refusal(),
            "branch \"main\" is checked out in another work tree, \"ROOT/site/app\"; free it with: "
            "git -C ROOT/site/app switch --detach");
}

TEST(Update, RefusesABranchThatAWorkTreeHasWhichIsGone) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c work");
  scene.in_checkout("worktree add -q " + (scene.root() / "other").native() + " main");
  fs::remove_all(scene.root() / "other");
  EXPECT_EQ(scene.remedied_refusal(),
            "branch \"main\" is checked out in another work tree, \"ROOT/other\", which is gone; "
            "free it with: git -C CHECKOUT worktree prune");
}

/// A checkout whose attributes have git convert line ends that the repository has unconverted, and
/// a remote that changes one such file and removes another.
void renormalise(Scene& scene) {
  scene.push({{"dos.txt", "one\r\n"}, {"gone.txt", "one\r\n"}});
  // git looks into a file only if its stamp makes it doubt.
  ASSERT_TRUE(scene.sync().has_value());
  scene.write(".git/info/attributes", "*.txt text\n");
  fs::last_write_time(scene.checkout / "dos.txt", fs::file_time_type::clock::now());
  fs::last_write_time(scene.checkout / "gone.txt", fs::file_time_type::clock::now());
  scene.push({{"dos.txt", "two\r\n"}, {"gone.txt", std::nullopt}});
}

TEST(Update, SaysThatAttributesAreInTheWayAndNotLocalChanges) {
  Scene scene;
  renormalise(scene);
  EXPECT_EQ(scene.remedied_refusal(),
            "files are in the way of the update that are as committed, but not as the attributes "
            "want them (.gitattributes): \"dos.txt\", \"gone.txt\"; take the remote's with: git -C "
            "CHECKOUT restore --source=origin/main --staged --worktree -- dos.txt gone.txt");
  EXPECT_EQ(scene.read("dos.txt"), "two\r\n");
  EXPECT_FALSE(fs::exists(scene.checkout / "gone.txt"));
}

TEST(LocalChanges, AreNoneWhereTheFilesAreAsCommittedAndOnlyAttributesWantThemOtherwise) {
  Scene scene;
  renormalise(scene);
  scene.require_clean = true;
  scene.in_author("revert --no-edit HEAD");
  scene.in_author("push -q origin HEAD");
  const auto synced = scene.sync();
  EXPECT_TRUE(synced.has_value()) << synced.error().message;
  scene.write("dos.txt", "mine\r\n");
  EXPECT_FALSE(scene.sync().has_value());
}

TEST(Update, TakesAChangeForAChangeWhereAttributesAreInTheWayToo) {
  Scene scene;
  renormalise(scene);
  scene.write("dos.txt", "mine\r\n");
  EXPECT_EQ(
      scene.refusal(),
      "local changes are in the way of the update: \"dos.txt\", \"gone.txt\"; commit them, or "
      "stash them with: git -C CHECKOUT stash");
}

}  // namespace
