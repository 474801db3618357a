// What a `shell` block says beside what every resource has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "manifest/manifest.h"
#include "manifest/type.h"

namespace shell {

struct Settings : manifest::Settings {
  std::string check;
  std::string apply;
  /// The user that both run as; empty: the one that fluke runs as.
  std::string run_as;
  /// An absolute path.
  std::string shell = "/bin/bash";
  /// The exit statuses by which the check says that it cannot tell.
  std::vector<int> check_unknown = {};

  /// Where they are written, or else where the resource was declared.
  diagnostic::Range run_as_range = {};
  diagnostic::Range shell_range = {};

  [[nodiscard]] std::vector<Member> members() const override;
  [[nodiscard]] std::string command(manifest::Operation operation) const override;
};

/// Those of a resource that a `shell` block declared.
[[nodiscard]] const Settings& settings_of(const manifest::Resource& resource);

}  // namespace shell
