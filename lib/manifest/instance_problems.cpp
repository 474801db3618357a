#include "manifest/instance_problems.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

namespace manifest {
namespace {

/// A problem that has been told.
struct Told {
  /// Where it is among the diagnostics.
  std::size_t at = 0;
  /// The first instance that has it, and how many have it.
  std::size_t first = 0;
  std::size_t count = 0;
};

std::string instances_with(const Told& told, std::span<const std::string> names) {
  const std::string& first = names[told.first];
  return told.count == 1 ? fmt::format("this is so in {}", first)
                         : fmt::format("this is so in {} and {} more", first, told.count - 1);
}

}  // namespace

void report_once(std::span<diagnostic::Diagnostics> problems, std::span<const std::string> names,
                 Place for_each, diagnostic::Diagnostics& diagnostics) {
  using What = std::tuple<std::uint32_t, std::uint32_t, std::string, std::string>;
  std::map<What, Told> all;
  for (std::size_t i = 0; i < problems.size(); ++i) {
    for (diagnostic::Diagnostic& problem : problems[i]) {
      const auto [told, is_new] =
          all.try_emplace({problem.range.begin, problem.range.end, problem.summary, problem.detail},
                          Told{.at = diagnostics.size(), .first = i});
      ++told->second.count;
      if (is_new) {
        diagnostics.push_back(std::move(problem));
      }
    }
  }
  for (const auto& [what, told] : all) {
    if (told.count < problems.size()) {
      add_note(diagnostics[told.at], for_each, instances_with(told, names));
    }
  }
}

}  // namespace manifest
