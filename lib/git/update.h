// Brings a checkout to the head of its branch: fetch, then fast-forward or switch, and nothing that
// could lose a change or a commit.
#pragma once

#include <tl/expected.hpp>

#include "git/checkout.h"
#include "git/repository.h"

namespace git {

[[nodiscard]] tl::expected<Synced, Error> update(Repository& repository, const Source& source);

}  // namespace git
