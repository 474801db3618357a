// Syncs includes, before a run knows its resources, and reads their manifests: from the commit that
// is checked out then, or from their directory where git does not look after it.
#pragma once

#include <string>
#include <vector>

#include "manifest/manifest.h"
#include "manifest/read.h"
#include "reconcile/clock.h"
#include "reconcile/engine.h"
#include "reconcile/observer.h"
#include "reconcile/outcome.h"
#include "reconcile/world.h"

namespace reconcile {

/// What came of one include.
struct SyncedInclude {
  manifest::Include include;
  ResourceOutcome outcome;
  /// False where there is nothing that could be read: no checkout. Then `outcome` says why.
  bool is_there = false;
  manifest::ReadResult read;
  /// The full name of the commit that the manifests are of; empty where git has no part in it.
  std::string commit;
};

/// Each include as a resource is synced: the lock, the deadline, the masking of secrets, the pid
/// file. In check mode a checkout is compared, and its manifests are those of the commit that it is
/// at. Where a sync fails and there is a checkout, so they are, too, and the reason says so; not
/// where another process holds the directory, or fluke was asked to stop. Ends early in that case.
[[nodiscard]] std::vector<SyncedInclude> sync_includes(
    const std::vector<manifest::Include>& includes, const Options& options, World& world,
    Observer& observer);

/// The full name of the commit that was checked out before that of `include`: before this run, or
/// as git remembers it. Empty where there was none, or nobody knows.
[[nodiscard]] std::string former_commit(const SyncedInclude& include, World& world);

}  // namespace reconcile
