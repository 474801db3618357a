#include <fmt/format.h>

#include <string>

#include "bench/settings.h"
#include "bench/site.h"
#include "bench/typical.h"

namespace bench {
namespace {

constexpr double mebibyte = 1024 * 1024;

void measure_run_memory(const Settings& settings, Table& table) {
  const int count = settings.size(1000, 2);
  const support::TemporaryDirectory scratch;
  for (int i = 0; i < count; ++i) {
    std::filesystem::create_directory(scratch.path() / fmt::format("d{}", i));
  }
  const std::string site = scratch.write("site.hcl", manifest(count, "d#"));
  table.add_limit(fmt::format("memory of run, {} resources", count),
                  peak_memory(fluke({"run", "--mise", STUB_MISE, site})) / mebibyte, "MiB", 8);
}

void measure_output_memory(const Settings& settings, Table& table) {
  const int gigabytes = settings.size(10, 0);
  const support::TemporaryDirectory scratch;
  scratch.write("site/.mise.toml", fmt::format("[tasks]\ncheck = 'test -e done'\n"
                                               "apply = 'head -c {}G /dev/zero; touch done'\n",
                                               gigabytes));
  const std::string site = scratch.write("site.hcl", manifest(1, "site"));
  table.add_limit(fmt::format("memory of run, {} GiB in one line of output", gigabytes),
                  peak_memory(fluke({"run", site}, scratch.path())) / mebibyte, "MiB", 8);
}

void measure_validate_memory(const Settings& settings, Table& table) {
  const int count = settings.size(100'000, 10'000);
  const support::TemporaryDirectory scratch;
  const std::string site = scratch.write("site.hcl", typical_site(count));
  table.add_limit(fmt::format("memory of validate, {} resources", count),
                  peak_memory(fluke({"validate", site})) /
                      static_cast<double>(std::filesystem::file_size(site)),
                  "x the file", 10);
}

void measure_binary(Table& table) {
  const support::TemporaryDirectory scratch;
  const std::filesystem::path stripped = scratch.path() / "fluke";
  must(fmt::format("strip -o {} {}", stripped.native(), FLUKE_BINARY));
  table.add_limit("the stripped binary",
                  static_cast<double>(std::filesystem::file_size(stripped)) / mebibyte, "MiB", 5.5);
}

}  // namespace

void measure_limits(const Settings& settings, Table& table) {
  measure_run_memory(settings, table);
  measure_output_memory(settings, table);
  measure_validate_memory(settings, table);
  measure_binary(table);
}

}  // namespace bench
