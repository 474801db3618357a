// Looks at the programs that runs need: git and those of the types of resources, as they are found
// here and under cron.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "doctor/finding.h"
#include "process/environment.h"
#include "process/program.h"
#include "reconcile/world.h"

namespace doctor {

/// Which git and which of `programs`, and their versions. `deadline` is for each to answer; a git
/// that nobody needs may be absent.
[[nodiscard]] Findings examine_programs(reconcile::World& world, bool needs_git,
                                        std::span<const process::Program> programs,
                                        std::optional<std::chrono::milliseconds> deadline);

/// Programs that root would run by name if it did not pass them over, and a home directory, with
/// the settings of git and mise in it, that others can change. Nothing where all is well.
[[nodiscard]] Findings examine_hands(const process::Environment& environment,
                                     const process::PassedOver& passed_over);

/// The paths of the programs that are found by name, not because somebody named their path: of
/// fluke itself, of git, and of `programs`. One that is not known is absent.
using FoundByName = std::map<std::string, std::filesystem::path, std::less<>>;

/// Whether cron, whose PATH is short, would find the same fluke, git and `programs`.
[[nodiscard]] Findings examine_cron(const process::Environment& environment,
                                    std::span<const process::Program> programs,
                                    const FoundByName& here);

}  // namespace doctor
