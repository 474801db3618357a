// What a run needs of the world outside.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "process/cancellation.h"
#include "process/environment.h"
#include "process/pid_file.h"
#include "process/runner.h"

namespace reconcile {

struct World {
  process::Runner& runner;
  process::Cancellation& cancellation;
  /// The environment that fluke inherited.
  process::Environment environment;
  /// The absolute paths of git and of what the types of resources need, by name; one that was not
  /// found is absent.
  std::map<std::string, std::filesystem::path, std::less<>> programs = {};
  /// Where pid files lie; without it there are none.
  const process::PidFiles* pid_files = nullptr;

  /// Null where it was not found.
  [[nodiscard]] const std::filesystem::path* find(std::string_view program) const {
    const auto found = programs.find(program);
    return found == programs.end() ? nullptr : &found->second;
  }
};

/// What the commands of resources inherit: nothing that ties git to one repository, for a hook of
/// another one may have called fluke.
[[nodiscard]] process::Environment inherited_by_commands(const World& world);

}  // namespace reconcile
