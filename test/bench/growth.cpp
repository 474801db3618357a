#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "bench/settings.h"
#include "bench/site.h"
#include "bench/typical.h"

namespace bench {
namespace {

/// The median processor time of five runs.
double cpu_seconds(const Contender& contender) {
  std::vector<double> seconds;
  for (int i = 0; i < 5; ++i) {
    seconds.push_back(run(contender).cpu);
  }
  std::ranges::sort(seconds);
  return seconds[2];
}

void measure_sizes(const Settings& settings, Table& table) {
  const support::TemporaryDirectory scratch;
  for (int count = 1; count <= settings.size(100'000, 10); count *= 10) {
    const std::string site = scratch.write("site.hcl", typical_site(count));
    table.add_growth("validate, resources", count, cpu_seconds(fluke({"validate", site})));
    table.add_growth("list, resources", count, cpu_seconds(fluke({"list", site})));
  }
}

void measure_runs(const Settings& settings, Table& table) {
  const support::TemporaryDirectory scratch;
  for (int count = 1; count <= settings.size(1000, 10); count *= 10) {
    for (int i = 0; i < count; ++i) {
      std::filesystem::create_directories(scratch.path() / fmt::format("d{}", i));
    }
    const std::string site = scratch.write("site.hcl", manifest(count, "d#"));
    table.add_growth("run with a mise that answers at once, resources", count,
                     cpu_seconds(fluke({"run", "--mise", STUB_MISE, site})));
  }
}

/// How many system calls fluke itself makes with these arguments, of strace(1); where that cannot
/// be counted, why.
tl::expected<std::size_t, std::string> system_calls(const std::string& arguments) {
  if (!is_on_path("strace")) {
    return tl::unexpected<std::string>("there is no strace");
  }
  const support::TemporaryDirectory scratch;
  const std::filesystem::path trace = scratch.path() / "calls";
  // A leak sanitizer, where fluke is built with one, does not work under strace.
  const std::string command =
      fmt::format("ASAN_OPTIONS=detect_leaks=0 strace -o {} {} {} >/dev/null 2>&1", trace.native(),
                  FLUKE_BINARY, arguments);
  if (std::system(command.c_str()) != 0) {
    return tl::unexpected<std::string>("strace may not trace here");
  }
  std::ifstream stream(trace);
  std::size_t count = 0;
  for (std::string line; std::getline(stream, line);) {
    // "---" is a signal, "+++" the end.
    count += line.starts_with("---") || line.starts_with("+++") ? 0 : 1;
  }
  return count;
}

/// What a run asks of the system for itself, resource by resource.
void measure_calls(const Settings& settings, Table& table) {
  const support::TemporaryDirectory scratch;
  for (int count = 1; count <= settings.size(1000, 10); count *= 10) {
    const std::string site = scratch.write("site.hcl", manifest(count, "."));
    const auto calls = system_calls(fmt::format("run --mise {} {}", STUB_MISE, site));
    if (!calls) {
      table.add_skipped("system calls of a run", calls.error());
      return;
    }
    table.add_growth_in_calls("system calls of a run, resources in one directory", count, *calls);
  }
}

void measure_chain(const Settings& settings, Table& table) {
  const support::TemporaryDirectory scratch;
  for (int count = 10; count <= settings.size(10'000, 10); count *= 10) {
    std::string text = manifest(1, "/tmp") + "locals {\n  l0 = 1\n";
    for (int i = 1; i < count; ++i) {
      text += fmt::format("  l{} = local.l{} + 1\n", i, i - 1);
    }
    const std::string site = scratch.write("site.hcl", text + "}\n");
    table.add_growth("validate, locals that each depend on the last", count,
                     cpu_seconds(fluke({"validate", site})));
  }
}

void measure_files(const Settings& settings, Table& table) {
  const int count = settings.size(1000, 10);
  const support::TemporaryDirectory scratch;
  const std::string one = scratch.write("one.hcl", manifest(count, "/tmp"));
  for (int i = 0; i < count; ++i) {
    scratch.write(fmt::format("many/{}.fluke.hcl", i),
                  fmt::format("mise \"r{}\" {{\n  working_dir = \"/tmp\"\n}}\n", i));
  }
  table.add_growth("validate, resources in one file", count, cpu_seconds(fluke({"validate", one})));
  table.add_growth("validate, resources in a file each", count,
                   cpu_seconds(fluke({"validate", (scratch.path() / "many").native()})));
}

void measure_depth(const Settings& settings, Table& table) {
  const support::TemporaryDirectory scratch;
  for (const int depth : {1, 10, settings.size(100, 10)}) {
    std::string text = manifest(1, "/tmp") + "locals {\n";
    for (int i = 0; i < 1000; ++i) {
      text += fmt::format("  l{} = {:(>{}}1{:)>{}}\n", i, "", depth, "", depth);
    }
    const std::string site = scratch.write("site.hcl", text + "}\n");
    table.add_growth("validate, brackets around each of 1,000 values", depth,
                     cpu_seconds(fluke({"validate", site})));
  }
}

}  // namespace

void measure_growth(const Settings& settings, Table& table) {
  measure_sizes(settings, table);
  measure_runs(settings, table);
  measure_calls(settings, table);
  measure_chain(settings, table);
  measure_files(settings, table);
  measure_depth(settings, table);
}

}  // namespace bench
