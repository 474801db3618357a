// faults_ran RESULTS: whether every test that the table of faults names was among those that passed
// in RESULTS, what `ctest --output-junit` has written. A table may name a test that exists and that
// nobody runs; only what ran shows anything.
#include <algorithm>
#include <iostream>

#include "docs/fault_table.h"
#include "support/temporary_directory.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: faults_ran RESULTS\n";
    return 64;
  }
  const std::vector<docs::Fault> faults = docs::read_faults();
  const docs::Results results = docs::parse_results(support::read_file(argv[1]));
  const std::vector<std::string> reasons = docs::unshown(faults, results);
  for (const std::string& reason : reasons) {
    std::cerr << "test/FAULTS.md: " << reason << '\n';
  }
  for (const docs::Fault& fault : faults) {
    for (const docs::ShowingTest& test : fault.shown_by) {
      if (std::ranges::find(results.skipped, test.name) != results.skipped.end() &&
          test.may_be_skipped) {
        std::cout << "test/FAULTS.md: not shown here: " << test.name << '\n';
      }
    }
  }
  return reasons.empty() ? 0 : 1;
}
