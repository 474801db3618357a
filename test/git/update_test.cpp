#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

std::vector<std::string> commands_of(Scene& scene) {
  std::vector<std::string> names;
  for (const process::Command& command : scene.runner().commands) {
    names.push_back(command.arguments.front());
  }
  return names;
}

std::size_t programs_in_trace(const fs::path& trace) {
  const std::string text = support::read_file(trace);
  std::size_t count = 0;
  for (std::size_t at = text.find("\"event\":\"start\""); at != std::string::npos;
       at = text.find("\"event\":\"start\"", at + 1)) {
    ++count;
  }
  return count;
}

TEST(Update, WithNothingNewIsUpToDate) {
  Scene scene;
  scene.clone();
  const std::string before = scene.snapshot();
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->action, git::Action::up_to_date);
  EXPECT_EQ(synced->before, scene.in_checkout("rev-parse HEAD"));
  EXPECT_EQ(synced->after, synced->before);
  EXPECT_EQ(synced->replaced_url, std::nullopt);
  EXPECT_EQ(scene.snapshot(), before);
  EXPECT_EQ(commands_of(scene), (std::vector<std::string>{"config", "fetch", "for-each-ref"}));
}

TEST(Update, WithNothingNewStartsNoMoreProgramsThanGitPull) {
  Scene scene;
  scene.clone();
  const process::Environment plain = scene.environment;
  scene.environment.set("GIT_TRACE2_EVENT", (scene.root() / "pull").native());
  scene.in_checkout("pull -q --ff-only");
  scene.environment = plain;
  scene.environment.set("GIT_TRACE2_EVENT", (scene.root() / "sync").native());
  ASSERT_TRUE(scene.sync().has_value());
  const std::size_t pull = programs_in_trace(scene.root() / "pull");
  const std::size_t sync = programs_in_trace(scene.root() / "sync");
  // Three of ours, and what serves the fetch.
  EXPECT_GE(sync, 4U);
  EXPECT_LE(sync, pull);
}

TEST(Update, FastForwards) {
  Scene scene;
  scene.clone();
  const std::string before = scene.in_checkout("rev-parse HEAD");
  const std::string after = scene.push({{"app.txt", "two\n"}, {"lib/new.txt", "new\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->action, git::Action::fast_forwarded);
  EXPECT_EQ(synced->before, before);
  EXPECT_EQ(synced->after, after);
  EXPECT_EQ(scene.read("app.txt"), "two\n");
  EXPECT_EQ(scene.in_checkout("status --porcelain --branch"), "## main...origin/main");
}

TEST(Update, FastForwardsWhateverTheUserSetForMerges) {
  Scene scene;
  scene.clone();
  scene.in_checkout("config branch.main.mergeOptions --squash");
  scene.in_checkout("config merge.ff false");
  const std::string after = scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), after);
}

TEST(Update, BringsNewTagsAlong) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  scene.git(scene.remote, "tag v2 main");
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.in_checkout("describe --tags"), "v2");
}

TEST(Update, RunsTheUsersHooks) {
  Scene scene;
  scene.clone();
  scene.write(".git/hooks/post-merge", "#!/bin/sh\ntouch hooked\n");
  chmod((scene.checkout / ".git/hooks/post-merge").c_str(), 0755);
  scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_TRUE(fs::exists(scene.checkout / "hooked"));
}

TEST(Update, LeavesLocalChangesThatItDoesNotTouch) {
  Scene scene;
  scene.clone();
  scene.write("readme.txt", "mine\n");
  scene.write("notes.txt", "mine too\n");
  scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.read("app.txt"), "two\n");
  EXPECT_EQ(scene.read("readme.txt"), "mine\n");
  EXPECT_EQ(scene.read("notes.txt"), "mine too\n");
}

TEST(Update, IgnoresATagOfTheSameName) {
  Scene scene;
  scene.clone();
  scene.in_checkout("tag main");
  const std::string after = scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), after);
}

TEST(Update, RefusesToOverwriteAChangedFile) {
  Scene scene;
  scene.clone();
  scene.write("app.txt", "mine\n");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.refusal(),
            "local changes are in the way of the update: \"app.txt\"; commit them, or put them "
            "aside with: git -C CHECKOUT stash");
}

TEST(Update, RefusesToOverwriteAStagedFile) {
  Scene scene;
  scene.clone();
  scene.write("app.txt", "mine\n");
  scene.in_checkout("add app.txt");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.refusal(),
            "local changes are in the way of the update: \"app.txt\"; commit them, or put them "
            "aside with: git -C CHECKOUT stash");
}

