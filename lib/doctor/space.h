// Tells how much room there is where resources live.
#pragma once

#include <sys/statvfs.h>

#include <filesystem>
#include <vector>

#include "doctor/finding.h"

namespace doctor {

/// One finding for each file system that holds one of `directories`, which may be absent.
[[nodiscard]] Findings examine_space(const std::vector<std::filesystem::path>& directories);

/// What to say of a file system that holds `directory`.
[[nodiscard]] Finding judge_space(const struct statvfs& room,
                                  const std::filesystem::path& directory);

}  // namespace doctor
