// What git, and the tasks, find in their environment.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "process/environment.h"
#include "process/runner.h"

namespace git {

/// The environment in which the tasks and git itself run: `inherited` without the variables that
/// tie git to one repository, as far as they are known here: fluke may be called from a hook.
[[nodiscard]] process::Environment clean_environment(const process::Environment& inherited);

/// The same, and without what `git` calls so besides: a newer one may know more such variables. It
/// is asked only where there is any variable of git's left.
[[nodiscard]] process::Environment clean_environment(const process::Environment& inherited,
                                                     const std::filesystem::path& git,
                                                     process::Runner& runner);

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
