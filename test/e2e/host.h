// A scratch host for end-to-end tests: a home of its own, real git and mise, and the built binary.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/program.h"
#include "support/temporary_directory.h"

namespace e2e {

/// Tasks that converge: check looks for the file `done`, apply makes it.
inline constexpr std::string_view converging_tasks = R"(
[tasks.check]
run = "test -f done"

[tasks.apply]
run = "touch done"
)";

class Host {
 public:
  Host();

  /// Runs `fluke ARGUMENTS…` in the host's root directory.
  [[nodiscard]] support::Ran fluke(std::vector<std::string> arguments) const;

  /// The same, to be changed before it runs.
  [[nodiscard]] support::Program fluke_program(std::vector<std::string> arguments) const;

  /// The same as a user who is not root, to whom the whole host is given: root may do everything.
  /// Nothing if that user cannot reach the binary or mise.
  [[nodiscard]] std::optional<support::Program> as_ordinary_user(support::Program program) const;

  /// Runs another program found on PATH; the test fails if that fails. Its standard output.
  std::string run(std::vector<std::string> arguments,
                  const std::filesystem::path& relative = ".") const;

  /// Writes a file below the root.
  std::filesystem::path write(const std::filesystem::path& relative, std::string_view text) const;
  [[nodiscard]] std::string read(const std::filesystem::path& relative) const;
  [[nodiscard]] bool exists(const std::filesystem::path& relative) const;

  /// Makes a directory with these tasks in its .mise.toml.
  void directory_with_tasks(const std::filesystem::path& relative, std::string_view tasks) const;

  /// Makes the bare repository `relative`, whose branch main holds these tasks.
  void repository_with_tasks(const std::filesystem::path& relative, std::string_view tasks) const;

  /// Commits `text` as `file` to branch `branch` of a repository; the new commit's object name.
  std::string commit(const std::filesystem::path& repository, const std::filesystem::path& file,
                     std::string_view text, std::string_view branch = "main") const;

  [[nodiscard]] const std::filesystem::path& root() const { return directory_.path(); }

  /// `text` with what differs from run to run replaced: durations by <time>, object names by
  /// <commit>, the root by <root>.
  [[nodiscard]] std::string normalised(std::string_view text) const;

  std::map<std::string, std::string> environment;

 private:
  support::TemporaryDirectory directory_;
};

}  // namespace e2e
