// SIGKILL at instants spread over a clone and an update: once fluke, git and its helpers all
// at once, once fluke alone, so that its git lives on. The next sync must end the job by itself.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

#include "scene.h"
#include "support/killing.h"

namespace {

namespace fs = std::filesystem;
using Milliseconds = std::chrono::duration<double, std::milli>;

enum class Victims { everybody, fluke_alone };

/// Forks a fluke that syncs and kills it as soon as `is_time` says so; false if it ended first.
bool sync_and_kill(Scene& scene, Victims victims, const std::function<bool()>& is_time) {
  const pid_t child = fork();
  if (child == 0) {
    static_cast<void>(scene.sync());
    _exit(0);
  }
  while (waitpid(child, nullptr, WNOHANG) == 0) {
    if (is_time()) {
      victims == Victims::everybody ? support::kill_tree(child)
                                    : static_cast<void>(kill(child, SIGKILL));
      waitpid(child, nullptr, 0);
      return true;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  return false;
}

std::function<bool()> after(Milliseconds pause) {
  const auto start = std::chrono::steady_clock::now();
  return [=] { return std::chrono::steady_clock::now() - start >= pause; };
}

constexpr int files = 200;

Scene::Changes texts(const std::string& text) {
  Scene::Changes changes;
  for (int i = 0; i < files; ++i) {
    changes["dir/" + std::to_string(i)] = text + std::to_string(i) + '\n' + std::string(6000, 'x');
  }
  return changes;
}

/// Kills a sync just before the command of this number begins; false if it ends without one.
bool sync_and_kill_before(Scene& scene, Victims victims, int step) {
  Standstill standstill(scene, step);
  const bool killed = sync_and_kill(scene, victims, [&] { return standstill.is_reached(); });
  standstill.end();
  support::Orphanage::empty();
  return killed;
}

/// How many staging directories are there.
int staged_in(const Scene& scene) {
  int count = 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(scene.checkout, ignored)) {
    count += entry.path().filename().native().starts_with(".fluke-clone") ? 1 : 0;
  }
  return count;
}

void expect_synced(Scene& scene, const std::string& commit) {
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << scene.shortened(synced.error().message) << '\n'
                                  << synced.error().output;
  EXPECT_EQ(synced->after, commit);
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), commit);
  EXPECT_EQ(scene.in_checkout("status --porcelain --ignored --branch"),
            scene.revision.name.empty() ? "## main...origin/main" : "## HEAD (no branch)");
  EXPECT_EQ(staged_in(scene), 0);
}

constexpr const char* evil = "evil.txt";

/// Nobody whom the manifest names has signed what the remote has now.
void push_evil(Scene& scene, const std::string& author) {
  author.empty() ? scene.sign_nothing() : scene.sign_as(author);
  scene.push({{"app.txt", "evil\n"}, {evil, "evil\n"}});
}

bool holds_evil(const fs::path& directory) {
  std::error_code ignored;
  const fs::recursive_directory_iterator entries(directory, ignored);
  return std::any_of(begin(entries), end(entries),
                     [](const auto& entry) { return entry.path().filename() == evil; });
}

/// HEAD, index and work tree are at `commit`.
void expect_stayed(Scene& scene, const std::string& commit) {
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), commit);
  EXPECT_EQ(scene.in_checkout("status --porcelain --ignored"), "");
  EXPECT_FALSE(holds_evil(scene.checkout));
}

void expect_refused(Scene& scene) {
  const std::string message = scene.refusal();
  EXPECT_NE(message.find(", is refused: it is "), std::string::npos) << message;
}

/// What the kill interrupted, by what lies there.
std::string phase_of(const Scene& scene) {
  const auto has = [&](const char* name) { return fs::exists(scene.checkout / name); };
  if (!fs::exists(scene.checkout)) {
    return "before";
  }
  return !has(".git") ? "cloning" : staged_in(scene) > 0 ? "moving" : "over";
}

using Phases = std::map<std::string, int>;

Phases kill_clones(Scene& scene, const std::string& commit, Victims victims, int rounds) {
  Phases phases;
  const auto start = std::chrono::steady_clock::now();
  expect_synced(scene, commit);
  const Milliseconds whole = std::chrono::steady_clock::now() - start;
  for (int i = 0; i < rounds; ++i) {
    fs::remove_all(scene.checkout);
    sync_and_kill(scene, victims, after(whole * i / rounds));
    ++phases[phase_of(scene)];
    // The first sync meets a git that may have outlived its fluke, the second finds it gone.
    EXPECT_TRUE(scene.sync().has_value());
    support::Orphanage::empty();
    expect_synced(scene, commit);
  }
  return phases;
}

TEST(Kill, WhileACloneIsMovedIntoPlaceIsMadeGoodByTheNextSync) {
  const support::Orphanage orphanage;
  Scene scene;
  Scene::Changes changes;
  for (int i = 0; i < 2000; ++i) {
    changes["file" + std::to_string(i)] = "text\n";
  }
  const std::string commit = scene.push(changes);
  int hits = 0;
  for (int i = 0; i < 5 && hits < 2; ++i) {
    fs::remove_all(scene.checkout);
    sync_and_kill(scene, Victims::everybody, [&] { return fs::exists(scene.checkout / ".git"); });
    hits += phase_of(scene) == "moving" ? 1 : 0;
    expect_synced(scene, commit);
  }
  EXPECT_GT(hits, 0);
}

