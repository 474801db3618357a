// The sync phase: drives git for one resource and tells what came of it in the engine's words.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "git/checkout.h"
#include "manifest/manifest.h"
#include "process/runner.h"
#include "reconcile/outcome.h"

namespace reconcile {

/// How a checkout compares with its branch; how long it took is the caller's to tell.
struct Comparison {
  GitRecord record;
  /// The checkout is absent: no task can run.
  bool not_cloned = false;
  /// Why the checkout is not what the manifest asks for; empty where it is.
  std::string drift;
};

/// What a report may say of `source` before git has done anything.
[[nodiscard]] GitRecord record_of(const manifest::GitSource& source);

/// The comparison of a directory that does not exist.
[[nodiscard]] Comparison not_cloned(const manifest::GitSource& source);

/// Brings the checkout to the branch.
[[nodiscard]] tl::expected<GitRecord, Failure> sync(
    git::Client& client, const manifest::Resource& resource,
    std::optional<std::chrono::milliseconds> deadline, const process::LineSink& on_line);

/// Compares the checkout with the branch and leaves it as it is. `resource` has a git block, here
/// and above.
[[nodiscard]] tl::expected<Comparison, Failure> inspect(
    git::Client& client, const manifest::Resource& resource,
    std::optional<std::chrono::milliseconds> deadline, const process::LineSink& on_line);

}  // namespace reconcile
