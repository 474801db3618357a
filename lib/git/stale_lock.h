// Lock files that a git which was killed has left: they would keep every later git out. One is
// removed only if nobody can need it any more; otherwise it is named.
#pragma once

#include <ctime>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "git/error.h"

namespace git {

/// The lock file for which a git command in `checkout` failed, as it says in `messages`; nothing if
/// it failed for another reason.
[[nodiscard]] std::optional<std::filesystem::path> find_lock_in_the_way(
    const std::filesystem::path& checkout, std::string_view messages);

/// The lock files that are there: of refs, of the index, of the configuration, of maintenance.
[[nodiscard]] std::set<std::filesystem::path> find_locks(const std::filesystem::path& checkout);

/// Whose a lock may be, as far as can be known.
struct LockOrigin {
  /// When this run began, by the clock of the file system.
  timespec start = {};
  /// A former run was cut off while its git was at work here: then the lock is that one's.
  bool was_cut_off = false;
};

/// Removes `lock` if nobody can need it any more, and says so; empty where it is gone already. It
/// belongs to this user, no process has it open, no git is at work in `checkout`, and it is on a
/// file system of this host. Unless a former run was cut off, it is also five minutes old, and
/// fluke sees all processes of the host. The caller holds fluke's own lock on the checkout.
[[nodiscard]] tl::expected<std::string, Error> clear_stale_lock(
    const std::filesystem::path& lock, const std::filesystem::path& checkout,
    const LockOrigin& origin);

/// Whether another host may be at work in file systems of this type (statfs.f_type).
[[nodiscard]] bool is_shared_between_hosts(unsigned long type);

}  // namespace git
