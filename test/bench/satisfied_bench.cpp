// What fluke adds to the programs that it calls: satisfied resources under `fluke run` beside a
// shell loop of `mise run check`, and the memory of a long run.
//
//   satisfied_bench [PAIRS [RESOURCES]]
#include <fmt/format.h>

#include <cstdlib>
#include <string>

#include "bench/compare.h"
#include "support/temporary_directory.h"

namespace {

constexpr std::string_view satisfied_tasks = "[tasks]\ncheck = 'true'\napply = 'false'\n";

std::string site(const support::TemporaryDirectory& scratch, int resources, bool share) {
  std::string manifest;
  for (int i = 0; i < resources; ++i) {
    const std::string directory = share ? "shared" : fmt::format("d{}", i);
    scratch.write(directory + "/.mise.toml", satisfied_tasks);
    manifest += fmt::format("mise \"r{}\" {{\n  working_dir = \"{}\"\n}}\n", i, directory);
  }
  return scratch.write(share ? "shared.hcl" : "own.hcl", manifest);
}

bench::Contender loop(const support::TemporaryDirectory& scratch, int resources, bool share) {
  const std::string directory = share ? "shared" : "d$i";
  return {.name = "the loop of mise run check",
          .arguments = {"/bin/sh", "-c",
                        fmt::format("i=0; while [ $i -lt {} ]; do (cd {} && mise run check) || "
                                    "exit 1; i=$((i + 1)); done",
                                    resources, directory)},
          .directory = scratch.path()};
}

void measure(const support::TemporaryDirectory& scratch, int pairs, int resources, bool share) {
  const bench::Contender fluke{.name = "fluke run",
                               .arguments = {FLUKE_BINARY, "run", site(scratch, resources, share)},
                               .directory = scratch.path()};
  const bench::Comparison comparison =
      bench::compare(loop(scratch, resources, share), fluke, pairs);
  bench::print(fmt::format("{} satisfied resources, {}, beside a loop of mise run check", resources,
                           share ? "in one directory" : "each in its own directory"),
               comparison, 1.05);
  fmt::print("  peak memory of fluke {:.1f} MiB\n",
             static_cast<double>(bench::peak_memory(fluke)) / 1024);
}

}  // namespace

int main(int argc, char** argv) {
  const int pairs = argc > 1 ? std::atoi(argv[1]) : 5;
  const int resources = argc > 2 ? std::atoi(argv[2]) : 100;
  const support::TemporaryDirectory scratch;
  for (const bool share : {true, false}) {
    measure(scratch, pairs, resources, share);
  }
}
