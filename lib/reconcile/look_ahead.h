// Makes the next resource ready while the check of the current one runs, since the wait for mise's
// list of tasks would otherwise cost half as much again as the checks themselves.
#pragma once

#include <optional>

#include "manifest/manifest.h"
#include "reconcile/clock.h"
#include "reconcile/engine.h"
#include "reconcile/lock.h"
#include "reconcile/mise_executor.h"

namespace reconcile {

/// Takes the lock of the next resource's directory, if it is free, and has mise list its tasks: in
/// this order, so that the list is no older than the lock, as without looking ahead. A resource
/// with a git block is left alone, for its sync comes before its tasks.
class LookAhead {
 public:
  /// Everything outlives it.
  LookAhead(TaskLists& lists, const Options& options, Clock& clock)
      : lists_(lists), options_(options), clock_(clock) {}

  /// Names what comes after the current resource; null if nothing does.
  void set_next(const manifest::Resource* next) { next_ = next; }

  /// To be called while a check runs, as soon as it does.
  void begin();

  /// To be called before an apply: it can change the next resource's tasks, and it can take long.
  void drop() { lock_.reset(); }

  /// The lock of `resource`, if it was taken ahead.
  [[nodiscard]] std::optional<DirectoryLock> take_lock(const manifest::Resource& resource);

 private:
  TaskLists& lists_;
  const Options& options_;
  Clock& clock_;
  const manifest::Resource* next_ = nullptr;
  /// What `lock_` was taken for.
  const manifest::Resource* locked_ = nullptr;
  std::optional<DirectoryLock> lock_;
};

}  // namespace reconcile
