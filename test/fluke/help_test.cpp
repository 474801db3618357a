// Help on terminals of any width, and examples that are right.
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "fluke/command_info.h"
#include "fluke/options.h"
#include "support/golden.h"
#include "text/utf8.h"

namespace {

std::variant<fluke::Options, fluke::Text, fluke::UsageError> parse(
    const std::vector<std::string>& words) {
  std::vector<const char*> argv;
  for (const std::string& word : words) {
    argv.push_back(word.c_str());
  }
  return fluke::parse_options(static_cast<int>(argv.size()), argv.data());
}

/// The help of a command (of fluke itself for "fluke") in a terminal of so many columns.
std::string help(const std::string& command, const std::string& columns) {
  setenv("COLUMNS", columns.c_str(), 1);
  std::vector<std::string> words = {"fluke", "help"};
  if (command != "fluke") {
    words.push_back(command);
  }
  const auto parsed = parse(words);
  unsetenv("COLUMNS");
  return std::get<fluke::Text>(parsed).text;
}

TEST(Help, IsLaidOutForTheTerminal) {
  support::check_golden("fluke/help.txt", [](std::string_view input) {
    std::istringstream words{std::string(input)};
    std::string command;
    std::string columns;
    words >> command >> columns;
    return help(command, columns);
  });
}

TEST(Help, FitsTerminalsOfAnyUsualWidth) {
  for (const fluke::CommandInfo& info : fluke::command_infos) {
    for (const std::size_t width : {50U, 64U, 80U, 100U, 200U}) {
      std::istringstream lines(help(std::string(info.name), std::to_string(width)));
      for (std::string line; std::getline(lines, line);) {
        // A single word that is too long stays whole.
        const bool is_one_word = line.find(' ', line.find_first_not_of(' ')) == std::string::npos;
        EXPECT_TRUE(is_one_word || text::display_width(line) <= width) << width << ": " << line;
      }
    }
  }
}

TEST(Help, HasExamplesThatFlukeUnderstands) {
  for (const fluke::CommandInfo& info : fluke::command_infos) {
    for (const fluke::Example& example : info.examples) {
      std::istringstream line{std::string(example.line)};
      std::vector<std::string> words;
      for (std::string word; line >> word;) {
        words.push_back(word);
      }
      if (info.name == "completion") {
        // Its examples are lines for a shell.
        continue;
      }
      ASSERT_GT(words.size(), 1U);
      EXPECT_EQ(words[1], info.name);
      const auto parsed = parse(words);
      const auto* error = std::get_if<fluke::UsageError>(&parsed);
      EXPECT_EQ(error, nullptr) << example.line << ": " << error->message;
    }
  }
}

}  // namespace
