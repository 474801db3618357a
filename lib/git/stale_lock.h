// Lock files that a git which was killed has left: they would keep every later git out. One is
// removed only if nobody can need it any more; otherwise it is named.
#pragma once

#include <ctime>
#include <filesystem>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "git/error.h"

namespace git {

/// The lock file for which a git command in `checkout` failed, as it says in `messages`; nothing if
/// it failed for another reason.
[[nodiscard]] std::optional<std::filesystem::path> find_lock_in_the_way(
    const std::filesystem::path& checkout, std::string_view messages);

/// Removes `lock` if it belongs to this user, is older than `start` (of this run, by the clock of
/// the file system), no process has it open, and no git is at work in `checkout`. The caller holds
/// fluke's own lock on the checkout.
[[nodiscard]] tl::expected<void, Error> clear_stale_lock(const std::filesystem::path& lock,
                                                         const std::filesystem::path& checkout,
                                                         const timespec& start);

}  // namespace git
