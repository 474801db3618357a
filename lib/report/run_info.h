// What a report says of a run apart from its outcomes.
#pragma once

#include <string>
#include <vector>

#include "manifest/manifest.h"

namespace report {

struct RunInfo {
  std::string version;
  /// The subcommand; empty where the command line names none.
  std::string command;
  /// As they were named.
  std::vector<std::string> manifests;
  /// Where and as whom fluke runs.
  std::string host;
  std::string user;
  int exit_code = 0;
  /// All resources that are declared, chosen for this run or not; null where the manifests could
  /// not be used.
  const manifest::Manifest* manifest = nullptr;
};

}  // namespace report
