// Runs shell scripts under the real runner, in a temporary directory.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "process/posix_runner.h"
#include "support/temporary_directory.h"

/// Far more than any of these tests takes, far less than the sleeps in their scripts.
constexpr std::chrono::seconds soon{20};

class RunnerTest : public testing::Test {
 protected:
  /// A script for sh, in the test's directory; its parent ($PPID) is this process.
  [[nodiscard]] process::Command shell(std::string script) const;

  [[nodiscard]] process::Result run(const process::Command& command,
                                    std::chrono::milliseconds grace = std::chrono::seconds(60));

  /// What run() told the sink.
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

  /// The number in a file that a script wrote.
  [[nodiscard]] int number_in(const char* file) const;

  [[nodiscard]] bool exists(const char* file) const;

  support::TemporaryDirectory directory_;
  process::Cancellation cancellation_ = *process::Cancellation::create();
  std::vector<std::string> lines_;
};

/// Whether there is such a process and it is not a zombie.
[[nodiscard]] bool is_alive(int pid);
