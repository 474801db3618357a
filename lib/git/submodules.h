// The repositories inside a checkout, which it pins to a commit each: brought there after the
// checkout itself, as far as nothing of somebody's is lost. Whatever `.gitmodules` says of rebasing
// or merging, HEAD is detached at the pinned commit; what is declared as not wanted is left alone.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "git/checkout.h"
#include "git/difference.h"
#include "git/repository.h"

namespace git {

struct Submodule {
  std::string path;
  /// The commit that the checkout's index pins.
  std::string pinned;
  /// What is checked out there; empty where nothing is yet.
  std::string head;
  /// For one that is elsewhere: what `.gitmodules` calls it, and its urls there and here.
  std::string name;
  std::string declared_url;
  std::string url;
};

/// Those that are wanted here; none without a `.gitmodules`.
[[nodiscard]] tl::expected<std::vector<Submodule>, Error> read_submodules(Repository& repository);

/// Submodules that an update would move, and that hold changes or commits of somebody's.
[[nodiscard]] tl::expected<void, Error> refuse_unclean_submodules(Repository& repository,
                                                                  Difference& difference);

/// Clones those that are absent, and moves those that are elsewhere, those inside them included.
/// What was done, a sentence each.
[[nodiscard]] tl::expected<std::vector<std::string>, Error> update_submodules(
    Repository& repository, const Source& source);

}  // namespace git
