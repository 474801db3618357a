// Keeps GitHub's runner from finding commands in what fluke passes on from others. The runner
// splits the output of a step at LF, CR and both, and obeys a line that begins with "::command::"
// or that holds "##[command]"; its ancestor, that of Azure Pipelines, "##vso[command]".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace report {

/// Text that goes through it piece by piece comes out with a space in each beginning of a command,
/// and otherwise unchanged.
class WorkflowCommandGuard {
 public:
  [[nodiscard]] std::string pass(std::string_view text);

 private:
  friend std::string json_without_workflow_commands(std::string_view json);
  [[nodiscard]] bool completes_command(char c);

  /// How many printable characters of the line have gone through, and the last few of them.
  std::size_t printable_ = 0;
  std::string last_;
};

/// `json` with escapes in place of a space, so that whoever parses it reads what it held before.
[[nodiscard]] std::string json_without_workflow_commands(std::string_view json);

}  // namespace report
