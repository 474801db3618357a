// Holds the manual page to the schema, and its examples to the decoder.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "manifest/schema.h"
#include "manifest_dump.h"
#include "support/temporary_directory.h"

namespace manifest {
namespace {

std::string manual() {
  return support::read_file(std::filesystem::path(FLUKE_TEST_DIR) / "../man/fluke-manifest.5");
}

/// The displays of the page, as a reader sees them.
std::vector<std::string> displays(const std::string& page) {
  constexpr std::string_view opening = ".Bd -literal -offset indent\n";
  std::vector<std::string> found;
  for (std::size_t at = page.find(opening); at != std::string::npos;
       at = page.find(opening, at + 1)) {
    const std::size_t begin = at + opening.size();
    found.push_back(page.substr(begin, page.find(".Ed\n", begin) - begin));
  }
  return found;
}

/// "mise.working_dir", "mise.git", "mise.git.url" and so on.
void collect_schema(const BlockSchema& schema, const std::string& path,
                    std::set<std::string>& names) {
  for (const AttributeSchema& attribute : schema.attributes) {
    names.insert(path + std::string(attribute.name));
  }
  for (const BlockSchema& block : schema.blocks) {
    if (!path.empty()) {
      names.insert(path + std::string(block.type));
    }
    collect_schema(block, path + std::string(block.type) + ".", names);
  }
}

/// What the page lists, an item an attribute, below the title of each block.
std::set<std::string> documented(const std::string& page) {
  std::set<std::string> names;
  std::string path;
  const std::regex line(R"((?:\.Ss The (\w+) block|\.It Ic (\w+) .*|\.S[hs] .*))");
  for (std::sregex_iterator at(page.begin(), page.end(), line), end; at != end; ++at) {
    if ((*at)[1].matched) {
      path = (*at)[1] == "git" ? "mise.git." : (*at)[1].str() + ".";
    } else if ((*at)[2].matched) {
      names.insert(path + (*at)[2].str());
    } else {
      path.clear();
    }
  }
  return names;
}

TEST(Manual, ListsEveryAttributeAndBlockOfTheSchemaAndNoOther) {
  std::set<std::string> schema;
  collect_schema(manifest_schema(), "", schema);
  EXPECT_EQ(documented(manual()), schema);
}

TEST(Manual, HasATitleForEveryBlock) {
  const std::string page = manual();
  for (const BlockSchema& block : manifest_schema().blocks) {
    EXPECT_NE(page.find(fmt::format(".Ss The {} block\n", block.type)), std::string::npos)
        << block.type;
  }
}

TEST(Manual, ShowsExamplesThatDecode) {
  std::string decoded_examples;
  for (const std::string& example : displays(manual())) {
    decoded_examples += decoded(example) + "\n";
  }
  EXPECT_EQ(decoded_examples, R"(deploy in /opt/app

deploy in /opt/app git=https://github.com/taiidani/fluke.git branch=main

database in /opt/database timeout=10m
app in /opt/app check="fluke-check" apply="fluke-apply" NODE_ENV="test" settle=1m after=database
metrics in /opt/metrics disabled

)");
}

}  // namespace
}  // namespace manifest
