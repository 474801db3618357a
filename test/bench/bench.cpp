// fluke beside the programs that it calls and those that it stands in for: one table, from one run.
//
//   fluke_bench [--quick] [--pairs N] [--original DIRECTORY] [--json FILE] [GROUP...]
//
// DIRECTORY holds hcl_parse and hclfmt, built from HashiCorp's source.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "bench/settings.h"
#include "support/temporary_directory.h"

namespace {

struct Group {
  std::string_view name;
  void (*measure)(const bench::Settings&, bench::Table&);
};
constexpr Group groups[] = {
    {.name = "resources", .measure = bench::measure_resources},
    {.name = "checkouts", .measure = bench::measure_checkouts},
    {.name = "starts", .measure = bench::measure_starts},
    {.name = "manifests", .measure = bench::measure_manifests},
    {.name = "output", .measure = bench::measure_output},
    {.name = "limits", .measure = bench::measure_limits},
    {.name = "growth", .measure = bench::measure_growth},
};

/// What the person at the machine has configured must not count.
void isolate(const support::TemporaryDirectory& home) {
  for (const auto& [name, value] : {std::pair{"HOME", home.path().native()},
                                    {"GIT_CONFIG_NOSYSTEM", "1"},
                                    {"GIT_AUTHOR_NAME", "bench"},
                                    {"GIT_AUTHOR_EMAIL", "bench@example.org"},
                                    {"GIT_COMMITTER_NAME", "bench"},
                                    {"GIT_COMMITTER_EMAIL", "bench@example.org"}}) {
    setenv(name, value.c_str(), 1);
  }
  for (const char* name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "CI"}) {
    unsetenv(name);
  }
}

}  // namespace

int main(int argc, char** argv) {
  bench::Settings settings;
  std::filesystem::path json;
  std::vector<std::string_view> chosen;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--quick") {
      settings.quick = true;
      settings.pairs = 2;
    } else if (argument == "--pairs" && i + 1 < argc) {
      settings.pairs = std::max(1, std::atoi(argv[++i]));
    } else if (argument == "--original" && i + 1 < argc) {
      settings.original = argv[++i];
    } else if (argument == "--json" && i + 1 < argc) {
      json = argv[++i];
    } else if (std::ranges::find(groups, argument, &Group::name) != std::end(groups)) {
      chosen.push_back(argument);
    } else {
      fmt::print(stderr, "bench: no such group or option: {}\n", argument);
      return 64;
    }
  }
  const support::TemporaryDirectory home;
  isolate(home);
  bench::Table table;
  for (const Group& group : groups) {
    if (chosen.empty() || std::ranges::find(chosen, group.name) != chosen.end()) {
      group.measure(settings, table);
    }
  }
  if (!json.empty()) {
    table.write_json(json);
  }
}
