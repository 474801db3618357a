// One directory and the git commands that are run in it: each with the environment, the deadline
// and the masking of secrets that this library promises.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "git/environment.h"
#include "git/error.h"
#include "git/stale_lock.h"
#include "process/runner.h"
#include "text/secrets.h"

namespace git {

/// What all commands of one sync have in common.
struct Context {
  process::Runner& runner;
  std::filesystem::path program;
  /// Without the variables that tie git to a repository.
  process::Environment environment;
  std::optional<std::chrono::milliseconds> deadline;
  process::LineSink on_line;
  LockOrigin lock_origin = {};
  /// Where what was done besides is told; may be null.
  std::vector<std::string>* notes = nullptr;
  std::function<void(const std::string& commit)> on_head = {};
};

/// How a git command that ended by itself went.
struct Result {
  int status = 0;
  /// Standard output of a query, everything of another command.
  std::string output;
  /// What git had to say, masked.
  std::string messages;
};

class Repository {
 public:
  /// Enough for the names of a great many files in the way.
  static constexpr std::size_t kept_output = std::size_t{4} * 1024 * 1024;

  /// `directory` is absolute and holds no symbolic links.
  Repository(Context context, std::filesystem::path directory)
      : context_(std::move(context)), directory_(std::move(directory)) {}

  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
  [[nodiscard]] text::Secrets& secrets() { return secrets_; }
  [[nodiscard]] const process::Environment& environment() const { return context_.environment; }

  /// The same, one directory further in.
  [[nodiscard]] Repository within(const std::filesystem::path& subdirectory) const;

  /// Settings and variables that all commands from now on get.
  void use(Setting setting) { settings_.push_back(std::move(setting)); }
  void set_variable(std::string_view name, std::string_view value) {
    context_.environment.set(name, value);
  }

  /// Tells the operator of something that was done or seen, in a sentence.
  void note(std::string sentence) const {
    if (context_.notes != nullptr) {
      context_.notes->push_back(std::move(sentence));
    }
  }

  void tell_head(const std::string& commit) const {
    if (context_.on_head && !commit.empty()) {
      context_.on_head(commit);
    }
  }

  /// Removes the locks that a git which was killed here has left: one that is in nobody's way now
  /// would be in that of a later command, when nothing tells any more whose it is. Where all are
  /// gone, a fetch that was killed is over.
  void clear_locks() const;

  /// Runs a command that does something. Its lines are heard as they come. What a git that was
  /// killed has locked is cleared, where nobody can need it any more, and the command tried again.
  /// `input` is what it reads; `work` is done meanwhile, where it can be started.
  [[nodiscard]] tl::expected<Result, Error> run(
      const std::vector<std::string>& arguments, const std::string& input = {},
      const std::function<void()>& work = [] {});

  /// `git fetch`, with what every fetch of fluke's has and these arguments. It is noted meanwhile,
  /// for clear_locks() to see whether it was killed.
  [[nodiscard]] tl::expected<Result, Error> fetch(
      std::vector<std::string> arguments, const std::string& input = {},
      const std::function<void()>& work = [] {});

  /// Runs a command whose standard output answers a question; the first `keep_bytes` of it.
  [[nodiscard]] tl::expected<Result, Error> query(const std::vector<std::string>& arguments,
                                                  std::size_t keep_bytes = kept_output,
                                                  const std::string& input = {});

  /// A query that is expected to succeed: its output without the line ends behind it.
  [[nodiscard]] tl::expected<std::string, Error> ask(const std::vector<std::string>& arguments);

  /// The error for a command that ended by itself, but not well.
  [[nodiscard]] Error failure(std::string_view command, const Result& answer) const;

 private:
  [[nodiscard]] tl::expected<Result, Error> start(const std::vector<std::string>& arguments,
                                                  process::Streams streams,
                                                  const process::LineSink& on_line,
                                                  std::size_t keep_bytes, const std::string& input,
                                                  const std::function<void()>& work);
  [[nodiscard]] std::string masked(std::string_view text) const;

  Context context_;
  std::filesystem::path directory_;
  std::vector<Setting> settings_;
  text::Secrets secrets_;
};

}  // namespace git
