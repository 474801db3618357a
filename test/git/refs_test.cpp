// Where a checkout and its branches stand: asked of git, whatever way it keeps refs, in as few
// processes as can be.
#include "git/refs.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

using Names = std::vector<std::string>;

const Names one_question = {"config", "fetch", "status"};

/// A sync that finds nothing new, and the commands that it took.
Names commands_of_idle_sync(Scene& scene) {
  const std::string before = scene.snapshot();
  const auto synced = scene.sync();
  EXPECT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->action, git::Action::up_to_date);
  EXPECT_EQ(synced->after, scene.in_checkout("rev-parse HEAD"));
  EXPECT_EQ(scene.snapshot(), before);
  return scene.commands();
}

struct WayToKeepRefs {
  std::string_view name;
  std::function<void(Scene&)> arrange;
};

const WayToKeepRefs ways_to_keep_refs[] = {
    {"loose", [](Scene&) {}},
    {"packed", [](Scene& scene) { scene.in_checkout("pack-refs --all"); }},
    {"packed, and newer ones loose",
     [](Scene& scene) {
       scene.in_checkout("pack-refs --all");
       scene.push({{"app.txt", "two\n"}});
       ASSERT_TRUE(scene.sync().has_value());
     }},
    {"in the repository of a work tree",
     [](Scene& scene) {
       scene.in_checkout("switch -q -c work");
       scene.in_checkout("worktree add -q " + (scene.root() / "other").native() + " main");
       scene.checkout = scene.root() / "other";
     }},
    {"the remote's a symbolic ref",
     [](Scene& scene) {
       scene.in_checkout("update-ref refs/remotes/origin/real HEAD");
       scene.in_checkout("symbolic-ref refs/remotes/origin/main refs/remotes/origin/real");
     }},
    {"a branch with a slash",
     [](Scene& scene) {
       scene.push({{"app.txt", "one\n"}}, "team/main");
       scene.branch = "team/main";
       ASSERT_TRUE(scene.sync().has_value());
     }},
    {"a branch that follows another one",
     [](Scene& scene) { scene.in_checkout("config branch.main.remote elsewhere"); }},
    {"a branch that follows none",
     [](Scene& scene) { scene.in_checkout("branch --unset-upstream"); }},
    {"a local branch of the name that the remote's is known by",
     [](Scene& scene) { scene.in_checkout("branch origin/main"); }},
};

TEST(Refs, AreAskedForInOneProcessWhereNothingIsNew) {
  for (const WayToKeepRefs& way : ways_to_keep_refs) {
    SCOPED_TRACE(way.name);
    Scene scene;
    scene.clone();
    way.arrange(scene);
    EXPECT_EQ(commands_of_idle_sync(scene), one_question);
  }
}

/// A checkout whose git keeps refs as `format` says; false where this git cannot.
bool keep_refs_as(Scene& scene, const std::string& format) {
  fs::create_directories(scene.checkout);
  scene.try_git("init -q -b main --ref-format=" + format);
  return fs::exists(scene.checkout / ".git");
}

TEST(Refs, AreFoundInTables) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  if (!keep_refs_as(scene, "reftable")) {
    GTEST_SKIP() << "this git has no reftable";
  }
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(commands_of_idle_sync(scene), one_question);
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), commit);
  EXPECT_EQ(scene.read("app.txt"), "two\n");
}

TEST(Refs, ThatTheConfigurationPutsElsewhereAreFoundThere) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  if (!keep_refs_as(scene, "reftable")) {
    GTEST_SKIP() << "this git keeps refs in one place only";
  }
  fs::remove_all(scene.checkout);
  ASSERT_TRUE(scene.sync().has_value());
  // What lies in the ordinary place is old from now on.
  fs::create_directories(scene.root() / "elsewhere");
  for (const char* name : {"refs", "logs", "packed-refs", "HEAD"}) {
    if (fs::exists(scene.checkout / ".git" / name)) {
      fs::copy(scene.checkout / ".git" / name, scene.root() / "elsewhere" / name,
               fs::copy_options::recursive);
    }
  }
  scene.in_checkout("config core.repositoryFormatVersion 1");
  scene.in_checkout("config extensions.refStorage files://" +
                    (scene.root() / "elsewhere").native());
  if (scene.try_git_in(scene.checkout, "rev-parse HEAD").find("invalid value") !=
      std::string::npos) {
    GTEST_SKIP() << "this git keeps refs in one place only";
  }
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->after, commit);
  EXPECT_EQ(scene.read("app.txt"), "two\n");
}

TEST(Refs, AreNoReasonToSwitchWhereTheBranchStandsForAnother) {
  Scene scene;
  scene.clone();
  scene.in_checkout("branch -m main trunk");
  scene.in_checkout("symbolic-ref refs/heads/main refs/heads/trunk");
  EXPECT_EQ(commands_of_idle_sync(scene),
            (Names{"config", "fetch", "status", "for-each-ref", "symbolic-ref", "rev-parse"}));
  EXPECT_EQ(scene.inspect().value().state, git::Comparison::State::up_to_date);
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.inspect().value().state, git::Comparison::State::behind);
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message;
  EXPECT_EQ(synced->action, git::Action::fast_forwarded);
  EXPECT_EQ(scene.in_checkout("rev-parse refs/heads/trunk"), commit);
}

TEST(Refs, AreComparedByACheckInTheSameProcess) {
  Scene scene;
  scene.clone();
  EXPECT_EQ(scene.inspect().value().state, git::Comparison::State::up_to_date);
  EXPECT_EQ(scene.commands(), one_question);
}

TEST(FastForward, CountsWhatIsNewAndMerges) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  EXPECT_EQ(scene.commands(), (Names{"config", "fetch", "status", "rev-list", "merge"}));
}

TEST(Status, NamesWhatIsEdited) {
  Scene scene;
  scene.clone();
  scene.push({{"gone.txt", "gone\n"}, {"odd \"name\"\n.txt", "odd\n"}, {"staged.txt", "one\n"}});
  ASSERT_TRUE(scene.sync().has_value());
  fs::remove(scene.checkout / "gone.txt");
  scene.write("odd \"name\"\n.txt", "mine\n");
  scene.write("staged.txt", "mine\n");
  scene.in_checkout("add staged.txt");
  scene.write("untracked.txt", "mine\n");
  git::Repository repository(
      {.runner = scene.runner(), .program = scene.program, .environment = scene.environment},
      scene.checkout);
  const auto status = git::read_status(repository, {.name = "main"});
  ASSERT_TRUE(status.has_value()) << status.error().message;
  EXPECT_TRUE(status->is_level({.name = "main"}, scene.in_checkout("rev-parse HEAD")));
  EXPECT_EQ(status->head.ref, "refs/heads/main");
  std::string edited;
  for (const git::EditedFile& file : status->edited) {
    edited += file.path + (file.is_staged ? " staged;" : ";");
  }
  EXPECT_EQ(edited, "gone.txt;odd \"name\"\n.txt;staged.txt staged;");
}

}  // namespace