TEST(Update, RefusesToOverwriteAFileThatGitWasToldToOverlook) {
  for (const char* flag : {"--assume-unchanged", "--skip-worktree"}) {
    Scene scene;
    scene.clone();
    scene.in_checkout(std::string("update-index ") + flag + " app.txt");
    scene.write("app.txt", "mine\n");
    scene.push({{"app.txt", "two\n"}});
    EXPECT_EQ(scene.refusal(),
              "local changes are in the way of the update: \"app.txt\"; commit them, or put them "
              "aside with: git -C CHECKOUT stash")
        << flag;
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
            "local changes are in the way of the update: \"app.txt\"; commit them, or put them "
            "aside with: git -C CHECKOUT stash; untracked files are in the way of the update: "
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

TEST(Update, NamesNoFileInPartWhereGitCutsItsList) {
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
                                 " and others; move them away");
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
            "local changes are in the way of the update: \"app.txt\"; commit them, or put them "
            "aside with: git -C CHECKOUT stash");
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

TEST(Update, RefusesABranchThatAnotherWorkTreeHas) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c work");
  scene.in_checkout("worktree add -q " + (scene.root() / "other").native() + " main");
  EXPECT_EQ(scene.refusal(),
            "branch \"main\" is checked out in another work tree, \"ROOT/other\"; free it with: "
            "git -C CHECKOUT worktree remove ROOT/other");
}

TEST(Update, WorksInAWorkTreeWhoseGitDirectoryIsAFile) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c work");
  scene.in_checkout("worktree add -q " + (scene.root() / "other").native() + " main");
  scene.checkout = scene.root() / "other";
  const std::string after = scene.push({{"app.txt", "two\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->action, git::Action::fast_forwarded);
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), after);
}

TEST(Update, ChecksOutIntoARepositoryWithoutACommit) {
  Scene scene;
  const std::string after = scene.push({{"app.txt", "one\n"}});
  fs::create_directories(scene.checkout);
  scene.in_checkout("init -q -b main");
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->action, git::Action::cloned);
  EXPECT_EQ(synced->before, "");
  EXPECT_EQ(synced->after, after);
  EXPECT_EQ(synced->replaced_url, std::nullopt);
  EXPECT_EQ(scene.in_checkout("status --porcelain --branch"), "## main...origin/main");
  EXPECT_EQ(scene.in_checkout("remote get-url origin"), scene.url);
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

TEST(Update, PointsOriginAtTheUrlOfTheManifest) {
  Scene scene;
  scene.clone();
  scene.in_checkout("remote set-url origin https://user:secret@example.org/old.git");
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->action, git::Action::up_to_date);
  EXPECT_EQ(synced->replaced_url, "https://user:***@example.org/old.git");
  EXPECT_EQ(scene.in_checkout("remote get-url origin"), scene.url);
}

TEST(Update, ReplacesTheFirstOfSeveralUrls) {
  Scene scene;
  scene.clone();
  scene.in_checkout("remote set-url origin /old");
  scene.in_checkout("remote set-url --add origin /second");
  scene.in_checkout("remote set-url --push --add origin /push");
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->replaced_url, "/old");
  EXPECT_EQ(scene.in_checkout("config --get-all remote.origin.url"), scene.url + "\n/second");
  EXPECT_EQ(scene.in_checkout("remote get-url --push origin"), "/push");
}

