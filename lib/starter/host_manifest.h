// Writes the one manifest that a host has of its own under GitOps: where all others come from.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "git/revision.h"

namespace starter {

struct HostSource {
  std::string url;
  git::Revision revision;
  /// Absolute.
  std::optional<std::filesystem::path> allowed_signers;
  /// Where the checkout is to be.
  std::filesystem::path working_dir;
};

/// What an include of `url` may be called: "infra" for "ssh://git@example.org/infra.git".
[[nodiscard]] std::string include_name(std::string_view url);

/// A valid manifest in canonical layout.
[[nodiscard]] std::string host_manifest_text(const HostSource& source);

}  // namespace starter
