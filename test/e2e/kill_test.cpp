// SIGKILL of fluke and of everything it started, at a random instant of a run that clones one
// checkout, updates another and applies both; then one more run, which must leave nothing to be
// desired. FLUKE_KILLS in the environment says how many times, FLUKE_KILLS_SEED at which instants.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <regex>
#include <thread>

#include "e2e/host.h"
#include "file/descriptor.h"
#include "support/killing.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::string_view tasks = R"(
[tasks.check]
run = "cmp -s version out/version"

[tasks.apply]
run = "mkdir -p out && cp version out/part && sleep 0.02 && mv out/part out/version"
)";

constexpr std::string_view manifest = R"(
mise "fresh" {
  working_dir = "site/fresh"
  git { url = "../remote.git" }
}
mise "old" {
  working_dir = "site/old"
  git { url = "../remote.git" }
}
)";

/// From the first look on, when fluke has just been started.
auto after(Seconds pause) {
  return [=, begin = std::optional<Clock::time_point>()](const support::Running&) mutable {
    begin = begin.value_or(Clock::now());
    return Clock::now() - *begin >= pause;
  };
}

int number(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr ? std::atoi(text) : otherwise;
}

class Kill : public ::testing::Test {
 protected:
  Kill() {
    remote = (host.root() / "remote.git").string();
    host.repository_with_tasks("remote.git", tasks);
    const std::string author = (host.root() / "author").string();
    host.run({"git", "clone", "--quiet", remote, author});
    host.write("author/.gitignore", "out/\n");
    for (const std::string name : {"fresh", "old"}) {
      host.write("author/" + name + ".fluke.hcl",
                 "mise \"" + name + "\" {\n  working_dir = \".\"\n}\n");
    }
    commit("one");
    host.run({"git", "clone", "--quiet", remote, (host.root() / "template").string()});
    host.write("template/out/version", "one\n");
    commit("two");
    std::string text(manifest);
    for (std::size_t at = 0; (at = text.find("../remote.git")) != std::string::npos;) {
      text.replace(at, 13, remote);
    }
    host.write("site.hcl", text);
    host.write("host.hcl",
               std::regex_replace(text, std::regex("mise \"(\\w+)\" \\{"),
                                  "include \"$1\" {\n  manifests = [\"$1.fluke.hcl\"]"));
  }

  /// Two hundred files of another text, and the version that the tasks look at.
  void commit(const std::string& version) const {
    const fs::path author = "author";
    host.write(author / "version", version + '\n');
    for (int i = 0; i < 200; ++i) {
      const std::string name = std::to_string(i);
      host.write(author / "data" / std::to_string(i % 10) / name,
                 version + name + std::string(3000, 'x'));
    }
    host.write(author / ("only-" + version), version + '\n');
    const std::string directory = (host.root() / author).string();
    if (version == "two") {
      fs::remove(host.root() / author / "only-one");
    }
    host.run({"git", "-C", directory, "add", "--all"});
    host.run({"git", "-C", directory, "commit", "--quiet", "--message", version});
    host.run({"git", "-C", directory, "push", "--quiet", "origin", "HEAD:main"});
  }

  void set_stage() const {
    fs::remove_all(host.root() / "site");
    fs::create_directory(host.root() / "site");
    fs::copy(host.root() / "template", host.root() / "site/old",
             fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  }

  /// The files of both checkouts without what git keeps, and with their texts.
  [[nodiscard]] std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> found;
    for (auto it = fs::recursive_directory_iterator(host.root() / "site");
         it != fs::recursive_directory_iterator(); ++it) {
      if (it->path().filename() == ".git") {
        it.disable_recursion_pending();
      } else {
        found[it->path().lexically_relative(host.root()).string()] =
            it->is_regular_file() ? support::read_file(it->path()) : "";
      }
    }
    return found;
  }

  /// What git or fluke should not have left in git's directories; counts git's unfinished objects,
  /// which `git gc` sweeps up.
  std::string leftovers() {
    std::string found;
    for (const char* name : {"site/fresh/.git", "site/old/.git"}) {
      for (const auto& entry : fs::recursive_directory_iterator(host.root() / name)) {
        const std::string file = entry.path().filename().string();
        const bool is_object = entry.path().string().find("/objects/") != std::string::npos;
        unfinished_objects += is_object && file.starts_with("tmp_") ? 1 : 0;
        if (entry.path().extension() == ".lock" || file.starts_with("fluke")) {
          found += entry.path().string() + '\n';
        }
      }
    }
    return found;
  }

  void expect_converged() {
    const support::Ran ran = host.fluke({"run", manifest_file});
    ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
    EXPECT_EQ(files(), expected);
    EXPECT_EQ(leftovers(), "");
    for (const char* name : {"site/fresh", "site/old"}) {
      EXPECT_EQ(host.run({"git", "status", "--porcelain", "--branch", "--ignored"}, name),
                "## main...origin/main\n!! out/\n");
    }
  }

  /// "old: sync", by the last phase that fluke told of.
  static std::string phase_in(const std::string& told) {
    std::string last = "before";
    for (const std::string& phase : phases()) {
      if (told.find('\n' + phase + ": ") != std::string::npos) {
        last = phase;
      }
    }
    return last;
  }

  /// In the order of a run.
  static std::vector<std::string> phases() {
    std::vector<std::string> all;
    for (const char* resource : {"fresh", "old"}) {
      for (const char* phase : {"lock", "sync", "tasks", "check", "apply", "verify"}) {
        all.push_back(std::string(resource) + ": " + phase);
      }
    }
    return all;
  }

