// What the next fluke learns from the pid file of one that was killed.
#include "process/pid_file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>
#include <thread>

#include "process/posix_runner.h"
#include "process/proc.h"
#include "process/runner_fixture.h"
#include "support/temporary_directory.h"

namespace fs = std::filesystem;
using process::PidFile;
using process::PidFiles;

namespace {

/// A directory that commands work in, and a place for its pid file.
class PidFileTest : public testing::Test {
 protected:
  PidFileTest() {
    fs::create_directory(site());
    stat(site().c_str(), &status_);
  }

  [[nodiscard]] fs::path site() const { return scratch_.path() / "site"; }
  [[nodiscard]] fs::path place() const { return scratch_.path() / "run"; }
  [[nodiscard]] PidFiles files() const { return PidFiles({place()}); }

  /// The only pid file; it must be there.
  [[nodiscard]] fs::path file() const {
    EXPECT_FALSE(fs::is_empty(place()));
    return fs::directory_iterator(place())->path();
  }

  /// What a fluke writes that notes the process `pid`, and is then killed.
  [[nodiscard]] std::string record_of(pid_t pid) const {
    const PidFiles files = this->files();
    auto locked = files.lock(status_);
    locked->front().starting("/usr/bin/sleep");
    locked->front().started(pid);
    return support::read_file(file());
  }

  void write(const std::string& record) const {
    const PidFiles files = this->files();
    const std::optional<std::vector<PidFile>> made = files.lock(status_);
    scratch_.write(file(), record);
  }

  [[nodiscard]] std::optional<process::Orphan> find_orphan() const {
    const PidFiles files = this->files();
    return files.lock(status_).value().front().find_orphan(site());
  }

  support::TemporaryDirectory scratch_;
  struct stat status_ {};
};

/// `sleep` in `directory`, until this goes.
class Sleep {
 public:
  explicit Sleep(const fs::path& directory) : pid_(fork()) {
    if (pid_ == 0) {
      if (chdir(directory.c_str()) == 0) {
        execlp("sleep", "sleep", "60", nullptr);
      }
      _exit(127);
    }
    while (process::read_stat(pid_)->name != "sleep") {
      usleep(1000);
    }
  }
  Sleep(const Sleep&) = delete;
  Sleep& operator=(const Sleep&) = delete;
  ~Sleep() { end(); }

