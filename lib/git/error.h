// Why git did not bring a directory to its branch.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "text/quote.h"

namespace git {

enum class Cause {
  /// Local state stands in the way; the message names it and says how to resolve it.
  refused,
  /// git reported a failure: remote unreachable, branch absent, no permission …
  failed,
  /// The remote does not answer for now; a later try may succeed.
  unreachable,
  /// git could not be started.
  not_started,
  timed_out,
  cancelled,
};

struct Error {
  Cause cause = Cause::failed;
  /// What happened and what to do next, without a final full stop. No password in it.
  std::string message;
  /// The end of git's own output, masked; may be empty.
  std::string output;
};

using text::shell_word;

/// A command to repeat in a shell: "git -C DIRECTORY REST".
[[nodiscard]] inline std::string shell_command(const std::filesystem::path& directory,
                                               std::string_view rest) {
  return "git -C " + shell_word(directory.native()) + ' ' + std::string(rest);
}

}  // namespace git
