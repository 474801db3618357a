// Compares a unit with what it is to be, and has systemctl do what is missing.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "executor/systemd/settings.h"
#include "executor/systemd/systemctl.h"
#include "reconcile/executor.h"

namespace systemd {

/// A unit as it is, and who was asked.
struct Found {
  Systemctl systemctl;
  Unit unit;
};

/// Finds the unit of `resource`; fails where it can never be what that says. Both outlive the
/// result. Each command has `deadline`.
[[nodiscard]] tl::expected<Found, reconcile::Failure> find_unit(
    const reconcile::World& world, const manifest::Resource& resource,
    std::optional<std::chrono::milliseconds> deadline);

/// "the file of app.service has changed since systemd read it ..."
[[nodiscard]] std::string describe_needed_reload(const Settings& settings);

class Executor : public reconcile::Executor {
 public:
  /// Both outlive it. Each command has `deadline`.
  Executor(const reconcile::World& world, const manifest::Resource& resource,
           std::optional<std::chrono::milliseconds> deadline)
      : world_(world), resource_(resource), settings_(settings_of(resource)), deadline_(deadline) {}

  void files_changed() override {}
  [[nodiscard]] tl::expected<void, reconcile::Failure> prepare() override;
  [[nodiscard]] Ran check(const process::LineSink& on_line) override;
  [[nodiscard]] tl::expected<void, reconcile::Failure> confirm(
      const reconcile::TaskRecord& /*check*/) override {
    return {};
  }
  [[nodiscard]] Ran apply(const process::LineSink& on_line) override;

 private:
  [[nodiscard]] bool step(const char* verb, const process::LineSink& on_line, Ran& ran) const;

  const reconcile::World& world_;
  const manifest::Resource& resource_;
  const Settings& settings_;
  std::optional<std::chrono::milliseconds> deadline_;
  /// Once prepared.
  std::optional<Systemctl> systemctl_;
  Unit unit_;
  /// What the last check found to be otherwise.
  bool differs_in_activity_ = false;
  bool differs_at_boot_ = false;
};

}  // namespace systemd