TEST(Update, WorksInAShallowCloneOfOneBranch) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  scene.push({{"app.txt", "two\n"}});
  fs::create_directories(scene.checkout.parent_path());
  scene.git(scene.root(), "clone -q --depth 1 file://" + scene.url + ' ' + scene.checkout.native());
  scene.push({{"app.txt", "three\n"}});
  const std::string after = scene.push({{"app.txt", "four\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->action, git::Action::fast_forwarded);
  EXPECT_EQ(synced->after, after);
}

TEST(Update, WorksBelowNamesThatAreHardToQuote) {
  for (const char* name : {"a:b/app", "-dash", "new\nline", "'quo te\"", "*"}) {
    Scene scene;
    scene.checkout = scene.root() / name;
    scene.push({{"app.txt", "one\n"}}, "feature/-x");
    scene.branch = "feature/-x";
    ASSERT_TRUE(scene.sync().has_value()) << name;
    const std::string after = scene.push({{"app.txt", "two\n"}}, "feature/-x");
    const auto synced = scene.sync();
    ASSERT_TRUE(synced.has_value()) << name << synced.error().message << synced.error().output;
    EXPECT_EQ(synced->after, after) << name;
  }
}

TEST(Update, TellsOfATrackingRefThatIsInTheWayInGitsWords) {
  Scene scene;
  scene.clone();
  scene.in_checkout("update-ref refs/remotes/origin/a HEAD");
  scene.push({{"app.txt", "two\n"}}, "a/b");
  scene.branch = "a/b";
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(scene.shortened(synced.error().message),
            "git fetch in \"CHECKOUT\" exited with status 1");
  EXPECT_NE(synced.error().output.find("git remote prune origin"), std::string::npos);
}

TEST(Update, TakesAnotherSpellingOfTheUrlForTheSame) {
  Scene scene;
  scene.clone();
  scene.in_checkout("remote set-url origin file://" + scene.url + '/');
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->replaced_url, std::nullopt);
  EXPECT_EQ(scene.in_checkout("remote get-url origin"), "file://" + scene.url + '/');
}

TEST(Update, SaysThatTheBranchWasDeletedOrRenamedOnTheRemote) {
  Scene scene;
  scene.clone();
  scene.git(scene.remote, "branch -m main trunk");
  EXPECT_EQ(scene.failure(), "there is no branch \"main\" at \"REMOTE\"");
  scene.branch = "trunk";
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(scene.in_checkout("status --porcelain --branch"), "## trunk...origin/trunk");
}

TEST(Update, LeavesASparseCheckoutSparse) {
  Scene scene;
  scene.push({{"readme.txt", "read me\n"}, {"app/a.txt", "one\n"}, {"docs/b.txt", "one\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  scene.in_checkout("sparse-checkout set app");
  scene.push({{"app/a.txt", "two\n"}, {"docs/b.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.read("app/a.txt"), "two\n");
  EXPECT_FALSE(fs::exists(scene.checkout / "docs"));
  EXPECT_EQ(scene.in_checkout("status --porcelain"), "");
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

TEST(Update, KeepsTheStash) {
  Scene scene;
  scene.clone();
  scene.write("app.txt", "mine\n");
  scene.in_checkout("stash -q");
  const std::string stash = scene.in_checkout("rev-parse stash");
  scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.in_checkout("rev-parse stash"), stash);
}

TEST(Update, NeverTouchesTheRepositoryAroundADirectoryOfFiles) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  const fs::path outer = scene.checkout.parent_path();
  scene.git(scene.root(), "init -q -b outer " + outer.native());
  scene.write("mine.txt", "mine\n");
  scene.git(outer, "add .");
  scene.git(outer, "commit -q -m Outer");
  const std::string refs = scene.git(outer, "for-each-ref");
  EXPECT_EQ(scene.refusal(),
            "\"CHECKOUT\" is not empty and not a git checkout; move its files away, or name "
            "another directory");
  EXPECT_EQ(scene.git(outer, "for-each-ref"), refs);
  EXPECT_EQ(scene.git(outer, "status --porcelain"), "");
}

TEST(Update, SaysThatTheBranchIsNotOnTheRemote) {
  Scene scene;
  scene.clone();
  scene.branch = "stable";
  EXPECT_EQ(scene.failure(), "there is no branch \"stable\" at \"REMOTE\"");
}

TEST(Update, SaysThatTheRemoteCannotBeRead) {
  Scene scene;
  scene.clone();
  scene.url = "http://user:sec%40ret@localhost:1/x.git";
  EXPECT_EQ(scene.failure(),
            "cannot read from \"http://user:***@localhost:1/x.git\": git fetch exited with status "
            "128");
  for (const process::Command& command : scene.runner().commands) {
    for (const std::string& argument : command.arguments) {
      EXPECT_EQ(argument.find("sec%40ret"), std::string::npos) << argument;
    }
  }
}

TEST(Update, MasksThePasswordInWhatGitReports) {
  Scene scene;
  scene.clone();
  scene.url = "http://user:sec%40ret@localhost:1/x.git";
  scene.environment.set("GIT_TRACE", "1");
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_NE(synced.error().output, "");
  for (const std::string& line : scene.lines) {
    EXPECT_EQ(line.find("sec%40ret"), std::string::npos) << line;
  }
  EXPECT_EQ(synced.error().output.find("sec%40ret"), std::string::npos);
}

TEST(Update, MasksThePasswordInEveryFormThatAGitMayPrint) {
  Scene scene;
  scene.clone();
  scene.url = "https://user:p%40ss-w0rd@example.org/x.git";
  scene.program = scene.root() / "fake-git";
  std::ofstream(scene.program) << R"(#!/bin/sh
[ "$1" = config ] && exit 1
echo "fatal: unable to access 'https://user:p%40ss-w0rd@example.org/x.git/': no"
echo "user:p@ss-w0rd@example.org" >&2
echo "password p@ss-w0rd p%40ss-w0rd"
printf 'https://user:p%%40ss-w0rd@example.org/ without a line end'
exit 128
)";
  fs::permissions(scene.program, fs::perms::owner_all);
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  std::string all = synced.error().message + synced.error().output;
  for (const std::string& line : scene.lines) {
    all += line + '\n';
  }
  EXPECT_EQ(scene.lines.size(), 4U);
  EXPECT_NE(all.find("https://user:***@example.org"), std::string::npos) << all;
  for (const char* form : {"p@ss", "p%40ss", "w0rd"}) {
    EXPECT_EQ(all.find(form), std::string::npos) << all;
  }
}

TEST(Update, DoesNotRunACommandThatAnUrlNames) {
  Scene scene;
  scene.clone();
  scene.in_checkout("config protocol.ext.allow always");
  scene.environment.set("GIT_ALLOW_PROTOCOL", "file:ext:fd");
  scene.url = "ext::touch " + (scene.root() / "ran").native();
  EXPECT_EQ(scene.failure(),
            "cannot read from \"ext::touch ROOT/ran\": git fetch exited with status 128");
  EXPECT_FALSE(fs::exists(scene.root() / "ran"));
}

TEST(Update, SaysThatAnotherUserOwnsTheCheckout) {
  if (geteuid() != 0) {
    GTEST_SKIP() << "only root can give files away";
  }
  Scene scene;
  scene.clone();
  ASSERT_EQ(chown(scene.checkout.c_str(), 12345, 12345), 0);
  scene.environment.unset("SUDO_UID");
  EXPECT_EQ(scene.refusal(),
            "\"CHECKOUT\" belongs to another user (uid 12345, fluke runs as 0), and git does not "
            "work in it; run fluke as that user, or trust it with: git config --global --add "
            "safe.directory CHECKOUT");
}

TEST(Update, SaysThatGitCouldNotBeStarted) {
  Scene scene;
  scene.clone();
  scene.program = scene.root() / "no-git";
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().cause, git::Cause::not_started);
  EXPECT_EQ(scene.shortened(synced.error().message),
            "git config could not be started: ROOT/no-git: No such file or directory");
}

TEST(Update, EndsAtTheDeadline) {
  Scene scene;
  scene.clone();
  scene.deadline = std::chrono::milliseconds(300);
  scene.environment.set("GIT_SSH_COMMAND", "sleep 60;");
  scene.url = "ssh://localhost/x.git";
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().cause, git::Cause::timed_out);
  EXPECT_EQ(synced.error().message, "git fetch ran past its deadline of 300ms");
}

TEST(Update, StopsInTheMiddleOfAFetchWhenItIsAskedTo) {
  Scene scene;
  scene.clone();
  const fs::path started = scene.root() / "started";
  scene.environment.set("GIT_SSH_COMMAND", "touch " + started.native() + "; exec sleep 60;");
  scene.url = "ssh://localhost/x.git";
  const pid_t child = fork();
  if (child == 0) {
    const auto synced = scene.sync();
    const bool cancelled = !synced && synced.error().cause == git::Cause::cancelled &&
                           synced.error().message == "git fetch was stopped by SIGTERM";
    _exit(cancelled ? 0 : 1);
  }
  while (!fs::exists(started)) {
    usleep(1000);
  }
  kill(child, SIGTERM);
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  scene.url = scene.remote.native();
  EXPECT_TRUE(scene.sync().has_value());
}

TEST(Update, LetsSshAskNothingUnlessTheUserHasAnSshCommand) {
  const auto ssh_of = [](Scene& scene) {
    EXPECT_TRUE(scene.sync().has_value());
    std::string found = "unset";
    for (const std::string& entry : scene.runner().commands.at(1).environment) {
      if (entry.starts_with("GIT_SSH_COMMAND=")) {
        found = entry.substr(entry.find('=') + 1);
      }
    }
    return found;
  };
  Scene scene;
  scene.clone();
  EXPECT_EQ(ssh_of(scene), "ssh -o BatchMode=yes");
  scene.environment.set("GIT_SSH_COMMAND", "ssh -i key");
  EXPECT_EQ(ssh_of(scene), "ssh -i key");
  scene.environment.unset("GIT_SSH_COMMAND");
  scene.environment.set("GIT_SSH", "/usr/bin/ssh");
  EXPECT_EQ(ssh_of(scene), "unset");
  scene.environment.unset("GIT_SSH");
  scene.in_checkout("config core.sshCommand myssh");
  EXPECT_EQ(ssh_of(scene), "unset");
}

}  // namespace
