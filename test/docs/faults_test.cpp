// The table of faults names tests, and a table that names what nobody runs would promise in vain.
#include <gtest/gtest.h>

#include <fstream>

#include "docs/program.h"
#include "support/temporary_directory.h"

namespace docs {
namespace {

struct Row {
  std::string text;
  std::vector<std::string> cells;
};

/// A row is "| cell | cell |"; a bar within a cell is written "\|".
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '|' && line[i - 1] != '\\') {
      cells.emplace_back();
    } else {
      cells.back() += line[i];
    }
  }
  cells.pop_back();
  return cells;
}

/// The rows below the heads of all tables.
std::vector<Row> rows_of(const std::filesystem::path& file) {
  std::vector<Row> rows;
  std::ifstream stream(file);
  bool in_body = false;
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with('|')) {
      in_body = false;
    } else if (line.starts_with("|---")) {
      in_body = true;
    } else if (in_body) {
      rows.push_back({line, cells_of(line)});
    }
  }
  return rows;
}

/// "Suite.Name" of each test that the sources below test/ define.
std::set<std::string> defined_tests() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_root() / "test")) {
    if (entry.path().extension() != ".cpp") {
      continue;
    }
    const std::string source = support::read_file(entry.path());
    for (std::string name : all_matches(source, R"(^TEST(?:_F|_P)?\((\w+, *\w+)\))")) {
      name.replace(name.find(','), name.find_last_of(", ") + 1 - name.find(','), ".");
      names.insert(name);
    }
  }
  return names;
}

TEST(Faults, EachNamesATestThatExists) {
  const std::set<std::string> tests = defined_tests();
  ASSERT_TRUE(tests.contains("Faults.EachNamesATestThatExists"));
  const std::vector<Row> rows = rows_of(source_root() / "test/FAULTS.md");
  EXPECT_GT(rows.size(), 20U);
  for (const Row& row : rows) {
    ASSERT_EQ(row.cells.size(), 3U) << row.text;
    const std::vector<std::string> names = all_matches(row.cells[2], "`([^`]+)`");
    EXPECT_FALSE(names.empty()) << row.text;
    for (const std::string& name : names) {
      EXPECT_TRUE(tests.contains(name)) << "no test " << name << " for" << row.cells[0];
    }
  }
}

TEST(Faults, EachIsToldOnce) {
  std::set<std::string> faults;
  for (const Row& row : rows_of(source_root() / "test/FAULTS.md")) {
    EXPECT_TRUE(faults.insert(row.cells.front()).second) << row.text;
  }
}

}  // namespace
}  // namespace docs
