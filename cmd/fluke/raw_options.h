// The command line as CLI11 leaves it: words and flags where they belong, not yet understood.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "fluke/options.h"

namespace fluke {

/// Options as they were written; what needs no reading is in `options` already.
struct Raw {
  Options options;
  std::string timeout;
  std::string lock_timeout;
  std::string splay;
  std::string format;
  std::string colour;
  std::string git;
  std::string mise;
  std::string shell;
  std::string completes;
  std::vector<std::string> only;
  std::vector<std::string> skip;
  std::vector<std::string> reports;
  std::vector<std::string> variables;
  std::vector<std::string> variable_files;
  std::string help_topic;
  bool version = false;
};

/// One for each command, and one for what stands before it, "fluke": CLI11 reads the environment
/// for all of them, chosen or not.
using Raws = std::map<std::string, Raw, std::less<>>;

}  // namespace fluke
