// Looks at the programs that every run needs: git and mise, as they are found here and under cron.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

#include "doctor/finding.h"
#include "process/environment.h"
#include "reconcile/engine.h"

namespace doctor {

/// Which git and which mise, and their versions. `deadline` is for each to answer; a git that
/// nobody needs may be absent.
[[nodiscard]] Findings examine_programs(reconcile::World& world, bool needs_git,
                                        std::optional<std::chrono::milliseconds> deadline);

/// Programs that root would run by name if it did not pass them over, and a home directory, with
/// the settings of git and mise in it, that others can change. Nothing where all is well.
[[nodiscard]] Findings examine_hands(const process::Environment& environment,
                                     const process::PassedOver& passed_over);

/// The programs as they are found by name, not because somebody named their path.
struct FoundByName {
  /// The program that runs; absent where its path is not known.
  std::optional<std::filesystem::path> fluke;
  std::optional<std::filesystem::path> git;
  std::optional<std::filesystem::path> mise;
};

/// Whether cron, whose PATH is short, would find the same programs.
[[nodiscard]] Findings examine_cron(const process::Environment& environment,
                                    const FoundByName& here);

}  // namespace doctor
