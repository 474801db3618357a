#include "table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>

namespace calling {
namespace {

constexpr std::string_view arrow = " →";
constexpr std::string_view section_mark = "# ";

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::optional<Row> parse_row(const std::string& line, int number) {
  if (line.empty() || line.starts_with('#')) {
    return std::nullopt;
  }
  const std::size_t at = line.rfind(arrow);
  if (at == std::string::npos) {
    return Row{.call = line, .result = {}, .line = number};
  }
  std::string result = line.substr(at + arrow.size());
  result.erase(0, result.starts_with(' ') ? 1 : 0);
  return Row{.call = line.substr(0, at), .result = std::move(result), .line = number};
}

}  // namespace

std::vector<std::filesystem::path> tables() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(FLUKE_TEST_DIR) / "golden/hcl/functions")) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::vector<Row> read_table(const std::filesystem::path& file) {
  std::vector<Row> rows;
  int number = 0;
  for (const std::string& line : lines_of(file)) {
    if (auto row = parse_row(line, ++number)) {
      rows.push_back(std::move(*row));
    }
  }
  return rows;
}

std::vector<std::string> sections() {
  std::vector<std::string> names;
  for (const std::filesystem::path& file : tables()) {
    for (const std::string& line : lines_of(file)) {
      if (line.starts_with(section_mark)) {
        names.push_back(line.substr(section_mark.size()));
      }
    }
  }
  std::ranges::sort(names);
  return names;
}

void check_table(const std::filesystem::path& file,
                 const std::function<std::string(std::string_view call)>& call) {
  const bool updates = std::getenv("FLUKE_UPDATE_GOLDEN") != nullptr;
  std::string updated;
  int number = 0;
  for (const std::string& line : lines_of(file)) {
    const std::optional<Row> row = parse_row(line, ++number);
    if (!row) {
      updated += line + "\n";
      continue;
    }
    const std::string result = call(row->call);
    updated += row->call + std::string(arrow) + " " + result + "\n";
    if (!updates) {
      EXPECT_EQ(result, row->result) << file << ":" << row->line << ": " << row->call;
    }
  }
  if (updates) {
    std::ofstream(file) << updated;
  }
}

}  // namespace calling