  /// The lock of the directory, as another fluke would have it; an empty one is made where there is
  /// none yet.
  [[nodiscard]] file::Descriptor lock(const fs::path& relative) const {
    const fs::path directory = host.root() / relative;
    fs::create_directories(directory);
    file::Descriptor lock(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    EXPECT_EQ(::flock(lock.get(), LOCK_EX), 0);
    return lock;
  }

  /// Kills a run when `is_time` says so, and lets the next one end the job. Until the kill somebody
  /// else has the lock of the directory `locked`, if one is named.
  template <typename Condition>
  void kill_once(Condition is_time, const std::string& locked = "") {
    set_stage();
    file::Descriptor other = locked.empty() ? file::Descriptor() : lock(locked);
    support::Running running(
        host.fluke_program({"run", "-v", "--lock-timeout", "60s", manifest_file}));
    bool over = false;
    while (!is_time(running) && !over) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
      over = support::has_ended(running.pid());
    }
    support::kill_tree(running.pid());
    const support::Ran ran = running.wait();
    support::Orphanage::empty();
    other.close();
    const std::string phase = over ? "after" : phase_in('\n' + ran.err);
    ++kills[phase];
    SCOPED_TRACE("killed in " + phase);
    expect_converged();
  }

  Host host;
  std::string remote;
  std::string manifest_file = "site.hcl";
  std::map<std::string, std::string> expected;
  std::map<std::string, int> kills;
  int unfinished_objects = 0;
};

TEST_F(Kill, AtAnyInstantIsMadeGoodByTheNextRun) {
  const support::Orphanage orphanage;
  set_stage();
  ASSERT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  expected = files();
  EXPECT_EQ(expected.at("site/old/out/version"), "two\n");
  set_stage();
  const auto start = Clock::now();
  ASSERT_EQ(host.fluke({"run", "-v", "site.hcl"}).status, 0);
  const Seconds whole = Clock::now() - start;

  std::mt19937 random(static_cast<unsigned>(number("FLUKE_KILLS_SEED", 1)));
  std::uniform_real_distribution<double> share(0.0, 1.0);
  const int rounds = number("FLUKE_KILLS", 20);
  for (int i = 0; i < rounds && !HasFailure(); ++i) {
    kill_once(after(whole * share(random)));
  }
  for (const std::string& phase : phases()) {
    const std::string resource = phase.substr(0, phase.find(':'));
    // A lock that nobody has is taken in no time: somebody is made to have it.
    const std::string locked = phase.ends_with(": lock") ? "site/" + resource : "";
    for (int tries = 0; !kills.contains(phase) && tries < 20 && !HasFailure(); ++tries) {
      const auto is_told = [&](const support::Running& running) {
        return ('\n' + running.err_so_far()).find('\n' + phase + ": ") != std::string::npos;
      };
      kill_once(is_told, locked);
    }
    EXPECT_TRUE(kills.contains(phase)) << phase << " was never hit";
  }
  for (const auto& [phase, count] : kills) {
    std::cout << "kills in " << phase << ": " << count << '\n';
  }
  std::cout << "unfinished objects left to git gc: " << unfinished_objects << '\n';
}

/// The same where the checkouts are those of includes, and the resources come from them.
TEST_F(Kill, InTheSyncOfAnIncludeIsMadeGoodByTheNextRun) {
  const support::Orphanage orphanage;
  set_stage();
  manifest_file = "host.hcl";
  const auto start = Clock::now();
  ASSERT_EQ(host.fluke({"run", manifest_file}).status, 0);
  const Seconds whole = Clock::now() - start;
  expected = files();
  EXPECT_EQ(expected.at("site/fresh/out/version"), "two\n");

  std::mt19937 random(static_cast<unsigned>(number("FLUKE_KILLS_SEED", 1)));
  // The includes come first: most of the kills hit them.
  std::uniform_real_distribution<double> share(0.0, 0.6);
  const int rounds = number("FLUKE_KILLS", 20) / 2;
  for (int i = 0; i < rounds && !HasFailure(); ++i) {
    kill_once(after(whole * share(random)));
  }
  for (const std::string phase : {"fresh: sync", "old: sync"}) {
    for (int tries = 0; !kills.contains(phase) && tries < 20 && !HasFailure(); ++tries) {
      kill_once([&](const support::Running& running) {
        return ('\n' + running.err_so_far()).find('\n' + phase + ": ") != std::string::npos;
      });
    }
    EXPECT_TRUE(kills.contains(phase)) << phase << " was never hit";
  }
  for (const auto& [phase, count] : kills) {
    std::cout << "kills in " << phase << ": " << count << '\n';
  }
}

/// Its git goes on, and then changes the refs that the next one would change.
TEST_F(Kill, OfFlukeAloneInAFetchMakesTheNextRunWaitForThat) {
  const support::Orphanage orphanage;
  set_stage();
  const std::string root = host.root().string();
  host.write("pack", "#!/bin/sh\n: > " + root + "/fetching\nuntil test -e " + root +
                         "/go; do sleep 0.05; done\nexec git-upload-pack \"$@\"\n");
  fs::permissions(host.root() / "pack", fs::perms::owner_all);
  host.run({"git", "-C", root + "/site/old", "config", "remote.origin.uploadpack", root + "/pack"});
  const std::vector<std::string> run = {"run", "--only", "old", "site.hcl"};
  support::Running running(host.fluke_program(run));
  while (!host.exists("fetching")) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  running.send(SIGKILL);
  EXPECT_EQ(running.wait().signal, SIGKILL);
  EXPECT_EQ(host.fluke(run).status, 75);
  host.write("go", "");
  const support::Ran ran =
      host.fluke({"run", "--lock-timeout", "60s", "--only", "old", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(host.read("site/old/out/version"), "two\n");
}

}  // namespace
}  // namespace e2e
