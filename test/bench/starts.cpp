#include <fmt/format.h>

#include "bench/settings.h"
#include "bench/site.h"

namespace bench {

void measure_starts(const Settings& settings, Table& table) {
  // They take a millisecond: more of them for a ratio that holds.
  const int pairs = settings.pairs * settings.size(20, 1);
  const int count = settings.size(1000, 10);
  const support::TemporaryDirectory scratch;
  const Contender git = {.name = "git", .arguments = {GIT_PROGRAM, "--version"}};
  const std::string nothing = scratch.write(
      "nothing.hcl", "mise \"a\" {\n  working_dir = \"/\"\n  enabled     = false\n}\n");
  const std::string many = scratch.write("many.hcl", manifest(count, "d#"));
  table.add_ratio("fluke run, nothing to do", "git --version",
                  compare(git, fluke({"run", nothing}), pairs), 1.0);
  table.add_ratio("fluke --version", "git --version", compare(git, fluke({"--version"}), pairs),
                  1.0);
  table.add_ratio(fmt::format("completion of names from {} resources", count), "git --version",
                  compare(git, fluke({"list", many}), pairs), 5.0);
}

}  // namespace bench
