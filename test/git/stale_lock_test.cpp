#include "git/stale_lock.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <regex>

#include "process/proc.h"
#include "scene.h"

namespace {

namespace fs = std::filesystem;

/// A lock file that a git has left an hour ago.
fs::path leave_lock(const Scene& scene, const std::string& name) {
  scene.write(".git/" + name, "");
  const fs::path lock = scene.checkout / ".git" / name;
  fs::last_write_time(lock, fs::file_time_type::clock::now() - std::chrono::hours(1));
  return lock;
}

/// A process that does as told until it is killed.
class Bystander {
 public:
  explicit Bystander(const std::function<void()>& act) : pid_(fork()) {
    if (pid_ == 0) {
      act();
      pause();
      _exit(0);
    }
  }
  Bystander(const Bystander&) = delete;
  Bystander& operator=(const Bystander&) = delete;
  ~Bystander() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

 private:
  pid_t pid_;
};

std::string without_pid(const std::string& message) {
  return std::regex_replace(message, std::regex("process [0-9]+"), "process PID");
}

TEST(StaleLock, IsClearedAndToldWhereNobodyNeedsIt) {
  if (!process::sees_all_processes()) {
    GTEST_SKIP() << "needs a host, not a container";
  }
  for (const char* name : {"index.lock", "HEAD.lock", "ORIG_HEAD.lock", "refs/heads/main.lock",
                           "refs/remotes/origin/main.lock", "config.lock"}) {
    Scene scene;
    scene.clone();
    scene.in_checkout("remote set-url origin /old");
    const fs::path lock = leave_lock(scene, name);
    const std::string commit = scene.push({{"app.txt", "two\n"}});
    const auto synced = scene.sync();
    ASSERT_TRUE(synced.has_value()) << name << synced.error().message << synced.error().output;
    EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), commit);
    EXPECT_EQ(scene.in_checkout("status --porcelain"), "");
    EXPECT_FALSE(fs::exists(lock));
    EXPECT_EQ(synced->notes, std::vector<std::string>({"removed \"" + lock.native() +
                                                       "\", which a git that was ended had left"}));
  }
}

TEST(StaleLock, IsRemovedByTheCommandThatIsNamed) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  scene.write(".git/index.lock", "");
  fs::last_write_time(scene.checkout / ".git/index.lock",
                      fs::file_time_type::clock::now() - std::chrono::seconds(2));
  EXPECT_EQ(
      scene.remedied_refusal(),
      "\"CHECKOUT/.git/index.lock\" is in the way: it is younger than five minutes; if no git "
      "is at work there, remove it with: rm CHECKOUT/.git/index.lock");
}

