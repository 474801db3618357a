// Finds git and the programs that resources need.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "fluke/exit_code.h"
#include "fluke/options.h"
#include "manifest/manifest.h"
#include "process/environment.h"
#include "reconcile/executor.h"

namespace fluke {

/// What this process inherited, without the values of variables that `manifest` declares
/// sensitive and without what an outer fluke said of itself: no task, hook or helper of git gets
/// them unasked.
[[nodiscard]] process::Environment environment_of_children(const manifest::Manifest& manifest);

/// Takes the values of all variables of manifests out of `environment`.
void withhold_variables(process::Environment& environment);

/// Absolute paths. One that nobody named and that is nowhere to be found is absent: only a resource
/// that needs it fails.
struct Programs {
  std::map<std::string, std::filesystem::path, std::less<>> found;
  /// What was found before them and is not to be run by root.
  process::PassedOver passed_over;
};

/// What the command line names as `program`; absent where it leaves the choice to fluke.
[[nodiscard]] std::optional<std::string> named_program(const ProgramOptions& options,
                                                       std::string_view program);

/// The types of `resources`, or all there are if there are no resources.
[[nodiscard]] std::vector<const reconcile::ResourceType*> types_of(
    const std::vector<const manifest::Resource*>& resources, reconcile::ResourceTypes types);

/// A program that the command line names and that is not there is an error. git is looked for where
/// `needs_git` or where it is named.
[[nodiscard]] tl::expected<Programs, Failure> find_programs(const ProgramOptions& options,
                                                            const Invocation& invocation,
                                                            const process::Environment& environment,
                                                            bool needs_git,
                                                            reconcile::ResourceTypes types);

/// `resources`, and what runs the tasks of the notify blocks: whatever may need programs.
[[nodiscard]] std::vector<const manifest::Resource*> with_tasks_of_notifications(
    std::vector<const manifest::Resource*> resources, const manifest::Manifest& manifest);

/// Whether any of `resources` is to be brought up to date by git.
[[nodiscard]] bool needs_git(const std::vector<const manifest::Resource*>& resources);
[[nodiscard]] bool needs_git(const std::vector<manifest::Include>& includes);

}  // namespace fluke
