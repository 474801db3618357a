// What git, and the tasks, find in their environment.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "process/environment.h"

namespace git {

/// The environment in which the tasks and git itself run: `inherited` without the variables that
/// tie git to one repository (`git rev-parse --local-env-vars`, whatever its version): fluke may be
/// called from a hook.
[[nodiscard]] process::Environment clean_environment(const process::Environment& inherited);

/// The names of those variables.
[[nodiscard]] std::span<const std::string_view> local_variables();

/// A configuration value that holds for one command and is written nowhere.
struct Setting {
  std::string key;
  std::string value;
};

/// What fluke's own git commands get on top of `clean`: nothing can ask a question, the repository
/// is not looked for above `directory` (absolute, without symbolic links), and `settings` hold.
[[nodiscard]] process::Environment command_environment(const process::Environment& clean,
                                                       const std::filesystem::path& directory,
                                                       std::span<const Setting> settings);

}  // namespace git
