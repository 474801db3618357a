#include "reconcile/look_ahead.h"

#include <chrono>
#include <utility>

#include "reconcile/resource_run.h"

namespace reconcile {

void LookAhead::begin() {
  if (next_ == nullptr || next_->git || lock_ || lists_.knows(next_->working_dir)) {
    return;
  }
  auto lock = DirectoryLock::acquire(next_->working_dir, std::chrono::milliseconds(0), clock_);
  if (!lock) {
    return;
  }
  lock_.emplace(std::move(*lock));
  locked_ = next_;
  lists_.ask_ahead(next_->working_dir, deadline_of(*next_, options_));
}

std::optional<DirectoryLock> LookAhead::take_lock(const manifest::Resource& resource) {
  std::optional<DirectoryLock> taken = std::exchange(lock_, std::nullopt);
  return locked_ == &resource ? std::move(taken) : std::nullopt;
}

}  // namespace reconcile
