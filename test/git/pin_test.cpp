// A tag or a commit is followed: HEAD is detached there, and goes to another one, forward or back,
// where nothing is lost by it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

/// Two commits on main, and the first of them is tagged v1.
struct Pinned : Scene {
  Pinned() {
    one = push({{"readme.txt", "read me\n"}, {"app.txt", "one\n"}});
    git(remote, "tag v1 main");
    two = push({{"app.txt", "two\n"}, {"new.txt", "new\n"}});
  }

  git::Synced expect_synced() {
    auto synced = sync();
    EXPECT_TRUE(synced.has_value()) << synced.error().message << '\n' << synced.error().output;
    return synced.value_or(git::Synced());
  }

  std::string head() { return in_checkout("rev-parse HEAD"); }
  std::string status() { return in_checkout("status --porcelain --branch"); }

  std::string one;
  std::string two;
};

TEST(Pin, ClonesAtATag) {
  Pinned scene;
  scene.follow_tag("v1");
  const git::Synced synced = scene.expect_synced();
  EXPECT_EQ(synced.action, git::Action::cloned);
  EXPECT_EQ(synced.before, "");
  EXPECT_EQ(synced.after, scene.one);
  EXPECT_EQ(scene.status(), "## HEAD (no branch)");
  EXPECT_EQ(scene.read("app.txt"), "one\n");
  EXPECT_FALSE(fs::exists(scene.checkout / ".fluke-clone"));
  EXPECT_EQ(scene.in_checkout("config remote.origin.url"), scene.url);
  EXPECT_EQ(scene.expect_synced().action, git::Action::up_to_date);
}

TEST(Pin, ClonesAtACommitFromAPathRelativeToTheDirectory) {
  Pinned scene;
  scene.follow_commit(scene.one);
  scene.url = "../../remote.git";
  EXPECT_EQ(scene.expect_synced().after, scene.one);
  EXPECT_EQ(scene.expect_synced().action, git::Action::up_to_date);
}

TEST(Pin, TakesWhatATagLeadsTo) {
  Pinned scene;
  scene.git(scene.remote, "tag -m annotated annotated v1");
  scene.git(scene.remote, "tag -m nested nested annotated");
  for (const char* tag : {"annotated", "nested"}) {
    scene.follow_tag(tag);
    EXPECT_EQ(scene.expect_synced().after, scene.one) << tag;
    EXPECT_EQ(scene.in_checkout(std::string("rev-parse refs/tags/") + tag),
              scene.git(scene.remote, std::string("rev-parse refs/tags/") + tag));
  }
  scene.git(scene.remote, "tag file v1:app.txt");
  scene.follow_tag("file");
  EXPECT_EQ(scene.failure(), "tag \"file\" at \"REMOTE\" names no commit; name another tag");
}

TEST(Pin, DoesNotTakeABranchForATagOfTheSameName) {
  Pinned scene;
  scene.git(scene.remote, "tag main v1");
  scene.follow_tag("main");
  EXPECT_EQ(scene.expect_synced().after, scene.one);
  scene.revision = {};
  EXPECT_EQ(scene.expect_synced().after, scene.two);
  EXPECT_EQ(scene.status(), "## main...origin/main");
}

TEST(Pin, MovesForwardAndBack) {
  Pinned scene;
  scene.expect_synced();
  for (const std::string& commit : {scene.one, scene.two, scene.one}) {
    scene.follow_commit(commit);
    const git::Synced synced = scene.expect_synced();
    EXPECT_EQ(synced.action, git::Action::switched);
    EXPECT_EQ(synced.after, commit);
    EXPECT_EQ(scene.status(), "## HEAD (no branch)");
    EXPECT_EQ(fs::exists(scene.checkout / "new.txt"), commit == scene.two);
  }
  // What was left is kept no longer.
  EXPECT_EQ(scene.in_checkout("for-each-ref --format=%(refname) refs/fluke"),
            "refs/fluke/" + scene.one);
  scene.revision = {};
  EXPECT_EQ(scene.expect_synced().after, scene.two);
  EXPECT_EQ(scene.in_checkout("for-each-ref refs/fluke"), "");
}

TEST(Pin, DetachesHeadAtTheCommitThatABranchIsAt) {
  Pinned scene;
  scene.expect_synced();
  scene.follow_commit(scene.two);
  const git::Synced synced = scene.expect_synced();
  EXPECT_EQ(synced.action, git::Action::switched);
  EXPECT_EQ(synced.before, synced.after);
  EXPECT_EQ(scene.status(), "## HEAD (no branch)");
}

TEST(Pin, NeedsNoRemoteForACommitThatIsHere) {
  Pinned scene;
  scene.expect_synced();
  fs::rename(scene.remote, scene.root() / "away.git");
  for (const std::string& commit : {scene.one, scene.one, scene.two}) {
    scene.follow_commit(commit);
    EXPECT_EQ(scene.expect_synced().after, commit);
    const auto commands = scene.commands();
    EXPECT_EQ(std::ranges::count(commands, "fetch"), 0);
  }
}

