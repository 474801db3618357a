// The repositories inside a checkout, which it pins to a commit each: brought there after the
// checkout itself, as far as nothing of somebody's is lost.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "git/checkout.h"
#include "git/interrupted.h"
#include "git/repository.h"

namespace git {

struct Submodule {
  std::string path;
  /// The commit that the checkout's index pins.
  std::string pinned;
  /// What is checked out there; empty where nothing is yet.
  std::string head;
};

/// Those that `.gitmodules` names; none without such a file.
[[nodiscard]] tl::expected<std::vector<Submodule>, Error> read_submodules(Repository& repository);

/// Submodules that an update would move, and that hold changes or commits of somebody's.
[[nodiscard]] tl::expected<void, Error> refuse_unclean_submodules(Repository& repository,
                                                                  const Move& move);

/// Clones those that are absent, and moves those that are elsewhere, those inside them included.
/// What was done, a sentence each.
[[nodiscard]] tl::expected<std::vector<std::string>, Error> update_submodules(
    Repository& repository, const Source& source);

}  // namespace git
