// The sync phase: drives git for one directory and says what came of it in the engine's words.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "git/checkout.h"
#include "manifest/manifest.h"
#include "process/runner.h"
#include "reconcile/clock.h"
#include "reconcile/outcome.h"
#include "reconcile/world.h"

namespace reconcile {

/// How a checkout compares with its source; how long it took is the caller's to tell.
struct Comparison {
  GitRecord record;
  /// The checkout is absent: no task can run.
  bool not_cloned = false;
  /// Why the checkout is not what the manifest asks for; empty where it is.
  std::string drift;
};

/// Why nothing can be synced where there is no git.
inline constexpr std::string_view git_not_found =
    "git was not found on PATH; install it or name it with --git";

/// The git of `world`, which outlives it; nothing where it was not found.
[[nodiscard]] std::optional<git::Client> open_git(const World& world);

/// What a report may say of `source` before git has done anything.
[[nodiscard]] GitRecord record_of(const manifest::GitSource& source);

/// What git is asked for.
[[nodiscard]] git::Source source_of(const manifest::GitSource& source);

/// The comparison of a directory that does not exist.
[[nodiscard]] Comparison not_cloned(const manifest::GitSource& source);

/// A directory, locked by the caller, and what is to be in it.
struct Checkout {
  const std::filesystem::path& directory;
  const manifest::GitSource& source;
  /// Of each git command and, where a sync is tried again, of all tries.
  std::optional<std::chrono::milliseconds> deadline;
  /// How often it is tried again where the remote does not answer for now, unless the source says.
  int retries = 0;
  /// For the pauses in between; without one there are none.
  Clock* clock = nullptr;
  /// Hears which commit is checked out, while the remote is asked for another.
  git::HeadSink on_head = {};
};

/// Brings the checkout to what its source follows.
[[nodiscard]] tl::expected<GitRecord, Failure> sync(git::Client& client, const Checkout& checkout,
                                                    const process::LineSink& on_line);

/// Compares the checkout with what its source follows, and leaves it as it is.
[[nodiscard]] tl::expected<Comparison, Failure> inspect(git::Client& client,
                                                        const Checkout& checkout,
                                                        const process::LineSink& on_line);

}  // namespace reconcile
