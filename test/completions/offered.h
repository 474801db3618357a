// Presses Tab in the real bash, zsh and fish, and reads what they offer.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/program.h"
#include "support/temporary_directory.h"

namespace completions {

/// A directory to type in, with the built fluke on PATH and nothing of the user's configuration.
class Prompt {
 public:
  /// `shell` is "bash", "zsh" or "fish".
  explicit Prompt(std::string shell) : shell_(std::move(shell)) {}

  /// Writes a file into the directory.
  void write(const std::filesystem::path& relative, std::string_view text) const;

  /// What the shell offers for the word at the end of `line`, sorted. The part of the word up to
  /// its last "=", and an "=" behind what is offered, are left out: shells differ in them.
  [[nodiscard]] std::vector<std::string> offered(std::string_view line) const;

  /// What the shell makes of each line when Tab has been pressed behind it on a real terminal: the
  /// last word, as a command would get it.
  [[nodiscard]] std::vector<std::string> typed(const std::vector<std::string>& lines) const;

  /// Runs a program found on PATH.
  [[nodiscard]] support::Ran run(std::vector<std::string> arguments) const;

 private:
  std::string shell_;
  support::TemporaryDirectory directory_;
};

/// The completion script of a shell, as it lies in the source tree.
[[nodiscard]] std::filesystem::path script_of(std::string_view shell);

}  // namespace completions
