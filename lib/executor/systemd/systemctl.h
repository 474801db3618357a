// Asks systemctl(1) about one unit, and has it change one.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "manifest/manifest.h"
#include "process/result.h"
#include "process/runner.h"
#include "reconcile/outcome.h"
#include "reconcile/world.h"

namespace systemd {

/// What `systemctl show` says of a unit. What it does not say is empty.
struct Unit {
  /// "loaded", "not-found", "masked", "bad-setting", "error" ...
  std::string load_state;
  /// "enabled", "static", "generated" ...
  std::string file_state;
  /// Its file has changed since systemd read it.
  bool needs_reload = false;
};

class Systemctl {
 public:
  /// Both outlive it. Fails where there is no systemctl. Each command has `deadline`.
  [[nodiscard]] static tl::expected<Systemctl, reconcile::Failure> find(
      const reconcile::World& world, const manifest::Resource& resource,
      std::optional<std::chrono::milliseconds> deadline);

  /// Fails where no systemd answers.
  [[nodiscard]] tl::expected<Unit, reconcile::Failure> show() const;

  /// `systemctl VERB UNIT`; without the unit for "daemon-reload".
  [[nodiscard]] process::Result run(const char* verb, const process::LineSink& on_line = {}) const;

  /// The line of `systemctl status` that begins with `word`: "Active: failed (Result: exit-code)".
  /// Empty if there is none.
  [[nodiscard]] std::string status_line(std::string_view word) const;

 private:
  Systemctl(const reconcile::World& world, std::filesystem::path program,
            const manifest::Resource& resource, std::optional<std::chrono::milliseconds> deadline);

  [[nodiscard]] process::Result start(std::vector<std::string> arguments,
                                      const process::LineSink& on_line) const;

  process::Runner* runner_;
  std::filesystem::path program_;
  std::string unit_;
  bool is_of_user_;
  std::vector<std::string> environment_;
  std::optional<std::chrono::milliseconds> deadline_;
};

}  // namespace systemd
