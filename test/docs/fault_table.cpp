#include "docs/fault_table.h"

#include <algorithm>
#include <regex>
#include <sstream>

#include "docs/program.h"
#include "support/temporary_directory.h"

namespace docs {
namespace {

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

std::vector<ShowingTest> tests_in(const std::string& cell) {
  static const std::regex test("`([^`]+)`( \\(needs [^)]+\\))?");
  std::vector<ShowingTest> tests;
  for (std::sregex_iterator it(cell.begin(), cell.end(), test), end; it != end; ++it) {
    tests.push_back({.name = it->str(1), .may_be_skipped = (*it)[2].matched});
  }
  return tests;
}

Fault parse_fault(const std::string& line) {
  const std::vector<std::string> cells = cells_of(line);
  return {.line = line,
          .cells = cells.size(),
          .name = cells.front(),
          .shown_by = tests_in(cells.back())};
}

/// "Suite.Name" of "Values/Suite.Name/value".
std::string without_parameter(const std::string& name) {
  static const std::regex parts("(?:\\w+/)?(\\w+\\.\\w+)(?:/.*)?");
  return std::regex_replace(name, parts, "$1");
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::vector<Fault> parse_faults(const std::string& table) {
  std::vector<Fault> faults;
  std::istringstream stream(table);
  bool in_body = false;
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with('|')) {
      in_body = false;
    } else if (line.starts_with("|---")) {
      in_body = true;
    } else if (in_body) {
      faults.push_back(parse_fault(line));
    }
  }
  return faults;
}

std::vector<Fault> read_faults() {
  return parse_faults(support::read_file(source_root() / "test/FAULTS.md"));
}

Results parse_results(const std::string& junit) {
  static const std::regex test_case("<testcase name=\"([^\"]*)\"[^>]* status=\"([^\"]*)\"");
  Results results;
  for (std::sregex_iterator it(junit.begin(), junit.end(), test_case), end; it != end; ++it) {
    const std::string name = without_parameter(it->str(1));
    if (it->str(2) == "run") {
      results.passed.push_back(name);
    } else if (it->str(2) == "notrun") {
      results.skipped.push_back(name);
    }
  }
  return results;
}

std::vector<std::string> unshown(const std::vector<Fault>& faults, const Results& results) {
  std::vector<std::string> reasons;
  for (const Fault& fault : faults) {
    for (const ShowingTest& test : fault.shown_by) {
      if (contains(results.skipped, test.name)) {
        if (!test.may_be_skipped) {
          reasons.push_back(test.name + " was skipped");
        }
      } else if (!contains(results.passed, test.name)) {
        reasons.push_back(test.name + " did not run, or failed");
      }
    }
  }
  return reasons;
}

}  // namespace docs
