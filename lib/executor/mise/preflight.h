// Asks mise whether the tasks that resources name are there, and runs none.
#pragma once

#include "executor/mise/executor.h"
#include "reconcile/executor.h"

namespace mise {

class Preflight : public reconcile::Preflight {
 public:
  /// `world` outlives it; it has a mise.
  explicit Preflight(reconcile::World& world) : lists_(world, Purpose::advice) {}

  [[nodiscard]] tl::expected<std::string, reconcile::Failure> examine(
      const manifest::Resource& resource,
      std::optional<std::chrono::milliseconds> deadline) override;
  [[nodiscard]] std::vector<Problem> find_problems(
      const manifest::Resource& resource,
      std::optional<std::chrono::milliseconds> deadline) override;

 private:
  TaskLists lists_;
};

}  // namespace mise
