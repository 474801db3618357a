#include "report/runner.h"

#include <regex>

namespace report {
namespace {

/// Without what a comparison by culture does not see: control characters, and, more than that
/// really, everything that is not ASCII.
std::string visible_part(const std::string& line) {
  std::string visible;
  for (const char c : line) {
    if (c >= ' ' && c < '\x7f') {
      visible += c;
    }
  }
  return visible;
}

}  // namespace

std::vector<std::string> workflow_commands_in(std::string_view output) {
  static const std::regex command(R"(^\s*::.*::.*|.*##(vso)?\[.*\].*)");
  std::vector<std::string> found;
  std::string line;
  for (const char c : std::string(output) + '\n') {
    if (c != '\n' && c != '\r') {
      line += c;
      continue;
    }
    if (std::regex_match(visible_part(line), command)) {
      found.push_back(line);
    }
    line.clear();
  }
  return found;
}

}  // namespace report
