#include "reconcile/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>

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
