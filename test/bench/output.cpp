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

/// What a share of the pair's processor time fluke's own is: its children are the same work.
Comparison own_share(const Comparison& whole) {
  Comparison share = whole;
  for (std::size_t i = 0; i < whole.candidate.size(); ++i) {
    share.candidate[i].cpu = whole.candidate[i].own_cpu;
  }
  return share;
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
  const Comparison comparison = compare(baseline, candidate, settings.pairs);
  const std::string work = fmt::format("live output, {} MB through apply", megabytes);
  table.add_ratio(work, "mise run apply | cat > file", comparison, 1 / 0.9);
  table.add_ratio(work + ": fluke's own share of cpu", "cpu of that pair", own_share(comparison),
                  0.25, Measure::cpu);
}

}  // namespace bench
