// What a `systemd` block says beside what every resource has.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "manifest/manifest.h"
#include "manifest/type.h"

namespace systemd {

/// Whether the unit is to be started at boot, or by what it is installed for.
enum class Enablement : std::uint8_t { enabled_if_possible, enabled, disabled, ignored };

struct Settings : manifest::Settings {
  std::string unit;
  bool runs = true;
  Enablement enablement = Enablement::enabled_if_possible;
  /// A unit of the user's manager, and not of the system's.
  bool is_of_user = false;

  diagnostic::Range unit_range = {};

  [[nodiscard]] std::vector<Member> members() const override;
  [[nodiscard]] std::string command(manifest::Operation operation) const override;
  [[nodiscard]] std::optional<std::string> subject() const override;
};

/// Those of a resource that a `systemd` block declared.
[[nodiscard]] const Settings& settings_of(const manifest::Resource& resource);

/// Why `name` is not that of one unit; the rules are those of systemd.unit(5).
[[nodiscard]] std::optional<std::string> unit_name_problem(std::string_view name);

}  // namespace systemd