TEST(Pin, ForgetsAFetchThatWasKilledWhereNoneIsNeeded) {
  Pinned scene;
  scene.expect_synced();
  scene.follow_commit(scene.two);
  scene.write(".git/fluke-fetch", "");
  scene.expect_synced();
  EXPECT_FALSE(fs::exists(scene.checkout / ".git/fluke-fetch"));
}

TEST(Pin, LooksForACommitAmongTheBranches) {
  Pinned scene;
  // As version 0 of the protocol has it, a server gives nothing but the tips.
  scene.environment.set("GIT_CONFIG_GLOBAL", (scene.root() / "config").native());
  scene.git(scene.root(),
            "config --file " + (scene.root() / "config").native() + " protocol.version 0");
  scene.push({{"side.txt", "1\n"}}, "side");
  const std::string inner = scene.in_author("rev-parse HEAD~1");
  scene.follow_commit(scene.one);
  EXPECT_EQ(scene.expect_synced().after, scene.one);
  EXPECT_EQ(inner, scene.two);
  scene.follow_commit("1234567890123456789012345678901234567890");
  EXPECT_EQ(
      scene.failure(),
      "there is no commit 1234567890123456789012345678901234567890 at \"REMOTE\": none of its "
      "branches holds it");
  const auto compared = scene.inspect();
  ASSERT_FALSE(compared.has_value());
  EXPECT_NE(compared.error().message.find("there is no commit"), std::string::npos);
}

TEST(Pin, FindsACommitThatNoBranchHoldsAnyMore) {
  Pinned scene;
  scene.push_rewritten({{"app.txt", "other\n"}});
  scene.follow_commit(scene.two);
  EXPECT_EQ(scene.expect_synced().after, scene.two);
  // It came from the remote: to leave it loses nothing.
  scene.follow_commit(scene.one);
  EXPECT_EQ(scene.expect_synced().after, scene.one);
}

TEST(Pin, IsOfACommitAndNothingElse) {
  Pinned scene;
  scene.git(scene.remote, "tag -m annotated annotated v1");
  const std::string tag = scene.git(scene.remote, "rev-parse annotated");
  scene.follow_commit(tag);
  EXPECT_EQ(scene.failure(),
            tag + " at \"REMOTE\" is a tag, not a commit; name the commit that is meant");
}

TEST(Pin, RefusesATagThatHasMoved) {
  Pinned scene;
  scene.follow_tag("v1");
  scene.expect_synced();
  scene.git(scene.remote, "tag -f v1 main");
  const std::string message = scene.refusal();
  EXPECT_EQ(message, "tag \"v1\" has moved on the remote, from " + scene.one.substr(0, 7) + " to " +
                         scene.two.substr(0, 7) +
                         "; have it always followed with move = true in the manifest, or this once "
                         "with: git -C CHECKOUT tag -d v1");
  const auto compared = scene.inspect();
  ASSERT_FALSE(compared.has_value());
  EXPECT_EQ(scene.shortened(compared.error().message), message);
  scene.do_as_told(scene.sync().error().message);
  EXPECT_EQ(scene.expect_synced().after, scene.two);
  scene.git(scene.remote, "tag -f v1 main~1");
  scene.move = true;
  EXPECT_EQ(scene.expect_synced().after, scene.one);
  scene.move = false;
  EXPECT_EQ(scene.expect_synced().action, git::Action::up_to_date);
}

TEST(Pin, TakesATagThatIsMadeAnewOfTheSameCommit) {
  Pinned scene;
  scene.follow_tag("v1");
  scene.expect_synced();
  scene.git(scene.remote, "tag -f -m annotated v1 v1");
  EXPECT_EQ(scene.expect_synced().action, git::Action::up_to_date);
  EXPECT_EQ(scene.in_checkout("rev-parse v1"), scene.git(scene.remote, "rev-parse v1"));
}

TEST(Pin, SaysThatATagIsNotOnTheRemote) {
  Pinned scene;
  scene.follow_tag("v1");
  scene.expect_synced();
  scene.git(scene.remote, "tag v1.1 v1");
  scene.git(scene.remote, "tag -d v1");
  EXPECT_EQ(scene.failure(),
            "there is no tag \"v1\" at \"REMOTE\"; there is \"v1.1\"; if \"v1.1\" is meant, write: "
            "tag = \"v1.1\"");
  scene.follow_tag("main");
  EXPECT_EQ(
      scene.failure(),
      "there is no tag \"main\" at \"REMOTE\", only a branch; to follow that, write: branch = "
      "\"main\"");
}

