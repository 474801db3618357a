// Finds out which branch of which remote a directory is a checkout of.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "process/environment.h"
#include "process/runner.h"

namespace starter {

struct CheckoutSource {
  /// Without its password.
  std::string url;
  std::string branch;
};

/// Asks git, whose absolute path is `git`. Nothing where `directory` is not the root of a checkout,
/// or has no remote called origin, or no branch checked out.
[[nodiscard]] std::optional<CheckoutSource> find_checkout_source(
    process::Runner& runner, const std::filesystem::path& git,
    const process::Environment& environment, const std::filesystem::path& directory);

}  // namespace starter
