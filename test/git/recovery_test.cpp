// Syncs that are cut off in every way, then somebody's hands, then one sync that nobody disturbs: a
// table of checkouts x ways to be cut off x instants x what somebody did in between. A seeded part
// of it runs each time; FLUKE_RECOVERY in the environment is how many rows, "all", or the kind of
// checkout whose rows are wanted, and FLUKE_RECOVERY_SEED chooses others.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "scene.h"
#include "support/killing.h"

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kinds = {"clone",
                                        "clone with a submodule",
                                        "plain",
                                        "sparse",
                                        "shallow",
                                        "submodule",
                                        "nested submodule",
                                        "failing filter",
                                        "core.fileMode=false",
                                        "core.symlinks=false",
                                        "linked worktree",
                                        "sha256",
                                        "reftable",
                                        "tag",
                                        "commit",
                                        "signed",
                                        "clone of what is signed"};
const std::vector<std::string> cuts = {"deadline", "SIGTERM", "SIGKILL of fluke", "SIGKILL of all"};
const std::vector<std::string> instants = {"at random", "at a step", "in a filter"};
const std::vector<std::string> deeds = {
    "nothing",        "ended by hand",       "a commit on a branch", "a stash",
    "an edited file", "the remote moved on", "the remote went back", "the remote gone for one run"};

struct Attempt {
  std::string kind;
  std::string cut;
  std::string instant;
  std::string deed;
};

std::vector<Attempt> all_attempts() {
  std::vector<Attempt> rows;
  for (const std::string& kind : kinds) {
    for (const std::string& cut : cuts) {
      for (const std::string& instant : instants) {
        for (const std::string& deed : deeds) {
          rows.push_back({kind, cut, instant, deed});
        }
      }
    }
  }
  return rows;
}