TEST(Pin, RefusesToLoseACommitOnADetachedHead) {
  Pinned scene;
  scene.follow_tag("v1");
  scene.expect_synced();
  const std::string mine = scene.commit({{"mine.txt", "mine\n"}});
  scene.follow_commit(scene.two);
  EXPECT_EQ(scene.refusal(), "HEAD is detached at " + mine.substr(0, 7) +
                                 ", with 1 commit that no branch holds; keep them with: git -C "
                                 "CHECKOUT branch NAME");
}

TEST(Pin, LeavesABranchWithItsCommits) {
  Pinned scene;
  scene.expect_synced();
  const std::string mine = scene.commit({{"mine.txt", "mine\n"}});
  scene.follow_tag("v1");
  EXPECT_EQ(scene.expect_synced().after, scene.one);
  EXPECT_EQ(scene.in_checkout("rev-parse main"), mine);
}

TEST(Pin, RefusesToOverwriteAChangeOrAnUnknownFile) {
  Pinned scene;
  scene.follow_tag("v1");
  scene.expect_synced();
  scene.follow_commit(scene.two);
  scene.write("new.txt", "mine\n");
  EXPECT_EQ(scene.refusal(),
            "untracked files are in the way of the update: \"new.txt\"; move them away");
  fs::remove(scene.checkout / "new.txt");
  scene.write("app.txt", "mine\n");
  const std::string message = scene.refusal();
  EXPECT_EQ(message,
            "local changes are in the way of the update: \"app.txt\"; commit them, or stash them "
            "with: git -C CHECKOUT stash");
  const auto compared = scene.inspect();
  ASSERT_FALSE(compared.has_value());
  EXPECT_EQ(scene.shortened(compared.error().message), message);
}

TEST(Pin, ComparesWithoutAMove) {
  Pinned scene;
  scene.expect_synced();
  const std::string before = scene.snapshot() + scene.in_checkout("for-each-ref");
  const auto compared = [&] {
    const auto comparison = scene.inspect();
    EXPECT_TRUE(comparison.has_value()) << comparison.error().message;
    return comparison->detail;
  };
  const std::string one = scene.one.substr(0, 7);
  scene.follow_tag("v1");
  EXPECT_EQ(compared(), "branch \"main\" is checked out, not tag \"v1\" at " + one);
  scene.follow_commit(scene.one);
  EXPECT_EQ(compared(), "branch \"main\" is checked out, not commit " + one);
  EXPECT_EQ(scene.snapshot() + scene.in_checkout("for-each-ref"), before);
  scene.expect_synced();
  EXPECT_EQ(compared(), "");
  scene.follow_commit(scene.two);
  EXPECT_EQ(compared(), "HEAD is detached at " + one + ", not commit " + scene.two.substr(0, 7));
}

TEST(Pin, WorksInAShallowCheckout) {
  Pinned scene;
  fs::create_directories(scene.checkout.parent_path());
  scene.git(scene.root(),
            "clone -q --depth 1 file://" + scene.remote.native() + ' ' + scene.checkout.native());
  scene.follow_tag("v1");
  EXPECT_EQ(scene.expect_synced().after, scene.one);
  scene.follow_commit(scene.two);
  EXPECT_EQ(scene.expect_synced().after, scene.two);
}

TEST(Pin, WorksWithLongerObjectNames) {
  Pinned scene;
  fs::remove_all(scene.remote);
  scene.git(scene.root(), "init -q --bare --object-format=sha256 " + scene.remote.native());
  scene.git(scene.root(), "init -q --object-format=sha256 -b main long");
  const fs::path author = scene.root() / "long";
  scene.git(author, "commit -q --allow-empty -m Change");
  scene.git(author, "tag -m annotated v1");
  scene.git(author, "push -q " + scene.remote.native() + " main v1");
  const std::string commit = scene.git(author, "rev-parse HEAD");
  ASSERT_EQ(commit.size(), 64U);
  scene.follow_tag("v1");
  EXPECT_EQ(scene.expect_synced().after, commit);
  fs::remove_all(scene.checkout);
  scene.follow_commit(commit);
  EXPECT_EQ(scene.expect_synced().after, commit);
}

TEST(Pin, TellsHowToMendAHeadThatIsEmpty) {
  Pinned scene;
  scene.follow_tag("v1");
  scene.expect_synced();
  fs::resize_file(scene.checkout / ".git/HEAD", 0);
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(
      scene.shortened(synced.error().message),
      "\"CHECKOUT/.git/HEAD\" is empty, as after a power failure; set it to what its log says "
      "with: tail -n 1 CHECKOUT/.git/logs/HEAD | cut -d ' ' -f 2 > CHECKOUT/.git/HEAD");
  scene.do_as_told(synced.error().message);
  EXPECT_EQ(scene.expect_synced().action, git::Action::up_to_date);
}

}  // namespace
