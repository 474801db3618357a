// Looks at the keys that are to vouch for a checkout: that they are there and safe, what looks at
// signatures with them, and how long they are valid.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

#include "doctor/finding.h"
#include "git/revision.h"
#include "reconcile/world.h"

namespace doctor {

/// `checkout` is the directory that they vouch for. `deadline` is for each question to a program.
[[nodiscard]] Finding examine_keys(const git::Verify& verify, const std::filesystem::path& checkout,
                                   reconcile::World& world,
                                   std::optional<std::chrono::milliseconds> deadline,
                                   std::chrono::system_clock::time_point now);

}  // namespace doctor