bool has(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

class Trial {
 public:
  Trial(Attempt row, std::mt19937& random) : row_(std::move(row)), random_(random) {}

  /// False where this host has no git for it.
  bool run() {
    if (!set_stage()) {
      return false;
    }
    push_update();
    cut_off();
    lend_a_hand();
    record();
    sync_undisturbed();
    return true;
  }

 private:
  [[nodiscard]] bool is(const char* kind) const { return row_.kind == kind; }
  [[nodiscard]] bool has_submodule() const { return has(row_.kind, "submodule"); }
  [[nodiscard]] bool clones() const { return row_.kind.starts_with("clone"); }
  [[nodiscard]] bool is_signed() const { return has(row_.kind, "signed"); }
  [[nodiscard]] bool is_pin() const { return is("tag") || is("commit"); }
  [[nodiscard]] fs::path at(const char* name) const { return scene.root() / name; }
  /// Where somebody works: in the submodule, if there is one.
  [[nodiscard]] fs::path workplace() const {
    const fs::path inner = scene.checkout / "lib";
    return has_submodule() && fs::exists(inner / "m.txt") && fs::exists(inner / ".git")
               ? inner
               : scene.checkout;
  }

  void write_script(const fs::path& file, const std::string& text) {
    std::ofstream(file) << "#!/bin/sh\n" << text;
    chmod(file.c_str(), 0755);
  }

  bool set_stage() {
    scene.environment.set("GIT_CONFIG_GLOBAL", at("gitconfig").native());
    scene.environment.set("ROOT", scene.root().native());
    // It stands still at texts that hold the word in the file "hold", as long as that is there.
    write_script(at("filter"),
                 "text=$(cat; echo x)\n"
                 "if [ -e $ROOT/fail ]; then exit 1; fi\n"
                 "if [ -e $ROOT/hold ]; then case $text in *$(cat $ROOT/hold)*)\n"
                 "  : >$ROOT/held; while [ -e $ROOT/hold ]; do sleep 0.01; done;; esac; fi\n"
                 "printf %s \"${text%x}\"\n");
    std::ofstream(at("attributes")) << "m.txt filter=slow\n";
    std::ofstream(at("gitconfig"))
        << "[protocol \"file\"]\n\tallow = always\n[core]\n\tattributesFile = "
        << at("attributes").native()
        << "\n[filter \"slow\"]\n\tclean = cat\n\tsmudge = " << at("filter").native() << '\n'
        << (is("failing filter") ? "\trequired\n" : "");
    if (is("sha256")) {
      fs::remove_all(scene.remote);
      fs::remove_all(at("author"));
      scene.git(scene.root(), "init -q --bare -b main --object-format=sha256 " + url());
      scene.git(scene.root(), "init -q -b main --object-format=sha256 author");
      scene.in_author("remote add origin " + url());
    }
    if (is_signed()) {
      scene.allow("alice");
      scene.sign_as("alice");
    }
    first_ = scene.push({{"a.txt", "one a\n"},
                         {"c", "file\n"},
                         {"d.txt", "gone soon\n"},
                         {"log.txt", "one\n"},
                         {"m.txt", "one m\n"},
                         {"n/x.txt", "one n\n"},
                         {"out/y.txt", "one out\n"},
                         {"readme.txt", "read me\n"},
                         {"run", "#!/bin/sh\n"},
                         {"z.txt", "one z\n"}});
    first_ = scene.push_link("link", "a.txt");
    if (has_submodule()) {
      add_submodules();
    }
    return clones() || check_out();
  }

  [[nodiscard]] std::string url() const { return scene.remote.native(); }

  void change_library(const fs::path& library, const std::string& text) {
    for (const char* name : {"a.txt", "m.txt", "z.txt"}) {
      std::ofstream(library / name) << text << name << '\n';
    }
    scene.git(library, "add .");
    scene.git(library, "commit -q -m Library");
  }

  void add_submodules() {
    for (const char* name : {"inner", "library"}) {
      scene.git(scene.root(), std::string("init -q -b main ") + name);
      change_library(at(name), std::string("one ") + name + ' ');
    }
    if (is("nested submodule")) {
      scene.git(at("library"), "submodule add -q " + at("inner").native() + " deep");
      scene.git(at("library"), "commit -q -m Deep");
    }
    scene.in_author("submodule add -q " + at("library").native() + " lib");
    first_ = scene.push({});
  }

  bool check_out() {
    fs::create_directories(scene.checkout.parent_path());
    if (is("reftable")) {
      scene.try_git_in(scene.root(),
                       "init -q -b main --ref-format=reftable " + scene.checkout.native());
      if (!fs::exists(scene.checkout / ".git/reftable")) {
        return false;
      }
    } else if (is("shallow")) {
      scene.git(scene.root(), "clone -q --depth 1 file://" + url() + ' ' + scene.checkout.native());
    } else if (is("linked worktree")) {
      scene.git(scene.root(), "clone -q --no-checkout " + url() + ' ' + at("main").native());
      scene.git(at("main"), "switch -q --detach");
      scene.git(at("main"), "worktree add -q " + scene.checkout.native() + " main");
    }
    follow("v1", first_);
    const auto synced = scene.sync();
    EXPECT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
    if (is("sparse")) {
      scene.in_checkout("sparse-checkout set n");
    }
    if (row_.kind.starts_with("core.")) {
      scene.in_checkout("config " + row_.kind.substr(0, row_.kind.find('=')) + " false");
      scene.in_checkout("rm -q --cached -r .");
      scene.in_checkout("reset -q --hard");
    }
    return true;
  }

  void push_update() {
    if (has_submodule() && !clones()) {
      change_library(at("inner"), "two inner ");
      if (is("nested submodule")) {
        scene.git(at("library"), "-C deep pull -q " + at("inner").native() + " main");
      }
      change_library(at("library"), "two library ");
      scene.in_author("-C lib pull -q " + at("library").native() + " main");
    }
    scene.push_mode("run", 0755);
    scene.push_link("link", "z.txt");
    scene.push({{"c", {}}, {"d.txt", {}}});
    second_ = scene.push({{"a.txt", "two a\n"},
                          {"c/deep/inner.txt", "new\n"},
                          {"log.txt", "one\ntwo\n"},
                          {"m.txt", "two m\n"},
                          {"n/new.txt", "new\n"},
                          {"n/x.txt", "two n\n"},
                          {"out/y.txt", "two out\n"},
                          {"z.txt", "two z\n"}});
    follow("v2", second_);
  }

  /// The manifest of a pin names `commit` from now on, or a tag that leads there.
  void follow(const std::string& tag, const std::string& commit) {
    if (is("tag")) {
      scene.git(scene.remote, "tag -f " + tag + ' ' + commit);
      scene.follow_tag(tag);
    } else if (is("commit")) {
      scene.follow_commit(commit);
    }
  }

  int number(int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random_);
  }

  void cut_off() {
    int microseconds = 0;
    std::optional<Standstill> standstill;
    if (row_.instant == "at a step") {
      standstill.emplace(scene, number(1, has_submodule() ? 24 : is_signed() || is_pin() ? 9 : 7));
    } else if (row_.instant == "in a filter") {
      std::ofstream(at("hold")) << (!has_submodule() || number(0, 2) == 0         ? "m"
                                    : is("nested submodule") && number(0, 1) == 0 ? "inner"
                                                                                  : "library");
    } else {
      microseconds = number(0, has_submodule() ? 250'000 : 90'000);
    }
    if (is("failing filter")) {
      std::ofstream(at("fail")) << "";
    }
    if (row_.cut == "deadline") {
      scene.deadline = microseconds == 0 ? std::chrono::milliseconds(250)
                                         : std::chrono::milliseconds(microseconds / 5000 + 1);
    }
    const pid_t child = fork();
    if (child == 0) {
      static_cast<void>(scene.sync());
      _exit(0);
    }
    for (int waited = 0;
         !support::has_ended(child) && !fs::exists(at("held")) &&
         !(standstill && standstill->is_reached()) && (microseconds == 0 || waited < microseconds);
         waited += 500) {
      usleep(500);
    }
    if (row_.cut == "SIGKILL of all") {
      support::kill_tree(child);
    } else if (row_.cut != "deadline") {
      kill(child, row_.cut == "SIGTERM" ? SIGTERM : SIGKILL);
    }
    if (row_.cut == "SIGKILL of fluke") {
      waitpid(child, nullptr, 0);
      fs::remove(at("hold"));
      standstill.reset();
    }
    support::Orphanage::empty();
    standstill.reset();
    for (const char* name : {"hold", "held", "fail"}) {
      fs::remove(at(name));
    }
    scene.deadline = {};
    was_noted_ =
        !find_files([](const std::string& name) { return name == "fluke-update"; }).empty();
  }

  /// Files in git's directories.
  template <typename Predicate>
  std::vector<fs::path> find_files(Predicate matches) {
    const fs::path own = scene.checkout / ".git";
    std::error_code ignored;
    std::vector<fs::path> found;
    for (fs::recursive_directory_iterator it(fs::is_directory(own) ? own : at("main"), ignored),
         end;
         it != end; it.increment(ignored)) {
      if (matches(it->path().filename().native())) {
        found.push_back(it->path());
      }
    }
    return found;
  }

  /// As somebody does who finds a git that was killed.
  void remove_locks() {
    for (const fs::path& lock :
         find_files([](const std::string& name) { return name.ends_with(".lock"); })) {
      fs::remove(lock);
    }
  }

  void lend_a_hand() {
    const fs::path place = workplace();
    const auto git = [&](const std::string& line) { scene.try_git_in(place, line); };
    const bool is_checkout = fs::exists(scene.checkout / ".git");
    if (row_.deed == "ended by hand" && is_checkout) {
      remove_locks();
      if (is_pin()) {
        // The commit may be here without its tree, as long as no ref holds it.
        scene.try_git("fetch -q origin " + second_);
      }
      scene.try_git(is_pin() ? "checkout -q -f --detach " + second_
                             : "reset -q --hard origin/main");
      scene.try_git("submodule update -q --init --force --recursive");
    } else if (row_.deed == "a commit on a branch" && is_checkout) {
      remove_locks();
      git("switch -q -c mine");
      std::ofstream(place / "mine.txt") << "mine\n";
      git("add mine.txt");
      git("commit -q -m Mine mine.txt");
    } else if (row_.deed == "a stash" && is_checkout) {
      remove_locks();
      std::ofstream(place / "z.txt") << "mine\n";
      git("stash -q");
    } else if (row_.deed == "an edited file" && fs::exists(place)) {
      std::ofstream(place / "a.txt") << "mine\n";
      std::ofstream(place / "mine.txt") << "mine\n";
    } else if (row_.deed == "the remote moved on") {
      second_ = scene.push(
          {{"a.txt", "three a\n"}, {"log.txt", "one\ntwo\nthree\n"}, {"m.txt", "three m\n"}});
      follow("v3", second_);
    } else if (row_.deed == "the remote went back" && !clones()) {
      scene.git(scene.remote, "update-ref refs/heads/main " + first_);
      second_ = first_;
      follow("v1", first_);
    } else if (row_.deed == "the remote gone for one run") {
      fs::rename(scene.remote, at("gone"));
      // A commit that is here already is not asked for.
      EXPECT_TRUE(!scene.sync().has_value() || is("commit"));
      fs::rename(at("gone"), scene.remote);
    }
  }

  /// What is somebody's by now.
  void record() {
    place_ = workplace();
    if (row_.deed == "an edited file" && fs::exists(place_ / "mine.txt")) {
      edited_ = {"a.txt", "mine.txt"};
    }
    if (fs::exists(scene.checkout / ".git")) {
      refs_ = scene.try_git_in(place_,
                               "for-each-ref --format=%(objectname) refs/heads/mine "
                               "refs/stash");
    }
  }

  void expect_kept() {
    for (const std::string& name : edited_) {
      const bool is_stashed = has(scene.try_git_in(place_, "show stash:" + name), "mine") ||
                              has(scene.try_git_in(place_, "show stash^3:" + name), "mine");
      EXPECT_TRUE(support::read_file(place_ / name) == "mine\n" || is_stashed) << name;
    }
    if (!refs_.empty()) {
      const std::string now = scene.try_git_in(place_, "for-each-ref --format=%(objectname)") +
                              scene.try_git_in(place_, "log -g --format=%H refs/stash");
      std::istringstream lines(refs_);
      for (std::string line; std::getline(lines, line);) {
        EXPECT_TRUE(has(now, line.c_str())) << line;
      }
    }
  }

  void sync_undisturbed() {
    auto synced = scene.sync();
    expect_kept();
    if (!synced) {
      expect_refusal(synced.error());
      refused = true;
      // As the message says: put aside, or move away.
      if (row_.deed == "the remote went back") {
        scene.in_checkout("reset -q --keep origin/main");
      } else if (fs::exists(scene.checkout / ".git")) {
        scene.try_git_in(place_, "stash -q -u");
        scene.try_git("stash -q");
      } else {
        fs::remove_all(scene.checkout);
        edited_.clear();
      }
      synced = scene.sync();
    }
    ASSERT_TRUE(synced.has_value()) << scene.shortened(synced.error().message) << '\n'
                                    << synced.error().output;
    expect_kept();
    EXPECT_EQ(synced->after, second_);
    EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), second_);
    EXPECT_EQ(scene.in_checkout("rev-parse --symbolic-full-name HEAD"),
              is_pin() ? "HEAD" : "refs/heads/main");
    if (is_signed()) {
      ASSERT_TRUE(synced->signer.has_value());
      EXPECT_EQ(synced->signer->principal, "alice@example.org");
    }
    expect_clean();
  }

  void expect_refusal(const git::Error& error) {
    const std::string& message = error.message;
    EXPECT_EQ(error.cause, git::Cause::refused) << scene.shortened(message) << error.output;
    if (row_.deed == "the remote went back") {
      // The update had come to its end before. A pin may go back.
      EXPECT_FALSE(is_pin());
      EXPECT_TRUE(has(message, "that the remote lacks") && has(message, "reset --keep")) << message;
      return;
    }
    EXPECT_TRUE(row_.deed == "a commit on a branch" || row_.deed == "a stash" ||
                row_.deed == "an edited file")
        << scene.shortened(message) << error.output;
    EXPECT_TRUE(has(message, ".txt\"") || has(message, "\"lib\"") || has(message, "not empty"))
        << message;
    EXPECT_TRUE(has(message, "git -C") || has(message, "move")) << message;
  }

  /// But for what somebody has edited.
  void expect_clean() {
    const std::string lines = scene.in_checkout("status --porcelain --ignored");
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) {
      const bool is_mine = place_ == scene.checkout
                               ? std::ranges::find(edited_, line.substr(3)) != edited_.end()
                               : line.substr(3) == "lib" && !edited_.empty();
      EXPECT_TRUE(is_mine) << lines;
    }
    for (const fs::path& file : find_files([](const std::string& name) {
           return name.ends_with(".lock") || name.starts_with("fluke-");
         })) {
      ADD_FAILURE() << file;
    }
    EXPECT_FALSE(fs::exists(scene.checkout / ".fluke-clone"));
    if (has_submodule() && edited_.empty()) {
      EXPECT_EQ(scene.in_checkout("submodule status --recursive").find_first_of("+-U"),
                std::string::npos)
          << scene.in_checkout("submodule status --recursive");
    }
  }

  Attempt row_;
  std::mt19937& random_;
  std::string first_;
  std::string second_;
  fs::path place_;
  std::vector<std::string> edited_;
  std::string refs_;
  bool was_noted_ = false;

 public:
  Scene scene;
  bool refused = false;
  [[nodiscard]] bool was_noted() const { return was_noted_; }
};