TEST(Kill, OfAnUpdateAtAnyInstantIsMadeGoodByTheNextSync) {
  const support::Orphanage orphanage;
  Scene scene;
  scene.push(texts("old"));
  ASSERT_TRUE(scene.sync().has_value());
  int halfway = 0;
  constexpr int rounds = 12;
  for (int i = 0; i < rounds; ++i) {
    const std::string commit = scene.push(texts("new" + std::to_string(i)));
    // The note is there from just before the first file is touched until HEAD has moved.
    const fs::path note = scene.checkout / ".git/fluke-update";
    std::optional<std::function<bool()>> time;
    sync_and_kill(scene, Victims::everybody, [&] {
      if (!time && fs::exists(note)) {
        time = after(Milliseconds(1) * i);
      }
      return time && (*time)();
    });
    support::Orphanage::empty();
    halfway += fs::exists(note) ? 1 : 0;
    expect_synced(scene, commit);
    EXPECT_FALSE(fs::exists(note));
  }
  EXPECT_GT(halfway, 0);
}

TEST(Kill, BetweenTwoPinsIsMadeGoodByTheNextSyncToEither) {
  const support::Orphanage orphanage;
  Scene scene;
  const std::string commits[] = {scene.push(texts("old")), scene.push(texts("new"))};
  scene.follow_commit(commits[0]);
  ASSERT_TRUE(scene.sync().has_value());
  int halfway = 0;
  constexpr int rounds = 12;
  for (int i = 0; i < rounds; ++i) {
    scene.follow_commit(commits[(i + 1) % 2]);
    const fs::path note = scene.checkout / ".git/fluke-update";
    std::optional<std::function<bool()>> time;
    sync_and_kill(scene, Victims::everybody, [&] {
      if (!time && fs::exists(note)) {
        time = after(Milliseconds(1) * i);
      }
      return time && (*time)();
    });
    support::Orphanage::empty();
    halfway += fs::exists(note) ? 1 : 0;
    // Every third time the operator thinks better of it.
    const std::string& commit = commits[(i + (i % 3 == 0 ? 0 : 1)) % 2];
    scene.follow_commit(commit);
    expect_synced(scene, commit);
    EXPECT_FALSE(fs::exists(note));
    scene.follow_commit(commits[(i + 1) % 2]);
    expect_synced(scene, commits[(i + 1) % 2]);
  }
  EXPECT_GT(halfway, 0);
}

/// Kills at each step, until a sync has none left; how many there were.
int kill_guarded_updates(Scene& scene, Victims victims, const std::string& author) {
  std::string signed_commit = scene.in_checkout("rev-parse HEAD");
  for (int step = 1;; ++step) {
    SCOPED_TRACE(step);
    push_evil(scene, author);
    const bool killed = sync_and_kill_before(scene, victims, step);
    expect_stayed(scene, signed_commit);
    expect_refused(scene);
    expect_stayed(scene, signed_commit);
    scene.sign_as("alice");
    const Scene::Changes changes = {{"app.txt", std::to_string(step)}, {evil, {}}};
    signed_commit = step % 2 == 0 ? scene.push(changes) : scene.push_rewritten(changes);
    expect_synced(scene, signed_commit);
    if (!killed) {
      return step - 1;
    }
  }
}

int kill_guarded_clones(Scene& scene, Victims victims) {
  for (int step = 1;; ++step) {
    SCOPED_TRACE(step);
    fs::remove_all(scene.checkout);
    push_evil(scene, "");
    const bool killed = sync_and_kill_before(scene, victims, step);
    EXPECT_FALSE(holds_evil(scene.checkout));
    EXPECT_FALSE(scene.sync().has_value());
    EXPECT_FALSE(holds_evil(scene.checkout));
    EXPECT_FALSE(fs::exists(scene.checkout / ".git"));
    scene.sign_as("alice");
    expect_synced(scene, scene.push({{"app.txt", std::to_string(step)}, {evil, {}}}));
    if (!killed) {
      return step - 1;
    }
  }
}

struct Guarded : Scene {
  Guarded() {
    allow("alice");
    sign_as("alice");
    clone();
  }
};

TEST(Kill, OfAnUpdateLetsNothingInThatIsNotSigned) {
  const support::Orphanage orphanage;
  Guarded scene;
  constexpr int steps = 4;
  EXPECT_GE(kill_guarded_updates(scene, Victims::everybody, ""), steps);
  EXPECT_GE(kill_guarded_updates(scene, Victims::fluke_alone, ""), steps);
  // Of a signature, ssh-keygen is asked, twice.
  EXPECT_GE(kill_guarded_updates(scene, Victims::everybody, "mallory"), steps + 2);
}

TEST(Kill, OfACloneLetsNothingInThatIsNotSigned) {
  const support::Orphanage orphanage;
  Guarded scene;
  constexpr int steps = 5;
  EXPECT_GE(kill_guarded_clones(scene, Victims::everybody), steps);
  EXPECT_GE(kill_guarded_clones(scene, Victims::fluke_alone), steps);
}

TEST(Kill, OfACloneAtATagIsMadeGoodByTheNextSync) {
  const support::Orphanage orphanage;
  Scene scene;
  const std::string commit = scene.push(texts("old"));
  scene.git(scene.remote, "tag v1 main");
  scene.follow_tag("v1");
  EXPECT_GT(kill_clones(scene, commit, Victims::everybody, 8)["cloning"], 0);
}

TEST(Kill, OfACloneAtAnyInstantIsMadeGoodByTheNextSync) {
  const support::Orphanage orphanage;
  Scene scene;
  const std::string commit = scene.push(texts("old"));
  Phases phases = kill_clones(scene, commit, Victims::everybody, 12);
  EXPECT_GT(phases["cloning"], 0);
  EXPECT_GT(kill_clones(scene, commit, Victims::fluke_alone, 6)["cloning"], 0);
}

}  // namespace
