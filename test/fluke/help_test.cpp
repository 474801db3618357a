// Help on terminals of any width, and examples that are right.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <sstream>

#include "fluke/command_line.h"
#include "fluke/commands.h"
#include "support/golden.h"
#include "text/utf8.h"

namespace {

/// The help of a command (of fluke itself for "fluke") in a terminal of so many columns.
std::string help(const std::string& name, const std::string& columns) {
  setenv("COLUMNS", columns.c_str(), 1);
  std::string text = fluke::help_text(name);
  unsetenv("COLUMNS");
  return text;
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
  for (const fluke::Command& command : fluke::commands) {
    for (const std::size_t width : {50U, 64U, 80U, 100U, 200U}) {
      std::istringstream lines(help(std::string(command.name), std::to_string(width)));
      for (std::string line; std::getline(lines, line);) {
        // A single word that is too long stays whole.
        const bool is_one_word = line.find(' ', line.find_first_not_of(' ')) == std::string::npos;
        EXPECT_TRUE(is_one_word || text::display_width(line) <= width) << width << ": " << line;
      }
    }
  }
}

TEST(Help, HasExamplesThatFlukeUnderstands) {
  for (const fluke::Command& command : fluke::commands) {
    for (const fluke::Example& example : command.examples) {
      std::istringstream line{std::string(example.line)};
      const std::vector<std::string> words(std::istream_iterator<std::string>(line), {});
      if (command.name == "completion") {
        // Its examples are lines for a shell.
        continue;
      }
      ASSERT_GT(words.size(), 1U);
      EXPECT_EQ(words[1], command.name);
      std::vector<const char*> argv;
      std::ranges::transform(words, std::back_inserter(argv), &std::string::c_str);
      const auto parsed = fluke::parse_command_line(static_cast<int>(argv.size()), argv.data());
      EXPECT_TRUE(parsed) << example.line << ": " << parsed.error().message;
    }
  }
}

}  // namespace
