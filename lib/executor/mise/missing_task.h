// Says which tasks a resource wants that mise cannot run as wanted, and what there is instead.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "executor/mise/client.h"

namespace mise {

/// What is wrong: `task "chekc" does not exist in "/opt/app"`. `missing` names one task or two.
[[nodiscard]] std::string say_missing(std::span<const std::string> missing,
                                      const std::filesystem::path& directory);

/// What there is instead: `did you mean "check"? tasks there: apply, check`.
[[nodiscard]] std::string say_instead(std::span<const std::string> missing, const TaskList& there);

/// Both in one line.
[[nodiscard]] std::string describe_missing(std::span<const std::string> missing,
                                           const std::filesystem::path& directory,
                                           const TaskList& there);

}  // namespace mise
