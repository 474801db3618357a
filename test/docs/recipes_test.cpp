// What ARCHITECTURE.md and CONTRIBUTING.md lead a reader to is there.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "docs/program.h"
#include "support/temporary_directory.h"

namespace docs {
namespace {

TEST(Recipes, LeadToFilesThatExist) {
  for (const char* document : {"ARCHITECTURE.md", "CONTRIBUTING.md"}) {
    const std::string text = support::read_file(source_root() / document);
    const auto paths = all_matches(text, "`((?:cmd|lib|man|test|completions)/[A-Za-z0-9_./-]+)`");
    EXPECT_GT(paths.size(), 5U) << document;
    for (const std::string& path : paths) {
      // NAME stands for what somebody is about to add.
      EXPECT_TRUE(path.find("NAME") != std::string::npos ||
                  std::filesystem::exists(source_root() / path))
          << document << " names " << path;
    }
  }
}

}  // namespace
}  // namespace docs
