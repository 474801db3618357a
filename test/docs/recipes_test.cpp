// What ARCHITECTURE.md and CONTRIBUTING.md lead a reader to is there.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
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

/// The sources that include something of lib/executor/TYPE and lie elsewhere.
std::set<std::string> includers_of(const std::string& type) {
  std::set<std::string> includers;
  for (const char* folder : {"lib", "cmd"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(source_root() / folder)) {
      const std::string path = entry.path().lexically_relative(source_root());
      if (entry.is_regular_file() && !path.starts_with("lib/executor/" + type + "/") &&
          support::read_file(entry.path()).find("\"executor/" + type + "/") != std::string::npos) {
        includers.insert(path);
      }
    }
  }
  return includers;
}

TEST(Recipes, KnowATypeInItsFolderAndInTheTableAlone) {
  const std::set<std::string> table = {"lib/executor/types.cpp"};
  EXPECT_EQ(includers_of("shell"), table);
  EXPECT_EQ(includers_of("systemd"), table);
  // fluke init writes manifests for mise, and nothing but mise knows the tasks of a directory.
  EXPECT_EQ(includers_of("mise"),
            std::set<std::string>({"cmd/fluke/init_command.cpp", "lib/executor/types.cpp",
                                   "lib/starter/task_choice.h"}));
}

}  // namespace
}  // namespace docs
