#include "completions/offered.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "docs/program.h"

namespace completions {
namespace {

std::vector<std::string> capture_command(const std::string& shell, std::string_view line) {
  const std::string driver = docs::source_root() / "test/completions" / ("capture." + shell);
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
  const std::filesystem::path folder = docs::source_root() / "completions";
  return folder / (shell == "zsh" ? "_fluke" : "fluke." + std::string(shell));
}

void Prompt::write(const std::filesystem::path& relative, std::string_view text) const {
  directory_.write(relative, text);
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

std::vector<std::string> Prompt::typed(const std::vector<std::string>& lines) const {
  const std::filesystem::path script = script_of(shell_);
  std::vector<std::string> arguments = {"/usr/bin/python3",
                                        docs::source_root() / "test/completions/typed.py", shell_,
                                        shell_ == "zsh" ? script.parent_path() : script};
  arguments.insert(arguments.end(), lines.begin(), lines.end());
  const support::Ran ran = run(std::move(arguments));
  EXPECT_EQ(ran.status, 0) << ran.err;
  std::vector<std::string> words;
  std::istringstream answers(ran.out);
  for (std::string answer; std::getline(answers, answer);) {
    words.push_back(nlohmann::json::parse(answer).back());
  }
  return words;
}

support::Ran Prompt::run(std::vector<std::string> arguments) const {
  return docs::run(std::move(arguments), directory_.path());
}

}  // namespace completions
