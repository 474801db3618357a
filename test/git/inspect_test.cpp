#include <gtest/gtest.h>

#include <fstream>
#include <functional>

#include "scene.h"

namespace {

namespace fs = std::filesystem;
using State = git::Comparison::State;

/// Inspects, and expects that nothing changed: not even what a fetch may write, but for objects.
git::Comparison comparison_of(Scene& scene) {
  const std::string before = scene.snapshot();
  const std::string refs =
      fs::exists(scene.checkout / ".git") ? scene.in_checkout("for-each-ref") : "";
  const auto comparison = scene.inspect();
  EXPECT_TRUE(comparison.has_value()) << comparison.error().message << comparison.error().output;
  EXPECT_EQ(scene.snapshot(), before);
  if (fs::exists(scene.checkout / ".git")) {
    EXPECT_EQ(scene.in_checkout("for-each-ref"), refs);
  }
  return comparison.value_or(git::Comparison{});
}

TEST(Inspect, TellsThatNothingIsClonedYetWithoutAnyProcess) {
  Scene scene;
  EXPECT_EQ(comparison_of(scene).state, State::not_cloned);
  fs::create_directories(scene.checkout / ".fluke-clone/unfinished-Ab12Cd");
  EXPECT_EQ(comparison_of(scene).state, State::not_cloned);
  EXPECT_TRUE(scene.runner().commands.empty());
}

TEST(Inspect, TellsThatTheCheckoutIsUpToDate) {
  Scene scene;
  scene.clone();
  scene.write("app.txt", "mine\n");
  const git::Comparison comparison = comparison_of(scene);
  EXPECT_EQ(comparison.state, State::up_to_date);
  EXPECT_EQ(comparison.head, comparison.remote_head);
}

TEST(Inspect, CountsTheCommitsBehind) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  const std::string last = scene.push({{"app.txt", "three\n"}});
  scene.git(scene.remote, "tag v3 main");
  const git::Comparison comparison = comparison_of(scene);
  EXPECT_EQ(comparison.state, State::behind);
  EXPECT_EQ(comparison.commits_behind, 2U);
  EXPECT_EQ(comparison.detail, "");
  EXPECT_EQ(comparison.remote_head, last);
}

TEST(Inspect, TellsWhatIsCheckedOutInstead) {
  Scene scene;
  scene.clone();
  const std::string head = scene.in_checkout("rev-parse HEAD");
  scene.in_checkout("switch -q -c work");
  EXPECT_EQ(comparison_of(scene).detail, "branch \"work\" is checked out");
  scene.in_checkout("switch -q --detach");
  EXPECT_EQ(comparison_of(scene).detail, "HEAD is detached at " + head.substr(0, 7));
  EXPECT_EQ(comparison_of(scene).state, State::elsewhere);
}

TEST(Inspect, TellsThatThereIsNoCommitYet) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  fs::create_directories(scene.checkout);
  scene.in_checkout("init -q -b main");
  const git::Comparison comparison = comparison_of(scene);
  EXPECT_EQ(comparison.state, State::elsewhere);
  EXPECT_EQ(comparison.detail, "nothing is checked out yet");
}

struct Refused {
  std::string_view name;
  std::function<void(Scene&)> arrange;
};

