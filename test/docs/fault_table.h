// The table of faults, test/FAULTS.md: what it names, and whether that ran.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace docs {

/// A test that shows what becomes of a fault: "`Suite.Name`", or "`Suite.Name` (needs root)" where
/// a host may lack what it takes.
struct ShowingTest {
  std::string name;
  bool may_be_skipped = false;
};

/// A line of the table.
struct Fault {
  std::string line;
  std::size_t cells = 0;
  std::string name;
  std::vector<ShowingTest> shown_by;
};

[[nodiscard]] std::vector<Fault> parse_faults(const std::string& table);
[[nodiscard]] std::vector<Fault> read_faults();

/// How tests went, as `ctest --output-junit` tells it.
struct Results {
  std::vector<std::string> passed;
  std::vector<std::string> skipped;
};

[[nodiscard]] Results parse_results(const std::string& junit);

/// Why the table is not shown by these results, a sentence each: a test that did not run, or that
/// was skipped though it needs nothing. A test with parameters counts as often as it has some.
[[nodiscard]] std::vector<std::string> unshown(const std::vector<Fault>& faults,
                                               const Results& results);

}  // namespace docs
