// What a report says of a run besides its outcomes.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace report {

struct RunInfo {
  std::string version;
  /// The subcommand; empty where the command line names none.
  std::string command;
  /// As they were named.
  std::vector<std::string> manifests;
  int exit_code = 0;
  /// The names of all resources that the manifests declare, chosen for this run or not; absent
  /// where the manifests could not be used.
  std::optional<std::set<std::string>> declared = {};
};

}  // namespace report
