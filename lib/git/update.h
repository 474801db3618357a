// Brings a checkout to what is followed: fetch, then fast-forward, switch or detach, and nothing
// that could lose a change or a commit.
#pragma once

#include <tl/expected.hpp>

#include "git/checkout.h"
#include "git/repository.h"

namespace git {

[[nodiscard]] tl::expected<Synced, Error> update(Repository& repository, const Source& source);

}  // namespace git