const Refused refused[] = {
    {"commits ahead",
     [](Scene& scene) {
       scene.commit({{"app.txt", "mine\n"}});
     }},
    {"an operation in progress",
     [](Scene& scene) {
       scene.push({{"app.txt", "two\n"}});
       scene.write(".git/MERGE_HEAD", scene.in_checkout("rev-parse HEAD") + '\n');
     }},
    {"the branch in another work tree",
     [](Scene& scene) {
       scene.in_checkout("switch -q -c work");
       scene.in_checkout("worktree add -q " + (scene.root() / "other").native() + " main");
     }},
    {"commits that no branch holds",
     [](Scene& scene) {
       scene.in_checkout("switch -q --detach");
       scene.commit({{"app.txt", "mine\n"}});
     }},
    {"a changed file",
     [](Scene& scene) {
       scene.push({{"app.txt", "two\n"}});
       scene.write("app.txt", "mine\n");
     }},
    {"a changed file marked assume-unchanged",
     [](Scene& scene) {
       scene.push({{"app.txt", "two\n"}});
       scene.in_checkout("update-index --assume-unchanged app.txt readme.txt");
       scene.write("app.txt", "mine\n");
     }},
    {"a changed file marked skip-worktree",
     [](Scene& scene) {
       scene.push({{"app.txt", "two\n"}});
       scene.in_checkout("update-index --skip-worktree app.txt");
       scene.write("app.txt", "mine\n");
     }},
    {"a commit without a signature",
     [](Scene& scene) {
       scene.push({{"app.txt", "two\n"}});
       scene.in_checkout("config merge.verifySignatures yes");
     }},
    {"a staged file",
     [](Scene& scene) {
       scene.push({{"app.txt", "two\n"}});
       scene.write("app.txt", "mine\n");
       scene.in_checkout("add app.txt");
     }},
    {"a new file, staged",
     [](Scene& scene) {
       scene.push({{"new.txt", "two\n"}});
       scene.write("new.txt", "mine\n");
       scene.in_checkout("add new.txt");
     }},
    {"changed and untracked files",
     [](Scene& scene) {
       scene.push({{"app.txt", "two\n"}, {"new.txt", "two\n"}});
       scene.write("app.txt", "mine\n");
       scene.write("new.txt", "two\n");
     }},
    {"an ignored file",
     [](Scene& scene) {
       scene.write(".git/info/exclude", "*.log\n");
       scene.push({{"a.log", "theirs\n"}});
       scene.write("a.log", "mine\n");
     }},
    {"a directory of untracked files",
     [](Scene& scene) {
       scene.push({{"new", "theirs\n"}});
       scene.write("new/mine.txt", "mine\n");
     }},
    {"an untracked file in place of a directory",
     [](Scene& scene) {
       scene.push({{"new/theirs.txt", "theirs\n"}});
       scene.write("new", "mine\n");
     }},
    {"an untracked file in a directory that becomes a file",
     [](Scene& scene) {
       scene.push({{"dir/a.txt", "one\n"}});
       ASSERT_TRUE(scene.sync().has_value());
       scene.push({{"dir/a.txt", std::nullopt}});
       scene.push({{"dir", "theirs\n"}});
       scene.write("dir/mine.txt", "mine\n");
     }},
    {"a file in the way of a switch",
     [](Scene& scene) {
       scene.in_checkout("switch -q -c work");
       scene.push({{"app.txt", "two\n"}});
       scene.write("app.txt", "mine\n");
     }},
    {"a branch that cannot be beside the new one",
     [](Scene& scene) {
       scene.in_checkout("branch a");
       scene.push({}, "a/b");
       scene.branch = "a/b";
     }},
    {"a branch of the remote that cannot be beside the new one",
     [](Scene& scene) {
       scene.in_checkout("update-ref refs/remotes/origin/a HEAD");
       scene.push({}, "a/b");
       scene.branch = "a/b";
     }},
    {"a file in a repository without a commit",
     [](Scene& scene) {
       fs::remove_all(scene.checkout);
       fs::create_directories(scene.checkout);
       scene.in_checkout("init -q -b main");
       scene.write("app.txt", "mine\n");
     }},
};

TEST(Inspect, ForeseesWhatASyncRefusesInItsWords) {
  for (const Refused& row : refused) {
    SCOPED_TRACE(row.name);
    Scene scene;
    scene.clone();
    row.arrange(scene);
    const std::string before = scene.snapshot();
    const auto comparison = scene.inspect();
    EXPECT_EQ(scene.snapshot(), before);
    ASSERT_FALSE(comparison.has_value());
    EXPECT_EQ(comparison.error().cause, git::Cause::refused);
    const std::string foreseen = scene.shortened(comparison.error().message);
    EXPECT_EQ(scene.refusal(), foreseen);
  }
}

/// Commands name the remote's commit by itself where only a check has fetched it.
TEST(Inspect, ForeseesADivergedBranchWithCommandsThatWork) {
  for (const bool is_rewritten : {false, true}) {
    Scene scene;
    scene.clone();
    if (is_rewritten) {
      scene.push({{"app.txt", "gone\n"}});
      ASSERT_TRUE(scene.sync().has_value());
      scene.push_rewritten({{"app.txt", "two\n"}});
    } else {
      scene.commit({{"app.txt", "mine\n"}});
      scene.push({{"app.txt", "two\n"}});
    }
    const auto comparison = scene.inspect();
    ASSERT_FALSE(comparison.has_value());
    const std::string commit = scene.in_checkout("rev-parse FETCH_HEAD");
    std::string foreseen = comparison.error().message;
    scene.do_as_told(foreseen);
    EXPECT_EQ(scene.inspect()->state, State::up_to_date);
    EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), commit);
    EXPECT_TRUE(foreseen.starts_with(is_rewritten ? "the history of branch \"main\" was rewritten"
                                                  : "branch \"main\" has diverged: 1 commit"))
        << foreseen;
  }
}

