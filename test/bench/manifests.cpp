#include <fmt/format.h>

#include <string>

#include "bench/settings.h"
#include "bench/site.h"
#include "bench/typical.h"

namespace bench {
namespace {

/// A filter, with the file as its standard input.
Contender filter(const std::string& name, const std::string& command, const std::string& file) {
  return {.name = name,
          .arguments = {"/bin/sh", "-c", fmt::format("exec {} < '{}'", command, file)}};
}

void measure_validation(const Settings& settings, Table& table,
                        const support::TemporaryDirectory& scratch) {
  const int count = settings.size(10'000, 10);
  const std::string file = scratch.write("site.hcl", typical_site(count));
  const Contender validate = fluke({"validate", file});
  const std::string work = fmt::format("validate, {} resources", count);
  const Contender wc = {.name = "wc", .arguments = {"/usr/bin/wc", file}};
  table.add_ratio(work, "wc", compare(wc, validate, settings.pairs), 10);
  if (settings.original.empty()) {
    table.add_skipped(work, "there is no HCL in Go to compare with");
    return;
  }
  const std::string hcl_parse = settings.original / "hcl_parse";
  const Contender evaluate = {.name = "hcl_parse --evaluate",
                              .arguments = {hcl_parse, "--evaluate", file}};
  table.add_ratio(work, "parsing and evaluating, in Go",
                  compare(evaluate, validate, settings.pairs), 0.1, Measure::cpu);
  const Contender original = {.name = "hcl_parse", .arguments = {hcl_parse, file}};
  const Contender parse = {.name = "parse", .arguments = {PARSE, file}};
  table.add_ratio("parsing alone, the same file", "parsing alone, in Go",
                  compare(original, parse, settings.pairs), 0.1, Measure::cpu);
}

void measure_layout(const Settings& settings, Table& table,
                    const support::TemporaryDirectory& scratch) {
  const std::string file = scratch.write("large.hcl", typical_site(settings.size(large_site, 10)));
  const std::string work =
      fmt::format("fmt, {:.1f} MB", static_cast<double>(std::filesystem::file_size(file)) / 1e6);
  if (settings.original.empty()) {
    table.add_skipped(work, "there is no hclfmt");
    return;
  }
  table.add_ratio(work, "hclfmt",
                  compare(filter("hclfmt", (settings.original / "hclfmt").native(), file),
                          filter("fluke fmt", FLUKE_BINARY " fmt -", file), settings.pairs),
                  0.1, Measure::cpu);
}

}  // namespace

void measure_manifests(const Settings& settings, Table& table) {
  const support::TemporaryDirectory scratch;
  measure_validation(settings, table, scratch);
  measure_layout(settings, table, scratch);
}

}  // namespace bench
