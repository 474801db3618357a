#include "support/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <vector>

#include "support/temporary_directory.h"

namespace support {
namespace {

constexpr std::string_view case_mark = "=== ";
constexpr std::string_view expected_mark = "--- expected";

struct Case {
  std::string name;
  std::string input;
  std::optional<std::string> expected;
};

struct GoldenFile {
  std::string comment;
  std::vector<Case> cases;
};

std::filesystem::path golden_path(const std::filesystem::path& relative) {
  return std::filesystem::path(FLUKE_TEST_DIR) / "golden" / relative;
}

/// Whether a line, without the backslashes before it, could be taken for a mark.
bool looks_like_mark(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of('\\'), line.size()));
  return line.starts_with(case_mark) || line.starts_with("--- ");
}

std::string_view without_backslash(std::string_view line) {
  return line.starts_with('\\') && looks_like_mark(line) ? line.substr(1) : line;
}

void trim(std::string& text) {
  text.erase(text.find_last_not_of('\n') + 1);
  if (!text.empty()) {
    text += '\n';
  }
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

GoldenFile parse(std::string_view text) {
  GoldenFile golden;
  std::string* part = &golden.comment;
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with(case_mark)) {
      golden.cases.emplace_back().name = line.substr(case_mark.size());
      part = &golden.cases.back().input;
    } else if (line == expected_mark && !golden.cases.empty()) {
      part = &golden.cases.back().expected.emplace();
    } else {
      *part += without_backslash(line);
      *part += '\n';
    }
  }
  for (Case& one : golden.cases) {
    trim(one.input);
    if (one.expected) {
      trim(*one.expected);
    }
  }
  return golden;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const std::string_view line : lines_of(text)) {
    out += looks_like_mark(line) ? "\\" : "";
    out += line;
    out += '\n';
  }
}

std::string print(const GoldenFile& golden) {
  std::string out = golden.comment;
  for (const Case& one : golden.cases) {
    if (&one != &golden.cases.front()) {
      out += '\n';
    }
    out += case_mark;
    out += one.name + '\n';
    append_escaped(out, one.input);
    out += expected_mark;
    out += '\n';
    append_escaped(out, one.expected.value_or(""));
  }
  return out;
}

bool updating() {
  const char* value = std::getenv("FLUKE_UPDATE_GOLDEN");
  return value != nullptr && std::string_view(value) == "1";
}

void fail(const support::SourceLocation& where, const std::string& message) {
  ADD_FAILURE_AT(where.file_name(), where.line()) << message;
}

}  // namespace

void check_golden(const std::filesystem::path& file,
                  const std::function<std::string(std::string_view input)>& produce,
                  support::SourceLocation where) {
  const std::filesystem::path path = golden_path(file);
  const std::string text = read_file(path);
  GoldenFile golden = parse(text);
  if (golden.cases.empty()) {
    fail(where, path.string() + " holds no case");
    return;
  }
  std::set<std::string> names;
  for (Case& one : golden.cases) {
    if (!names.insert(one.name).second) {
      fail(where, path.string() + " holds two cases \"" + one.name + '"');
    }
    std::string produced = produce(one.input);
    trim(produced);
    if (updating()) {
      one.expected = std::move(produced);
    } else if (one.expected != produced) {
      fail(where, path.string() + ": " + one.name + "\n--- expected\n" +
                      one.expected.value_or("(nothing: the case has no expected part)\n") +
                      "--- got\n" + produced);
    }
  }
  if (updating() && print(golden) != text) {
    std::ofstream(path, std::ios::binary) << print(golden);
  }
}

std::set<std::string> kinds_in_golden(const std::filesystem::path& folder) {
  std::set<std::string> kinds;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(golden_path(folder))) {
    if (entry.path().extension() != ".txt") {
      continue;
    }
    const GoldenFile golden = parse(read_file(entry.path()));
    for (const Case& one : golden.cases) {
      const std::string expected = one.expected.value_or("");
      for (const std::string_view line : lines_of(expected)) {
        if (line.starts_with("# ") && line.find(' ', 2) == std::string_view::npos) {
          kinds.emplace(line.substr(2));
        }
      }
    }
  }
  return kinds;
}

}  // namespace support
