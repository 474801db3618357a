// What a command finds in its environment about what fluke runs it for: FLUKE_PHASE and the others
// of "ENVIRONMENT OF TASKS" in fluke-manifest(5). It is the one difference from a call by hand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/manifest.h"
#include "process/environment.h"
#include "reconcile/outcome.h"

namespace reconcile {

/// Names and values.
using TaskVariables = std::vector<std::pair<std::string, std::string>>;

/// Those of a command of `resource`. `phase` is "check", "apply", "verify" or "notify"; `git` is
/// what is known of the checkout of a resource that has one.
[[nodiscard]] TaskVariables task_variables(const manifest::Resource& resource,
                                           std::string_view phase,
                                           const std::optional<GitRecord>& git = std::nullopt);

/// Whether the variable `name` of `environment` was set by a fluke that runs this one as a command:
/// it says nothing about what this one is to do.
[[nodiscard]] bool is_set_by_outer_fluke(const process::Environment& environment,
                                         std::string_view name);

/// Takes away what is.
void unset_outer_variables(process::Environment& environment);

}  // namespace reconcile
