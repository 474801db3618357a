// Who is at work in a directory: one real process, looked for through several names of its place.
#include "process/proc.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "support/temporary_directory.h"

namespace fs = std::filesystem;

namespace {

/// A sleep at work in `directory`, for as long as this lives.
class Worker {
 public:
  explicit Worker(const fs::path& directory) : pid_(fork()) {
    if (pid_ == 0) {
      if (chdir(directory.c_str()) == 0) {
        execlp("sleep", "sleep", "60", nullptr);
      }
      _exit(127);
    }
    while (process::find_process_in(directory, "sleep") != pid_) {
      usleep(1000);
    }
  }
  ~Worker() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

class AtWork : public testing::Test {
 protected:
  AtWork() { fs::create_directory(directory_.path() / "site"); }

  support::TemporaryDirectory directory_;
};

TEST_F(AtWork, IsFoundFromADirectoryAbove) {
  const Worker worker(directory_.path() / "site");
  EXPECT_EQ(process::find_process_in(directory_.path(), "sleep"), worker.pid());
}

TEST_F(AtWork, IsFoundThroughASymbolicLink) {
  fs::create_directory_symlink(directory_.path() / "site", directory_.path() / "link");
  const Worker worker(directory_.path() / "site");
  EXPECT_EQ(process::find_process_in(directory_.path() / "link", "sleep"), worker.pid());
}

TEST_F(AtWork, IsNobodyInADirectoryBeside) {
  const Worker worker(directory_.path() / "site");
  fs::create_directory(directory_.path() / "sit");
  EXPECT_EQ(process::find_process_in(directory_.path() / "sit", "sleep"), std::nullopt);
}

TEST_F(AtWork, IsNobodyWithAnotherName) {
  const Worker worker(directory_.path() / "site");
  EXPECT_EQ(process::find_process_in(directory_.path() / "site", "git"), std::nullopt);
}

TEST_F(AtWork, IsNobodyWhereThereIsNoDirectory) {
  const Worker worker(directory_.path() / "site");
  EXPECT_EQ(process::find_process_in("", "sleep"), std::nullopt);
  EXPECT_EQ(process::find_process_in(directory_.path() / "gone", "sleep"), std::nullopt);
}

}  // namespace
