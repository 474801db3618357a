#include "docs/program.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>

namespace docs {

std::filesystem::path source_root() {
  return std::filesystem::path(FLUKE_TEST_DIR).parent_path();
}

support::Ran run(std::vector<std::string> arguments, const std::filesystem::path& directory,
                 std::string input) {
  const char* path = std::getenv("PATH");
  const std::string binaries = std::filesystem::path(FLUKE_BINARY).parent_path();
  arguments.insert(arguments.begin(), "/usr/bin/env");
  return support::run({.arguments = std::move(arguments),
                       .directory = directory,
                       .environment = {{"HOME", directory},
                                       {"LC_ALL", "C.UTF-8"},
                                       {"PATH", binaries + ":" + (path != nullptr ? path : "")},
                                       {"TERM", "dumb"}},
                       .input = std::move(input),
                       .closed = {}});
}

bool is_on_path(const std::string& program) {
  return run({"sh", "-c", "command -v " + program}, "/").status == 0;
}

const std::vector<std::string>& subcommands() {
  static const std::vector<std::string> names = {"check", "completion", "doctor", "fmt",     "help",
                                                 "init",  "list",       "run",    "validate"};
  return names;
}

std::string help(const std::string& subcommand) {
  const support::Ran ran =
      subcommand.empty() ? run({"fluke", "--help"}, "/") : run({"fluke", "help", subcommand}, "/");
  EXPECT_EQ(ran.status, 0) << ran.err;
  return ran.out;
}

std::set<std::string> options_in(const std::string& help_text) {
  const std::vector<std::string> found = all_matches(help_text, "^ +(?:-\\w, *)?(--[a-z-]+)");
  return {found.begin(), found.end()};
}

std::vector<std::string> all_matches(const std::string& text, const std::string& expression) {
  const std::regex regex(expression, std::regex::ECMAScript | std::regex::multiline);
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
    found.push_back((*match)[1]);
  }
  return found;
}

}  // namespace docs
