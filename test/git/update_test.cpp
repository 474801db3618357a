// Updates that nothing stands in the way of, whatever the checkout is like.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

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
  EXPECT_EQ(scene.commands(), (std::vector<std::string>{"config", "fetch", "status"}));
}

TEST(Update, TellsWhichCommitIsCheckedOutWhileGitFetches) {
  Scene scene;
  scene.clone();
  const std::string before = scene.in_checkout("rev-parse HEAD");
  scene.push({{"app.txt", "two\n"}});
  std::vector<std::string> heads;
  git::Client client(scene.runner(), scene.program, scene.environment);
  const auto synced =
      client.sync(scene.checkout, scene.source(), std::nullopt, {}, [&](const std::string& head) {
        heads.push_back(head);
        EXPECT_TRUE(fs::exists(scene.checkout / ".git/fluke-fetch"));
      });
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->action, git::Action::fast_forwarded);
  EXPECT_EQ(heads, std::vector<std::string>{before});
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

TEST(Update, NeedsNoTags) {
  Scene scene;
  scene.clone();
  scene.in_checkout("tag moved");
  scene.in_checkout("config remote.origin.tagOpt --tags");
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  scene.git(scene.remote, "tag moved main");
  scene.git(scene.remote, "tag v2 main");
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->after, commit);
  EXPECT_EQ(scene.in_checkout("tag"), "moved");
}

TEST(Update, FetchesTheBranchWhateverTheRefspecsOfOriginMap) {
  Scene scene;
  scene.clone();
  scene.in_checkout("branch mine");
  scene.in_checkout("tag mine");
  scene.in_checkout("config remote.origin.fetch +refs/*:refs/*");
  scene.in_checkout("config fetch.prune true");
  scene.in_checkout("config fetch.pruneTags true");
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), commit);
  EXPECT_EQ(scene.in_checkout("for-each-ref --format=%(refname) refs/heads refs/tags"),
            "refs/heads/main\nrefs/heads/mine\nrefs/tags/mine");
}

TEST(Update, GivesOriginAUrlWhereItHasOneToPushToOnly) {
  Scene scene;
  scene.clone();
  scene.in_checkout("remote remove origin");
  scene.in_checkout("config remote.origin.pushurl /elsewhere");
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->after, commit);
  EXPECT_EQ(scene.in_checkout("config remote.origin.url"), scene.url);
  EXPECT_EQ(scene.in_checkout("config remote.origin.pushurl"), "/elsewhere");
  scene.in_checkout("fetch -q");
}

/// A hook that fails, and says what git says of files that are in the way.
void write_failing_hook(const Scene& scene, const std::string& name) {
  scene.write(name, "#!/bin/sh\necho 'error: some files:' >&2\necho '\tapp.txt' >&2\nexit 3\n");
  chmod((scene.checkout / name).c_str(), 0755);
}

TEST(Update, TellsOfAHookThatFailsWhenTheCheckoutHasMoved) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c work");
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  write_failing_hook(scene, ".git/hooks/post-checkout");
  const auto switched = scene.sync();
  ASSERT_TRUE(switched.has_value()) << switched.error().message << switched.error().output;
  EXPECT_EQ(switched->after, commit);
  EXPECT_EQ(switched->notes,
            std::vector<std::string>({"the checkout has moved, but git switch exited with status "
                                      "1, as it does where a post-checkout hook fails"}));
  EXPECT_EQ(scene.in_checkout("status --porcelain --branch"), "## main...origin/main");
}

TEST(Update, IsNotStoppedByAHookThatFailsAfterAMerge) {
  Scene scene;
  scene.clone();
  write_failing_hook(scene, ".git/hooks/post-merge");
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->after, commit);
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

TEST(Update, BringsFilesWhoseNamesAreHardToQuote) {
  Scene scene;
  scene.clone();
  Scene::Changes changes;
  for (const char* name :
       {"line\nbreak/line\nbreak", "\"quo'ted\"", "\x1b[31m", "-dash", "tab\t"}) {
    changes[name] = "new\n";
  }
  const std::string after = scene.push(changes);
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->after, after);
  for (const auto& [name, text] : changes) {
    EXPECT_EQ(scene.read(name), "new\n") << name;
  }
}

TEST(Update, IgnoresRefsOfTheRemoteWhoseNamesHoldControlCharacters) {
  Scene scene;
  scene.clone();
  // No git makes such a ref: it is written as a hostile server would send it.
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  std::ofstream(scene.remote / "packed-refs", std::ios::app)
      << commit << " refs/heads/evil\x1b[31m\n"
      << commit << " refs/tags/main\x01\n";
  EXPECT_EQ(scene.inspect()->commits_behind, 1U);
  auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->after, commit);
  fs::remove_all(scene.checkout);
  synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(scene.in_checkout("for-each-ref").find("evil"), std::string::npos);
  scene.branch = "evil";
  EXPECT_EQ(scene.failure(),
            "there is no branch \"evil\" at \"REMOTE\"; there is \"main\"; if \"main\" is meant, "
            "write: branch = \"main\"");
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

TEST(Update, TakesAnotherSpellingOfTheUrlForTheSame) {
  Scene scene;
  scene.clone();
  scene.in_checkout("remote set-url origin file://" + scene.url + '/');
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->replaced_url, std::nullopt);
  EXPECT_EQ(scene.in_checkout("remote get-url origin"), "file://" + scene.url + '/');
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
