// What a run and a check tell of a checkout that fluke keeps.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "e2e/host.h"

namespace {

using Json = nlohmann::json;

/// A checkout of a remote whose tasks find all well.
struct Checkouts : testing::Test {
  Checkouts() {
    host.repository_with_tasks("app.git", "[tasks]\ncheck = 'true'\napply = 'true'\n");
    manifest("");
    EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  }

  /// `more` goes into the git block.
  void manifest(std::string_view more) const {
    host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n  git {\n    url = \"" +
                               (host.root() / "app.git").string() + "\"\n" + std::string(more) +
                               "  }\n}\n");
  }

  [[nodiscard]] Json git_in(const support::Ran& ran) const {
    return Json::parse(ran.out).at("resources").at(0).at("git");
  }

  e2e::Host host;
};

TEST_F(Checkouts, WhoseBranchIsASymbolicRefAreSatisfiedQuietly) {
  host.run({"git", "-C", "app", "branch", "-m", "main", "trunk"});
  host.run({"git", "-C", "app", "symbolic-ref", "refs/heads/main", "refs/heads/trunk"});
  for (const char* word : {"check", "run"}) {
    const support::Ran ran = host.fluke({word, "-q", "site.hcl"});
    EXPECT_EQ(ran.status, 0) << word;
    EXPECT_EQ(ran.out + ran.err, "") << word;
  }
  EXPECT_EQ(host.fluke({"run", "--detailed-exitcode", "site.hcl"}).status, 0);
}

TEST_F(Checkouts, ThatMoveAreToldEvenWhereTheResourceIsSatisfied) {
  host.commit("app.git", "new.txt", "new\n");
  EXPECT_EQ(host.fluke({"check", "site.hcl"}).status, 2);
  const support::Ran ran = host.fluke({"run", "-q", "--detailed-exitcode", "site.hcl"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  satisfied  git <commit>..<commit>  check <time>\n"
            "1 resource: 1 satisfied in <time>\n");
  EXPECT_EQ(host.fluke({"check", "site.hcl"}).status, 0);
  EXPECT_EQ(host.fluke({"run", "--detailed-exitcode", "site.hcl"}).status, 0);
  host.commit("app.git", "new.txt", "newer\n");
  EXPECT_EQ(git_in(host.fluke({"run", "--format", "json", "site.hcl"})).at("updated"), true);
  EXPECT_EQ(git_in(host.fluke({"run", "--format", "json", "site.hcl"})).at("updated"), false);
}

TEST_F(Checkouts, AreBroughtToATagAndACommitAndBack) {
  const std::string first = host.run({"git", "-C", "app.git", "rev-parse", "main"}).substr(0, 40);
  host.run({"git", "-C", "app.git", "tag", "v1", "main"});
  const std::string second = host.commit("app.git", "new.txt", "new\n");
  const auto follow = [&](const std::string& name, const std::string& value) {
    manifest("    " + name + " = \"" + value + "\"\n");
  };
  follow("commit", second);
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  follow("tag", "v1");
  support::Ran ran = host.fluke({"check", "site.hcl"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  drifted    HEAD is detached at <commit>, not tag \"v1\" at <commit>  check "
            "<time>\n1 resource: 1 drifted in <time>\n");
  ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  satisfied  git switched to v1 <commit>..<commit>  check <time>\n"
            "1 resource: 1 satisfied in <time>\n");
  EXPECT_FALSE(host.exists("app/new.txt"));
  EXPECT_NE(host.fluke({"doctor", "site.hcl"}).out.find("has the tag \"v1\""), std::string::npos);
  Json git = git_in(host.fluke({"run", "--format", "json", "site.hcl"}));
  EXPECT_EQ(git.at("requested"), Json::parse(R"({"kind": "tag", "name": "v1"})"));
  EXPECT_EQ(git.at("branch"), Json());
  EXPECT_EQ(git.at("before"), first);
  follow("commit", second);
  ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  satisfied  git switched to <commit> <commit>..<commit>  check <time>\n"
            "1 resource: 1 satisfied in <time>\n");
  git = git_in(host.fluke({"check", "--format", "json", "site.hcl"}));
  EXPECT_EQ(git.at("requested"), Json({{"kind", "commit"}, {"name", second}}));
  EXPECT_EQ(git.at("after"), second);
}

TEST_F(Checkouts, OfATagThatHasMovedFailUntilSomebodyAllowsIt) {
  host.run({"git", "-C", "app.git", "tag", "v1", "main"});
  manifest("    tag = \"v1\"\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  host.commit("app.git", "new.txt", "new\n");
  host.run({"git", "-C", "app.git", "tag", "-f", "v1", "main"});
  for (const char* word : {"check", "run"}) {
    const support::Ran ran = host.fluke({word, "site.hcl"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(host.normalised(ran.out),
              "deploy  failed     sync: tag \"v1\" has moved on the remote, from <commit> to "
              "<commit>; have it always followed with move = true in the manifest, or this once "
              "with: git -C <root>/app tag -d v1\n1 resource: 1 failed in <time>\n");
  }
  EXPECT_FALSE(host.exists("app/new.txt"));
  manifest("    tag = \"v1\"\n    move = true\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_TRUE(host.exists("app/new.txt"));
}

TEST_F(Checkouts, AtACommitThatIsThereNeedNoRemote) {
  const std::string commit = host.run({"git", "-C", "app", "rev-parse", "HEAD"}).substr(0, 40);
  manifest("    commit = \"" + commit + "\"\n");
  std::filesystem::rename(host.root() / "app.git", host.root() / "away.git");
  EXPECT_EQ(host.fluke({"check", "site.hcl"}).status, 2);
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_EQ(host.fluke({"check", "site.hcl"}).status, 0);
}

TEST_F(Checkouts, WithLocalChangesSayWhichByEachCommand) {
  host.write("app/.mise.toml", "[tasks]\ncheck = 'true'\napply = 'true'\n# mine\n");
  for (const char* word : {"check", "run"}) {
    const support::Ran ran = host.fluke({word, "site.hcl"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "deploy: git: local changes are kept: \".mise.toml\"\n");
    EXPECT_EQ(git_in(host.fluke({word, "--format", "json", "site.hcl"})).at("notes"),
              Json({"local changes are kept: \".mise.toml\""}));
    EXPECT_EQ(host.fluke({word, "-q", "site.hcl"}).err, "");
  }
}

TEST_F(Checkouts, WithLocalChangesFailWhereTheManifestSaysSo) {
  manifest("    require_clean = true\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  host.write("app/.mise.toml", "[tasks]\ncheck = 'true'\napply = 'true'\n# mine\n");
  for (const char* word : {"check", "run"}) {
    const support::Ran ran = host.fluke({word, "site.hcl"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(host.normalised(ran.out),
              "deploy  failed     sync: the manifest wants no local changes (require_clean), and "
              "there are some: \".mise.toml\"; commit them, or stash them with: git -C "
              "<root>/app stash\n1 resource: 1 failed in <time>\n");
  }
  host.run({"git", "-C", "app", "stash"});
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
}

TEST_F(Checkouts, ThatARunWouldRefuseFailACheckInTheSameWords) {
  host.commit("app.git", "new.txt", "new\n");
  host.write("app/new.txt", "mine\n");
  for (const char* word : {"check", "run"}) {
    const support::Ran ran = host.fluke({word, "site.hcl"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(host.normalised(ran.out),
              "deploy  failed     sync: untracked files are in the way of the update: \"new.txt\"; "
              "move them away\n1 resource: 1 failed in <time>\n");
  }
  std::filesystem::remove(host.root() / "app/new.txt");
  EXPECT_EQ(host.fluke({"check", "site.hcl"}).status, 2);
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
}

TEST_F(Checkouts, OnAFileSystemThatIsMountedReadOnlyAreNotBlamedOnTheUser) {
  host.commit("app.git", "new.txt", "new\n");
  support::Program program = host.fluke_program({"run", "site.hcl"});
  program.arguments.insert(
      program.arguments.begin(),
      {"/bin/sh", "-c",
       "exec unshare -rm sh -c 'mount --bind app app && mount -o remount,ro,bind app || exit 99; "
       "\"$@\"; mount -o remount,rw,bind app || exit 99; exec \"$@\"' sh \"$@\" || exit 99",
       "sh"});
  const support::Ran ran = support::run(program);
  if (ran.status == 99 || ran.err.find("unshare") != std::string::npos) {
    GTEST_SKIP() << "nothing may be mounted here: " << ran.err;
  }
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(
      host.normalised(ran.out),
      "deploy  failed     sync: \"<root>/app\" is on a file system that is mounted read-only; "
      "mount it writable, or name another directory\n1 resource: 1 failed in <time>\n"
      "deploy  satisfied  git <commit>..<commit>  check <time>\n"
      "1 resource: 1 satisfied in <time>\n")
      << ran.err;
}

}  // namespace
