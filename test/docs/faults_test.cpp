// The table of faults names tests, and a table that names what nobody runs would promise in vain.
#include <gtest/gtest.h>

#include "docs/fault_table.h"
#include "docs/program.h"
#include "support/temporary_directory.h"

namespace docs {
namespace {

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
  const std::vector<Fault> faults = read_faults();
  EXPECT_GT(faults.size(), 20U);
  for (const Fault& fault : faults) {
    EXPECT_EQ(fault.cells, 3U) << fault.line;
    EXPECT_FALSE(fault.shown_by.empty()) << fault.line;
    for (const ShowingTest& test : fault.shown_by) {
      EXPECT_TRUE(tests.contains(test.name)) << "no test " << test.name << " for" << fault.name;
    }
  }
}

TEST(Faults, EachIsToldOnce) {
  std::set<std::string> names;
  for (const Fault& fault : read_faults()) {
    EXPECT_TRUE(names.insert(fault.name).second) << fault.line;
  }
}

TEST(Faults, AreShownByTestsThatRan) {
  const std::vector<Fault> faults = parse_faults(
      "| fault | promise | shown by |\n|---|---|---|\n"
      "| a | b | `A.Passed` `A.Missing` |\n"
      "| c | d | `B.Skipped` `B.SkippedWithReason` (needs root) `B.MissingWithReason` (needs x) |\n"
      "| e | f | `C.Failed` `D.AllPassed` `D.OneSkipped` |\n");
  const Results results = parse_results(R"(<testsuite name="Linux">
	<testcase name="A.Passed" classname="A.Passed" time="0.1" status="run">
	<testcase name="B.Skipped" classname="B.Skipped" time="0.1" status="notrun">
	<testcase name="B.SkippedWithReason" classname="B.Skipped" time="0.1" status="notrun">
	<testcase name="C.Failed" classname="C.Failed" time="0.1" status="fail">
	<testcase name="All/D.AllPassed/one" classname="D" time="0.1" status="run">
	<testcase name="All/D.AllPassed/two" classname="D" time="0.1" status="run">
	<testcase name="All/D.OneSkipped/one" classname="D" time="0.1" status="run">
	<testcase name="All/D.OneSkipped/two" classname="D" time="0.1" status="notrun">
</testsuite>)");
  EXPECT_EQ(
      unshown(faults, results),
      (std::vector<std::string>{"A.Missing did not run, or failed", "B.Skipped was skipped",
                                "B.MissingWithReason did not run, or failed",
                                "C.Failed did not run, or failed", "D.OneSkipped was skipped"}));
}

}  // namespace
}  // namespace docs
