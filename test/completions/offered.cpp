#include "completions/offered.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace completions {
namespace {

const std::filesystem::path test_dir = FLUKE_TEST_DIR;

std::vector<std::string> capture_command(const std::string& shell, std::string_view line) {
  const std::string driver = test_dir / "completions" / ("capture." + shell);
  const std::filesystem::path script = script_of(shell);
  if (shell == "zsh") {
    return {"zsh", "-f", driver, script.parent_path(), std::string(line)};
  }
  return {shell, shell == "bash" ? "--norc" : "--no-config", driver, script, std::string(line)};
}

std::string without_marks(std::string word, std::string_view typed_before) {
  if (word.starts_with(typed_before)) {
    word.erase(0, typed_before.size());
  }
  if (word.ends_with('=')) {
    word.pop_back();
  }
  return word;
}

}  // namespace

std::filesystem::path script_of(std::string_view shell) {
  const std::filesystem::path folder = test_dir.parent_path() / "completions";
  return folder / (shell == "zsh" ? "_fluke" : "fluke." + std::string(shell));
}

Prompt::Prompt(std::string shell) : shell_(std::move(shell)) {
  std::filesystem::create_directory(root_.path() / "home");
  std::filesystem::create_directory(root_.path() / "here");
}

bool Prompt::shell_is_installed() const {
  return run({"sh", "-c", "command -v " + shell_}).status == 0;
}

void Prompt::write(const std::filesystem::path& relative, std::string_view text) const {
  root_.write("here" / relative, text);
}

std::vector<std::string> Prompt::offered(std::string_view line) const {
  const support::Ran ran = run(capture_command(shell_, line));
  EXPECT_EQ(ran.err, "") << shell_ << " on: " << line;
  const std::string_view word = line.substr(line.rfind(' ') + 1);
  const std::string_view typed_before = word.substr(0, word.rfind('=') + 1);
  std::vector<std::string> words;
  std::istringstream lines(ran.out);
  for (std::string offer; std::getline(lines, offer);) {
    if (!offer.empty()) {
      words.push_back(without_marks(offer, typed_before));
    }
  }
  std::ranges::sort(words);
  return words;
}

support::Ran Prompt::run(std::vector<std::string> arguments) const {
  const char* path = std::getenv("PATH");
  const std::string binaries = std::filesystem::path(FLUKE_BINARY).parent_path();
  arguments.insert(arguments.begin(), "/usr/bin/env");
  return support::run({.arguments = std::move(arguments),
                       .directory = root_.path() / "here",
                       .environment = {{"HOME", root_.path() / "home"},
                                       {"LC_ALL", "C.UTF-8"},
                                       {"PATH", binaries + ":" + (path != nullptr ? path : "")},
                                       {"TERM", "dumb"},
                                       {"TMPDIR", root_.path()}},
                       .input = "",
                       .closed = {}});
}

}  // namespace completions