  [[nodiscard]] pid_t pid() const { return pid_; }
  void end() const {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

 private:
  pid_t pid_;
};

TEST_F(PidFileTest, TellsOfACommandThatOutlivesAFlukeThatIsKilled) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const pid_t fluke = fork();
  if (fluke == 0) {
    auto cancellation = process::Cancellation::create();
    process::PosixRunner runner(*cancellation);
    const PidFiles files = this->files();
    auto locked = files.lock(status_);
    runner.set_pid_file(&locked->front());
    static_cast<void>(runner.run(
        {.program = "/bin/sh", .arguments = {"-c", "echo; sleep 300; :"}, .working_dir = site()},
        [](std::string_view) { kill(getpid(), SIGKILL); }));
    _exit(0);
  }
  waitpid(fluke, nullptr, 0);
  const auto orphan = find_orphan();
  ASSERT_TRUE(orphan);
  EXPECT_EQ(orphan->command, "sh -c echo; sleep 300; :");
  EXPECT_LT(orphan->age, soon);
  kill(-orphan->pid, SIGKILL);
  waitpid(orphan->pid, nullptr, 0);
  EXPECT_FALSE(find_orphan());
}

TEST_F(PidFileTest, KeepsTheCommandThatOthersRunBeside) {
  auto cancellation = process::Cancellation::create();
  process::PosixRunner runner(*cancellation);
  const PidFiles files = this->files();
  auto locked = files.lock(status_);
  runner.set_pid_file(&locked->front());
  static_cast<void>(runner.run_beside({.program = "/bin/true", .working_dir = site()}, {}, [&] {
    const std::string noted = support::read_file(file());
    EXPECT_NE(noted, "");
    static_cast<void>(runner.run({.program = "/bin/false", .working_dir = site()}, {}));
    EXPECT_EQ(support::read_file(file()), noted);
  }));
  EXPECT_EQ(support::read_file(file()), "");
}

TEST_F(PidFileTest, IsEmptyBetweenCommandsAndAtTheEnd) {
  auto cancellation = process::Cancellation::create();
  process::PosixRunner runner(*cancellation);
  const PidFiles files = this->files();
  {
    auto locked = files.lock(status_);
    runner.set_pid_file(&locked->front());
    static_cast<void>(runner.run({.program = "/bin/true", .working_dir = site()}, {}));
    EXPECT_EQ(support::read_file(file()), "");
    static_cast<void>(runner.run({.program = "/no/such", .working_dir = site()}, {}));
    EXPECT_EQ(support::read_file(file()), "");
  }
  EXPECT_EQ(support::read_file(file()), "");
}

TEST_F(PidFileTest, IsLockedByOneAtATime) {
  const PidFiles files = this->files();
  auto first = files.lock(status_);
  EXPECT_TRUE(first);
  EXPECT_FALSE(files.lock(status_));
  first.reset();
  EXPECT_TRUE(files.lock(status_));
}

TEST_F(PidFileTest, TellsOfACommandThatWasOnlyBeingStarted) {
  std::optional<Sleep> sleep(site());
  std::string record = record_of(sleep->pid());
  const std::size_t since = record.find(' ', record.find(' ') + 1);
  write("0 0" + record.substr(since));
  const auto orphan = find_orphan();
  ASSERT_TRUE(orphan);
  EXPECT_EQ(orphan->pid, sleep->pid());
  sleep.reset();
  EXPECT_FALSE(find_orphan());
}

TEST_F(PidFileTest, DoesNotTakeAnotherProcessForTheOneOfTheSameNumber) {
  const Sleep sleep(site());
  std::string record = record_of(sleep.pid());
  write(record);
  ASSERT_TRUE(find_orphan());
  record.insert(record.find(' ') + 1, "1");
  write(record);
  EXPECT_FALSE(find_orphan());
}

TEST_F(PidFileTest, ThatIsNotWholeTellsNothing) {
  const Sleep sleep(site());
  const std::string record = record_of(sleep.pid());
  for (std::size_t size = 0; size < record.size(); ++size) {
    write(record.substr(0, size));
    EXPECT_FALSE(find_orphan()) << size;
  }
  for (const std::string& text : {std::string("nonsense\n"), std::string(5000, '1'), "x" + record,
                                  std::string(4, '\0') + record}) {
    write(text);
    EXPECT_FALSE(find_orphan()) << text;
  }
}

TEST_F(PidFileTest, OfAnotherPidNamespaceTellsNothing) {
  const Sleep sleep(site());
  std::string record = record_of(sleep.pid());
  record.insert(record.rfind(' '), "1");
  write(record);
  EXPECT_FALSE(find_orphan());
}

TEST_F(PidFileTest, IsEmptiedOnceTheCommandInItIsOver) {
  write([this] {
    const Sleep sleep(site());
    return record_of(sleep.pid());
  }());
  EXPECT_FALSE(find_orphan());
  EXPECT_EQ(support::read_file(file()), "");
}

TEST_F(PidFileTest, IsLookedForInEveryPlaceAndMadeInTheFirst) {
  const Sleep sleep(site());
  write(record_of(sleep.pid()));
  const PidFiles files({scratch_.path() / "better", place(), scratch_.path() / "absent"});
  auto locked = files.lock(status_);
  ASSERT_EQ(locked->size(), 2U);
  EXPECT_FALSE(locked->front().find_orphan(site()));
  EXPECT_TRUE(locked->back().find_orphan(site()));
  EXPECT_FALSE(fs::is_empty(scratch_.path() / "better"));
  EXPECT_FALSE(fs::exists(scratch_.path() / "absent"));
}

TEST_F(PidFileTest, IsNotPutWhereOthersMayWriteOrWhereALinkLeads) {
  fs::create_directory(scratch_.path() / "open");
  fs::permissions(scratch_.path() / "open", fs::perms(0777));
  fs::create_directory(scratch_.path() / "target");
  fs::create_directory_symlink("target", scratch_.path() / "link");
  scratch_.write("file", "");
  const PidFiles files({scratch_.path() / "open", scratch_.path() / "link",
                        scratch_.path() / "file", scratch_.path() / "absent/deeper", place()});
  EXPECT_EQ(files.lock(status_)->size(), 1U);
  EXPECT_TRUE(fs::exists(place()));
  EXPECT_EQ(fs::status(place()).permissions(), fs::perms(0700));
  EXPECT_TRUE(fs::is_empty(scratch_.path() / "open"));
  EXPECT_TRUE(fs::is_empty(scratch_.path() / "target"));
}

TEST_F(PidFileTest, IsNotPutInTheDirectoryOfAnotherUser) {
  if (geteuid() != 0) {
    GTEST_SKIP() << "needs root";
  }
  fs::create_directory(place());
  ASSERT_EQ(chown(place().c_str(), 65534, 65534), 0);
  EXPECT_TRUE(files().lock(status_)->empty());
  EXPECT_TRUE(fs::is_empty(place()));
}

TEST_F(PidFileTest, IsNoLinkThatLeadsElsewhere) {
  static_cast<void>(record_of(getpid()));
  const fs::path name = file();
  fs::remove(name);
  scratch_.write("precious", "kept");
  fs::create_symlink(scratch_.path() / "precious", name);
  const PidFiles files = this->files();
  files.lock(status_)->front().starting("/usr/bin/git");
  EXPECT_EQ(support::read_file(scratch_.path() / "precious"), "kept");
}

TEST_F(PidFileTest, IsDoneWithoutWhereThereIsNoPlace) {
  const PidFiles files({"/proc/self/no/such"});
  EXPECT_TRUE(files.lock(status_)->empty());
  PidFile none;
  none.starting("/usr/bin/git");
  none.started(getpid());
  EXPECT_FALSE(none.find_orphan(site()));
  none.ended();
}

TEST(PidFiles, LieInTheRuntimeDirectoryOfTheUser) {
  if (geteuid() == 0) {
    GTEST_SKIP() << "root has /run/fluke";
  }
  const support::TemporaryDirectory runtime;
  process::Environment environment;
  environment.set("XDG_RUNTIME_DIR", runtime.path().native());
  const PidFiles files(environment);
  EXPECT_TRUE(fs::exists(runtime.path() / "fluke"));
}

}  // namespace
