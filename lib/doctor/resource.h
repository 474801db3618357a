// Looks at one resource as a run would find it, without running any of its tasks.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>

#include "doctor/finding.h"
#include "git/checkout.h"
#include "manifest/manifest.h"
#include "reconcile/executor.h"
#include "reconcile/world.h"

namespace doctor {

class ResourceDoctor {
 public:
  /// `world` outlives it. `deadline` is for each question to a program.
  ResourceDoctor(reconcile::World& world, std::optional<std::chrono::milliseconds> deadline);

  /// Its directory and who holds it, its remote, its tasks. Nothing is written but the objects of
  /// git that a comparison takes, and the lock is held no longer than that.
  [[nodiscard]] Findings examine(const manifest::Resource& resource);
  /// The same without tasks, for it has none.
  [[nodiscard]] Findings examine(const manifest::Include& include);

  /// Whether its task is there.
  [[nodiscard]] Findings examine(const manifest::Notification& notification);

 private:
  [[nodiscard]] Finding examine_remote(const manifest::Resource& resource, bool is_checkout);
  [[nodiscard]] Finding examine_tasks(const manifest::Resource& resource);

  reconcile::World& world_;
  std::optional<std::chrono::milliseconds> deadline_;
  std::optional<git::Client> git_;
  std::map<const reconcile::ResourceType*, std::unique_ptr<reconcile::Preflight>> preflights_;
};

}  // namespace doctor
