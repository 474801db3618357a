#include "fluke/version.h"

#include <fmt/format.h>

#include "report/json.h"

namespace fluke {
namespace {

/// "4f2a91c0b77e" or "4f2a91c0b77e-dirty": enough to find the commit by.
std::string shortened(std::string_view commit) {
  constexpr std::size_t full = 40;
  constexpr std::size_t digits = 12;
  return commit.size() < full
             ? std::string(commit)
             : std::string(commit.substr(0, digits)) + std::string(commit.substr(full));
}

}  // namespace

std::string version_text() {
  const BuildInfo info = build_info();
  return fmt::format("fluke {} ({}, {})\n", info.version, shortened(info.commit), info.type);
}

std::string version_document() {
  const BuildInfo info = build_info();
  return report::to_json({.version = info.version,
                          .commit = info.commit,
                          .commit_time = info.time,
                          .build_type = info.type});
}

}  // namespace fluke
