#include <fmt/format.h>

#include <string>

#include "bench/settings.h"
#include "bench/site.h"

namespace bench {

namespace {

/// Where files are nothing but memory, if there is such a place.
std::filesystem::path memory_directory() {
  const std::filesystem::path directory = "/dev/shm";
  return std::filesystem::is_directory(directory) ? directory
                                                  : std::filesystem::temp_directory_path();
}

}  // namespace

void measure_output(const Settings& settings, Table& table) {
  const long long megabytes = settings.size(2048, 1);
  const support::TemporaryDirectory scratch;
  scratch.write("site/.mise.toml",
                fmt::format("[tasks]\ncheck = 'test -e done'\n"
                            "apply = 'yes \"a line of output as tasks print them, sixty bytes of "
                            "text\" | head -c {}M; touch done'\n",
                            megabytes));
  // Both write over the same file, which is there before: what a page costs that nobody has used
  // yet is the machine's affair, and more than all the rest on a virtual one.
  const support::TemporaryDirectory memory(memory_directory());
  const std::string file = memory.path() / "output";
  must(fmt::format("head -c {}M /dev/zero >{}", megabytes + megabytes / 5, file));
  Contender baseline = {
      .name = "mise run apply | cat",
      .arguments = {"/bin/sh", "-c",
                    fmt::format("cd site && mise run apply 2>&1 | cat 1<>{}", file)},
      .directory = scratch.path()};
  Contender candidate =
      fluke({"run", scratch.write("site.hcl", manifest(1, "site"))}, scratch.path());
  candidate.output = file;
  baseline.prepare =
      candidate.prepare = [&] { must(fmt::format("rm -f {}/site/done", scratch.path().native())); };
  table.add_ratio(fmt::format("live output, {} MB through apply", megabytes),
                  "mise run apply | cat > file", compare(baseline, candidate, settings.pairs),
                  1 / 0.8);
}

}  // namespace bench