TEST(Recovery, LosesNothingAndConvergesHoweverASyncIsCutOff) {
  const support::Orphanage orphanage;
  const char* wanted = std::getenv("FLUKE_RECOVERY");
  const char* seed = std::getenv("FLUKE_RECOVERY_SEED");
  std::mt19937 random(seed != nullptr ? static_cast<unsigned>(std::atoi(seed)) : 1U);
  std::vector<Attempt> rows = all_attempts();
  const std::string count = wanted != nullptr ? wanted : "48";
  if (std::ranges::find(kinds, count) != kinds.end()) {
    std::erase_if(rows, [&](const Attempt& row) { return row.kind != count; });
  } else if (count != "all") {
    std::ranges::shuffle(rows, random);
    rows.resize(std::min(rows.size(), static_cast<std::size_t>(std::atoi(count.c_str()))));
  }
  std::map<std::string, int> tally;
  for (const Attempt& row : rows) {
    SCOPED_TRACE(row.kind + ", " + row.cut + ", " + row.instant + ", " + row.deed);
    Trial trial(row, random);
    const bool ran = trial.run();
    ++tally[ran ? "ran" : "passed over, for want of a newer git"];
    tally["cut off half-way"] += trial.was_noted() ? 1 : 0;
    tally["refused, then put aside and synced"] += trial.refused ? 1 : 0;
    if (testing::Test::HasFailure() && std::getenv("FLUKE_RECOVERY_GO_ON") == nullptr) {
      break;
    }
  }
  for (const auto& [what, number] : tally) {
    std::cout << what << ": " << number << '\n';
  }
}

}  // namespace