TEST(StaleLock, IsClearedInAWorkTreeWhoseGitDirectoryIsAFile) {
  if (!process::sees_all_processes()) {
    GTEST_SKIP() << "needs a host, not a container";
  }
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c work");
  scene.in_checkout("worktree add -q " + (scene.root() / "other").native() + " main");
  const fs::path lock = leave_lock(scene, "worktrees/other/index.lock");
  scene.checkout = scene.root() / "other";
  scene.push({{"app.txt", "two\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_FALSE(fs::exists(lock));
}

TEST(StaleLock, IsNamedWhereAProcessHasItOpen) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  const fs::path lock = leave_lock(scene, "index.lock");
  const int descriptor = open(lock.c_str(), O_RDONLY);
  const Bystander holder([] {});
  close(descriptor);
  EXPECT_EQ(without_pid(scene.refusal()),
            "\"CHECKOUT/.git/index.lock\" is in the way: git is at work there, as process PID; run "
            "fluke again when it has ended");
}

TEST(StaleLock, IsNamedWhileAGitIsAtWorkThere) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  leave_lock(scene, "index.lock");
  // As with an editor that a commit has opened: git itself waits, with the lock file closed.
  const Bystander worker([&] {
    int pipe_ends[2];
    static_cast<void>(!pipe(pipe_ends));
    dup2(pipe_ends[0], STDIN_FILENO);
    static_cast<void>(!chdir(scene.checkout.c_str()));
    execlp("git", "git", "hash-object", "--stdin", nullptr);
  });
  while (!process::find_process_in(scene.checkout, "git")) {
    usleep(1000);
  }
  EXPECT_EQ(without_pid(scene.refusal()),
            "\"CHECKOUT/.git/index.lock\" is in the way: git is at work there, as process PID; run "
            "fluke again when it has ended");
}

TEST(StaleLock, IsNamedWhereItAppearedDuringTheRun) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  scene.write(".git/index.lock", "");
  fs::last_write_time(scene.checkout / ".git/index.lock",
                      fs::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_EQ(scene.refusal(),
            "\"CHECKOUT/.git/index.lock\" is in the way: it appeared during this run; if no git is "
            "at work there, remove it with: rm CHECKOUT/.git/index.lock");
}

TEST(StaleLock, IsNamedWhereItBelongsToAnotherUser) {
  if (geteuid() != 0) {
    GTEST_SKIP() << "only root can become another user";
  }
  const support::TemporaryDirectory directory;
  const fs::path lock = directory.write("index.lock", "");
  chmod(directory.path().c_str(), 0777);
  ASSERT_EQ(seteuid(65534), 0);
  const auto cleared = git::clear_stale_lock(lock, directory.path(), {});
  ASSERT_EQ(seteuid(0), 0);
  ASSERT_FALSE(cleared.has_value());
  EXPECT_EQ(cleared.error().message,
            "\"" + lock.native() +
                "\" is in the way: it belongs to another user (uid 0); if no git is at work there, "
                "remove it with: rm " +
                lock.native());
  EXPECT_TRUE(fs::exists(lock));
}

/// What becomes of a lock that is as old as told when a run begins, after one that was cut off or
/// not: "cleared", or why not.
std::string fate_of_lock(std::chrono::seconds age, bool was_cut_off) {
  const support::TemporaryDirectory directory;
  const fs::path lock = directory.write("index.lock", "");
  struct stat status {};
  EXPECT_EQ(stat(lock.c_str(), &status), 0);
  timespec start = status.st_mtim;
  start.tv_sec += age.count();
  const auto cleared =
      git::clear_stale_lock(lock, directory.path(), {.start = start, .was_cut_off = was_cut_off});
  EXPECT_EQ(fs::exists(lock), !cleared.has_value());
  if (cleared) {
    EXPECT_EQ(*cleared, "removed \"" + lock.native() + "\", which a git that was ended had left");
    return "cleared";
  }
  const std::string& message = cleared.error().message;
  const std::string by_hand = "; if no git is at work there, remove it with: rm " + lock.native();
  EXPECT_TRUE(message.ends_with(by_hand)) << message;
  constexpr std::string_view before = " is in the way: ";
  const std::size_t at = message.find(before) + before.size();
  return message.substr(at, message.size() - by_hand.size() - at);
}

TEST(StaleLock, IsNamedUntilItIsFiveMinutesOld) {
  EXPECT_EQ(fate_of_lock(std::chrono::seconds(2), false), "it is younger than five minutes");
  EXPECT_EQ(fate_of_lock(std::chrono::seconds(299), false), "it is younger than five minutes");
  if (process::sees_all_processes()) {
    EXPECT_EQ(fate_of_lock(std::chrono::minutes(5), false), "cleared");
  }
}

TEST(StaleLock, OfARunThatWasCutOffIsClearedAtAnyAge) {
  EXPECT_EQ(fate_of_lock(std::chrono::seconds(0), true), "cleared");
  for (const char* note : {"fluke-update", "fluke-fetch"}) {
    Scene scene;
    scene.clone();
    scene.write(std::string(".git/") + note, "");
    scene.write(".git/refs/remotes/origin/main.lock", "");
    const std::string commit = scene.push({{"app.txt", "two\n"}});
    const auto synced = scene.sync();
    ASSERT_TRUE(synced.has_value()) << synced.error().message;
    EXPECT_EQ(synced->after, commit);
    EXPECT_FALSE(fs::exists(scene.checkout / ".git" / note));
  }
}

TEST(StaleLock, IsNamedByRunAfterRunUntilItIsOldEnough) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  scene.write(".git/index.lock", "");
  fs::last_write_time(scene.checkout / ".git/index.lock",
                      fs::file_time_type::clock::now() - std::chrono::seconds(2));
  for (int i = 0; i < 3; ++i) {
    const std::string refusal = scene.refusal();
    EXPECT_NE(refusal.find("it is younger than five minutes"), std::string::npos) << refusal;
  }
}

