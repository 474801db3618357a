#include "reconcile/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>

#include "process/posix_runner.h"
#include "process/proc.h"
#include "reconcile/harness.h"
#include "support/temporary_directory.h"

namespace reconcile {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using Kind = LockError::Kind;

/// Whether the kernel tells of the locks of a process: in some containers it does not.
bool is_seen(pid_t holder) {
  return support::read_file("/proc/locks").find(" " + std::to_string(holder) + " ") !=
         std::string::npos;
}

TEST(DirectoryLock, KeepsASecondHolderOut) {
  const support::TemporaryDirectory directory;
  testing::FakeClock clock;
  const auto first = DirectoryLock::acquire(directory.path(), 0ms, clock);
  ASSERT_TRUE(first);
  const auto second = DirectoryLock::acquire(directory.path(), 0ms, clock);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Kind::held);
}

TEST(DirectoryLock, GoesWithItsOwner) {
  const support::TemporaryDirectory directory;
  testing::FakeClock clock;
  { ASSERT_TRUE(DirectoryLock::acquire(directory.path(), 0ms, clock)); }
  EXPECT_TRUE(DirectoryLock::acquire(directory.path(), 0ms, clock));
}

TEST(DirectoryLock, GoesWithAProcessThatIsKilled) {
  const support::TemporaryDirectory directory;
  testing::FakeClock clock;
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t holder = fork();
  if (holder == 0) {
    const auto lock = DirectoryLock::acquire(directory.path(), 0ms, clock);
    const char answer = lock ? 'y' : 'n';
    static_cast<void>(!write(ready[1], &answer, 1));
    for (;;) {
      pause();
    }
  }
  char answer = 0;
  ASSERT_EQ(read(ready[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  const auto second = DirectoryLock::acquire(directory.path(), 0ms, clock);
  ASSERT_FALSE(second);
  if (is_seen(holder)) {
    EXPECT_TRUE(second.error().holder.starts_with(std::to_string(holder) + " (test_reconcile"))
        << second.error().holder;
  }
  kill(holder, SIGKILL);
  waitpid(holder, nullptr, 0);
  EXPECT_TRUE(DirectoryLock::acquire(directory.path(), 0ms, clock));
  close(ready[0]);
  close(ready[1]);
}

TEST(DirectoryLock, LeavesNothingInTheDirectory) {
  const support::TemporaryDirectory directory;
  testing::FakeClock clock;
  const auto lock = DirectoryLock::acquire(directory.path(), 0ms, clock);
  ASSERT_TRUE(lock);
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(DirectoryLock, IsNotInheritedByPrograms) {
  const support::TemporaryDirectory directory;
  testing::FakeClock clock;
  const int next = dup(0);
  close(next);
  const auto lock = DirectoryLock::acquire(directory.path(), 0ms, clock);
  ASSERT_TRUE(lock);
  // The lowest free descriptor is the one that the lock has taken.
  EXPECT_EQ(fcntl(next, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
}

TEST(DirectoryLock, WaitsInGrowingPausesUntilTheTimeOut) {
  const support::TemporaryDirectory directory;
  testing::FakeClock clock;
  const auto first = DirectoryLock::acquire(directory.path(), 0ms, clock);
  const auto second = DirectoryLock::acquire(directory.path(), 2s, clock);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Kind::held);
  EXPECT_EQ(clock.pauses(), "10ms 20ms 40ms 80ms 160ms 320ms 500ms 500ms 370ms");
}

TEST(DirectoryLock, IsTakenAsSoonAsItsHolderLetsGo) {
  const support::TemporaryDirectory directory;
  testing::FakeClock clock;
  std::optional<DirectoryLock> first =
      std::move(DirectoryLock::acquire(directory.path(), 0ms, clock).value());
  clock.on_pause = [&] {
    first.reset();
    return true;
  };
  EXPECT_TRUE(DirectoryLock::acquire(directory.path(), 2s, clock));
  EXPECT_EQ(clock.pauses(), "10ms");
}

TEST(DirectoryLock, GivesUpWaitingWhenFlukeIsAskedToStop) {
  const support::TemporaryDirectory directory;
  testing::FakeClock clock;
  const auto first = DirectoryLock::acquire(directory.path(), 0ms, clock);
  clock.on_pause = [] { return false; };
  const auto second = DirectoryLock::acquire(directory.path(), 2s, clock);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Kind::interrupted);
}

TEST(DirectoryLock, LocksTheDirectoryThatTookAnothersPlace) {
  const support::TemporaryDirectory directory;
  const std::filesystem::path path = directory.path() / "app";
  std::filesystem::create_directory(path);
  testing::FakeClock clock;
  std::optional<DirectoryLock> first = std::move(DirectoryLock::acquire(path, 0ms, clock).value());
  clock.on_pause = [&] {
    std::filesystem::rename(path, directory.path() / "old");
    std::filesystem::create_directory(path);
    clock.on_pause = nullptr;
    return true;
  };
  const auto second = DirectoryLock::acquire(path, 2s, clock);
  ASSERT_TRUE(second);
  EXPECT_FALSE(DirectoryLock::acquire(path, 0ms, clock));
}

/// A directory in which a fluke was killed while `sleep` ran for it.
class KilledFluke : public ::testing::Test {
 protected:
  KilledFluke() {
    const pid_t fluke = fork();
    if (fluke == 0) {
      process::Cancellation cancellation = *process::Cancellation::create();
      process::PosixRunner runner(cancellation);
      auto lock = DirectoryLock::acquire(directory_.path(), 0ms, clock_, &pid_files_);
      runner.set_pid_file(lock->pid_file());
      static_cast<void>(runner.run(
          {.program = "/bin/sh", .arguments = {"-c", "echo; sleep 300; :"}, .working_dir = "/"},
          [](std::string_view) { kill(getpid(), SIGKILL); }));
      _exit(0);
    }
    waitpid(fluke, nullptr, 0);
  }
  ~KilledFluke() override { end_command(); }

  [[nodiscard]] tl::expected<DirectoryLock, LockError> acquire(std::chrono::milliseconds timeout) {
    return DirectoryLock::acquire(directory_.path(), timeout, clock_, &pid_files_);
  }

  /// As the message says.
  void end_command() {
    const auto lock = acquire(0ms);
    if (lock || !lock.error().orphan) {
      return;
    }
    const pid_t pid = lock.error().orphan->pid;
    kill(-pid, SIGKILL);
    for (auto process = process::read_stat(pid); process && process->is_alive();
         process = process::read_stat(pid)) {
      usleep(1000);
    }
  }

  support::TemporaryDirectory directory_;
  support::TemporaryDirectory place_;
  process::PidFiles pid_files_{{place_.path() / "run"}};
  testing::FakeClock clock_;
};

TEST_F(KilledFluke, HoldsTheDirectoryForAsLongAsItsCommandRuns) {
  const auto held = acquire(0ms);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().kind, Kind::held);
  ASSERT_TRUE(held.error().orphan);
  EXPECT_EQ(held.error().orphan->command, "sh -c echo; sleep 300; :");
  end_command();
  EXPECT_TRUE(acquire(0ms));
}

TEST_F(KilledFluke, IsWaitedForAsLongAsTheTimeOutSays) {
  EXPECT_FALSE(acquire(100ms));
  EXPECT_EQ(clock_.pauses(), "10ms 20ms 40ms 30ms");
  clock_.on_pause = [this] {
    clock_.on_pause = nullptr;
    end_command();
    return true;
  };
  EXPECT_TRUE(acquire(2s));
}

/// A process of another user that has `directory` locked, in one of several ways.
class OtherUser {
 public:
  enum class Way {
    plainly,
    /// Who took the lock is gone; who has it open did not take it.
    inherited,
    /// No process has it open: it is under way on a socket.
    in_flight,
  };

  OtherUser(const std::filesystem::path& directory, uid_t user, Way way) : pid_(fork()) {
    if (pid_ == 0) {
      _exit(hold(directory, user, way));
    }
    const file::Descriptor probe(open(directory.c_str(), O_RDONLY | O_CLOEXEC));
    while (flock(probe.get(), LOCK_EX | LOCK_NB) == 0) {
      flock(probe.get(), LOCK_UN);
      usleep(1000);
    }
    // The one that took it has ended by now, if it is to.
    usleep(100000);
  }
  OtherUser(const OtherUser&) = delete;
  OtherUser& operator=(const OtherUser&) = delete;
  ~OtherUser() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

 private:
  static int hold(const std::filesystem::path& directory, uid_t user, Way way) {
    const int fd = open(directory.c_str(), O_RDONLY);
    if (setresgid(user, user, user) != 0 || setresuid(user, user, user) != 0) {
      return 1;
    }
    const pid_t taker = way == Way::inherited ? fork() : 0;
    if (taker == 0) {
      usleep(10000);
      flock(fd, LOCK_EX);
      if (way == Way::inherited) {
        _exit(0);
      }
    } else {
      waitpid(taker, nullptr, 0);
    }
    if (way == Way::in_flight) {
      send_away(fd);
      close(fd);
    }
    for (;;) {
      pause();
    }
  }

  static void send_away(int fd) {
    int sockets[2];
    static_cast<void>(!socketpair(AF_UNIX, SOCK_DGRAM, 0, sockets));
    char byte = 'x';
    iovec data = {.iov_base = &byte, .iov_len = 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fd)] = {};
    msghdr message = {};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(header), &fd, sizeof fd);
    static_cast<void>(sendmsg(sockets[0], &message, 0));
  }

  pid_t pid_;
};

class LockOfAnotherUser : public ::testing::Test {
 protected:
  static constexpr uid_t user = 65534;

  void SetUp() override {
    if (geteuid() != 0) {
      GTEST_SKIP() << "needs root";
    }
    std::filesystem::permissions(directory_.path(), std::filesystem::perms(0755));
  }

  [[nodiscard]] tl::expected<DirectoryLock, LockError> acquire() {
    return DirectoryLock::acquire(directory_.path(), 0ms, clock_, &pid_files_);
  }

  support::TemporaryDirectory directory_;
  support::TemporaryDirectory place_;
  process::PidFiles pid_files_{{place_.path() / "run"}};
  testing::FakeClock clock_;
};

TEST_F(LockOfAnotherUser, DoesNotShutRootOutWhereThatUserMayOnlyRead) {
  for (const auto way :
       {OtherUser::Way::plainly, OtherUser::Way::inherited, OtherUser::Way::in_flight}) {
    if (way == OtherUser::Way::in_flight && !is_seen(getpid())) {
      continue;
    }
    SCOPED_TRACE(static_cast<int>(way));
    const OtherUser other(directory_.path(), user, way);
    const auto lock = acquire();
    ASSERT_TRUE(lock);
    EXPECT_FALSE(acquire()) << "two runs by root exclude each other all the same";
  }
}

TEST_F(LockOfAnotherUser, IsRespectedByRootWhereThatUserMayWrite) {
  ASSERT_EQ(chown(directory_.path().c_str(), user, 0), 0);
  {
    const OtherUser owner(directory_.path(), user, OtherUser::Way::plainly);
    EXPECT_FALSE(acquire());
  }
  ASSERT_EQ(chown(directory_.path().c_str(), 0, user), 0);
  std::filesystem::permissions(directory_.path(), std::filesystem::perms(0775));
  const OtherUser member(directory_.path(), user, OtherUser::Way::plainly);
  EXPECT_FALSE(acquire());
}

TEST_F(LockOfAnotherUser, CannotBeHadBesideRoots) {
  const auto lock = acquire();
  ASSERT_TRUE(lock);
  const pid_t other = fork();
  if (other == 0) {
    const bool became = setresuid(user, user, user) == 0;
    _exit(became && DirectoryLock::acquire(directory_.path(), 0ms, clock_) ? 1 : 0);
  }
  int status = 0;
  waitpid(other, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST(DirectoryLock, TellsAnAbsentDirectoryFromAFile) {
  const support::TemporaryDirectory directory;
  directory.write("file", "");
  testing::FakeClock clock;
  EXPECT_EQ(DirectoryLock::acquire(directory.path() / "absent", 0ms, clock).error().kind,
            Kind::absent);
  EXPECT_EQ(DirectoryLock::acquire(directory.path() / "file", 0ms, clock).error().kind,
            Kind::not_a_directory);
}

struct Message {
  const char* name;
  LockError error;
  std::chrono::milliseconds timeout;
  const char* directory;
  const char* expected;
};

TEST(LockError, IsDescribedInFull) {
  const Message messages[] = {
      {"absent",
       {.kind = Kind::absent},
       0ms,
       "/opt/app",
       R"(working directory "/opt/app" does not exist; create it, or add a git block to have it cloned)"},
      {"absent, with a tilde",
       {.kind = Kind::absent},
       0ms,
       "/etc/fluke/~/app",
       R"(working directory "/etc/fluke/~/app" does not exist; fluke does not expand "~": write the whole path)"},
      {"not created",
       {.kind = Kind::not_created, .error = EROFS},
       0ms,
       "/opt/app",
       R"(cannot create working directory "/opt/app": Read-only file system)"},
      {"not a directory",
       {.kind = Kind::not_a_directory},
       0ms,
       "/opt/app",
       R"(working directory "/opt/app" is not a directory; move it away or name another)"},
      {"held", {.kind = Kind::held}, 0ms, "/opt/app", R"(another process holds "/opt/app")"},
      {"held by a process that is known",
       {.kind = Kind::held, .holder = "4711 (fluke)"},
       0ms,
       "/opt/app",
       R"(process 4711 (fluke) holds "/opt/app")"},
      {"held, after waiting",
       {.kind = Kind::held},
       5s,
       "/opt/app",
       R"(another process holds "/opt/app"; waited 5s)"},
      {"held by the command of a killed fluke",
       {.kind = Kind::held,
        .orphan = process::Orphan{.pid = 4711, .command = "mise run apply", .age = 754s}},
       0ms,
       "/opt/app",
       R"(process 4711 (mise run apply), left by a fluke that was killed, has been running in "/opt/app" for 12m34s; let it finish, or end it with: kill -- -4711)"},
      {"held by a long command of a killed fluke, after waiting",
       {.kind = Kind::held,
        .orphan = process::Orphan{.pid = 4711, .command = "mise \x1b" + std::string(100, 'x')}},
       5s,
       "/opt/app",
       R"(process 4711 (mise \x1bxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...), left by a fluke that was killed, has been running in "/opt/app" for 0.00s; waited 5s; let it finish, or end it with: kill -- -4711)"},
      {"not opened",
       {.kind = Kind::not_opened, .error = EACCES},
       0ms,
       "/opt/app",
       R"(cannot open working directory "/opt/app": Permission denied)"},
      {"a file system without locks",
       {.kind = Kind::not_locked, .error = ENOLCK},
       0ms,
       "/opt/app",
       R"(cannot lock working directory "/opt/app": No locks available; its file system must support flock(2))"},
      {"interrupted",
       {.kind = Kind::interrupted},
       5s,
       "/opt/app",
       R"(interrupted while waiting for "/opt/app")"},
  };
  for (const Message& message : messages) {
    EXPECT_EQ(describe(message.error, message.directory, message.timeout), message.expected)
        << message.name;
  }
}

}  // namespace
}  // namespace reconcile