const Refused not_refused[] = {
    {"a changed file that is not touched",
     [](Scene& scene) { scene.write("readme.txt", "mine\n"); }},
    {"a file marked assume-unchanged that is not changed",
     [](Scene& scene) { scene.in_checkout("update-index --assume-unchanged app.txt"); }},
    {"a file marked skip-worktree that is absent",
     [](Scene& scene) {
       scene.in_checkout("update-index --skip-worktree app.txt");
       fs::remove(scene.checkout / "app.txt");
     }},
    {"a removed file that comes back",
     [](Scene& scene) { fs::remove(scene.checkout / "app.txt"); }},
    {"a staged file that is as it will be",
     [](Scene& scene) {
       scene.write("app.txt", "two\n");
       scene.in_checkout("add app.txt");
     }},
    {"an empty directory where a file will be",
     [](Scene& scene) { fs::create_directory(scene.checkout / "new.txt"); }},
    {"a directory that becomes a file, and the other way round",
     [](Scene& scene) {
       scene.push({{"dir/a.txt", "one\n"}, {"file", "one\n"}});
       ASSERT_TRUE(scene.sync().has_value());
       scene.push({{"dir/a.txt", std::nullopt}, {"file", std::nullopt}});
       scene.push({{"dir", "two\n"}, {"file/b.txt", "two\n"}});
     }},
};

TEST(Inspect, FindsNothingInTheWayOfWhatASyncDoes) {
  for (const Refused& row : not_refused) {
    SCOPED_TRACE(row.name);
    Scene scene;
    scene.clone();
    scene.push({{"app.txt", "two\n"}, {"new.txt", "two\n"}});
    row.arrange(scene);
    EXPECT_EQ(comparison_of(scene).state, State::behind);
    const auto synced = scene.sync();
    EXPECT_TRUE(synced.has_value()) << synced.error().message;
  }
}

TEST(LocalChanges, AreToldByASyncAndACheckWithoutOneMoreProcess) {
  Scene scene;
  scene.clone();
  scene.write("app.txt", "mine\n");
  scene.write("staged.txt", "mine\n");
  scene.in_checkout("add staged.txt");
  scene.write("untracked.txt", "mine\n");
  const std::string expected = "local changes are kept: \"app.txt\", \"staged.txt\"";
  const std::vector<std::string> commands = {"config", "fetch", "status"};
  EXPECT_EQ(comparison_of(scene).edited, expected);
  EXPECT_EQ(scene.commands(), commands);
  auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->edited, expected);
  EXPECT_FALSE(synced->updated);
  EXPECT_EQ(scene.commands(), commands);
  scene.push({{"readme.txt", "two\n"}});
  synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->edited, expected);
  EXPECT_TRUE(synced->updated);
}

TEST(LocalChanges, AreRefusedWhereTheManifestWantsNone) {
  Scene scene;
  scene.clone();
  scene.require_clean = true;
  scene.write("untracked.txt", "mine\n");
  EXPECT_TRUE(scene.sync().has_value());
  for (const bool is_behind : {false, true}) {
    scene.write("readme.txt", "mine\n");
    if (is_behind) {
      scene.push({{"app.txt", "two\n"}});
    }
    const auto comparison = scene.inspect();
    ASSERT_FALSE(comparison.has_value());
    const std::string foreseen = scene.shortened(comparison.error().message);
    EXPECT_EQ(scene.remedied_refusal(), foreseen);
    EXPECT_EQ(foreseen,
              "the manifest wants no local changes (require_clean), and there are some: "
              "\"readme.txt\"; commit them, or stash them with: git -C CHECKOUT stash");
  }
}

TEST(Inspect, LeavesAnotherUrlInOriginAlone) {
  Scene scene;
  scene.clone();
  scene.in_checkout("remote set-url origin /nowhere");
  EXPECT_EQ(comparison_of(scene).state, State::up_to_date);
  EXPECT_EQ(scene.in_checkout("remote get-url origin"), "/nowhere");
}

TEST(Inspect, RefusesADirectoryOfOtherFiles) {
  Scene scene;
  scene.write("mine.txt", "mine\n");
  const auto comparison = scene.inspect();
  ASSERT_FALSE(comparison.has_value());
  EXPECT_EQ(comparison.error().cause, git::Cause::refused);
  EXPECT_EQ(
      scene.shortened(comparison.error().message),
      "\"CHECKOUT\" is not empty and not a git checkout; move its files away, or name another "
      "directory");
}

}  // namespace