TEST(StaleLock, IsNamedInAContainerUnlessARunWasCutOff) {
  if (geteuid() != 0) {
    GTEST_SKIP() << "only root can make a namespace of processes";
  }
  // What is to be in the namespace is the child of who makes it.
  const pid_t outside = fork();
  if (outside == 0) {
    int status = -1;
    if (unshare(CLONE_NEWPID) == 0) {
      const pid_t inside = fork();
      if (inside != 0) {
        waitpid(inside, &status, 0);
        _exit(status == 0 ? 0 : 1);
      }
    }
    const bool is_right = fate_of_lock(std::chrono::hours(1), false) ==
                              "fluke does not see who made it, as in a container" &&
                          fate_of_lock(std::chrono::hours(1), true) == "cleared";
    _exit(is_right ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(outside, &status, 0), outside);
  EXPECT_EQ(status, 0);
}

TEST(StaleLock, IsNeverClearedWhereAnotherHostMayHaveMadeIt) {
  constexpr unsigned long nfs = 0x6969;
  constexpr unsigned long cifs = 0xff534d42;
  constexpr unsigned long sshfs = 0x65735546;
  constexpr unsigned long ext4 = 0xef53;
  constexpr unsigned long btrfs = 0x9123683e;
  EXPECT_TRUE(git::is_shared_between_hosts(nfs));
  EXPECT_TRUE(git::is_shared_between_hosts(cifs));
  EXPECT_TRUE(git::is_shared_between_hosts(sshfs));
  EXPECT_FALSE(git::is_shared_between_hosts(ext4));
  EXPECT_FALSE(git::is_shared_between_hosts(btrfs));
}

TEST(StaleLock, OfRefsInTablesIsFound) {
  Scene scene;
  scene.clone();
  const std::string messages =
      "error: update_ref failed for ref 'HEAD': reftable: transaction prepare: data is locked\n";
  EXPECT_EQ(git::find_lock_in_the_way(scene.checkout, messages), std::nullopt);
  const fs::path lock = leave_lock(scene, "reftable/tables.list.lock");
  EXPECT_EQ(git::find_lock_in_the_way(scene.checkout, messages), lock);
  EXPECT_EQ(git::find_lock_in_the_way(scene.checkout, "remote: data is locked\n"), std::nullopt);
}

TEST(StaleLock, IsNotLookedForOutsideTheRepository) {
  Scene scene;
  scene.clone();
  const auto found = [&](const std::string& messages) {
    return git::find_lock_in_the_way(scene.checkout, messages).value_or("none");
  };
  const std::string inside = (scene.checkout / ".git/index.lock").native();
  EXPECT_EQ(found("fatal: Unable to create '" + inside + "': File exists.\n"), inside);
  EXPECT_EQ(found("error: could not lock config file .git/config: File exists\n"),
            scene.checkout / ".git/config.lock");
  EXPECT_EQ(found("remote: Unable to create '" + inside + "': File exists.\n"), "none");
  EXPECT_EQ(found("fatal: Unable to create '/etc/passwd.lock': File exists.\n"), "none");
  EXPECT_EQ(found("fatal: Unable to create '" + inside + "/../../../x.lock': File exists.\n"),
            "none");
  EXPECT_EQ(found("fatal: Unable to create '" + inside + "': Permission denied\n"), "none");
}

}  // namespace
