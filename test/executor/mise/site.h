// A directory with mise tasks, and the real mise with a home of its own. Without a mise on PATH
// the tests that use it fail.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "executor/mise/client.h"
#include "process/posix_runner.h"
#include "support/temporary_directory.h"

class MiseSite : public testing::Test {
 protected:
  MiseSite();

  /// Writes a file of the site; a script can be executed.
  void write(const std::filesystem::path& file, std::string_view text);
  void write_script(const std::filesystem::path& file, std::string_view text);

  /// Writes a file in the home directory.
  void write_at_home(const std::filesystem::path& file, std::string_view text);

  [[nodiscard]] mise::Client client();

  /// The site, which is trusted.
  [[nodiscard]] mise::Place place() const { return {.directory = site_, .trusted = {site_}}; }

  /// The tasks, as "NAME" or "NAME (ALIAS) (ALIAS)"; the message and mise's own words if it fails.
  [[nodiscard]] std::string listed();

  /// `mise run task` there.
  process::Result run(std::string_view task,
                      const std::vector<std::pair<std::string, std::string>>& variables = {});

  /// The lines of the task's own, without those with which mise announces it.
  [[nodiscard]] std::string printed_by(
      std::string_view task,
      const std::vector<std::pair<std::string, std::string>>& variables = {});

  [[nodiscard]] bool trust_store_is_empty() const;

  support::TemporaryDirectory root_;
  std::filesystem::path home_ = root_.path() / "home";
  std::filesystem::path site_ = root_.path() / "site";
  process::Environment environment_;
  std::filesystem::path program_;
  process::Cancellation cancellation_ = *process::Cancellation::create();
  process::PosixRunner runner_{cancellation_, std::chrono::seconds(60)};
};
