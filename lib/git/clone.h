// The first checkout of what is followed, in a directory that is absent or empty.
#pragma once

#include <tl/expected.hpp>

#include "git/checkout.h"
#include "git/repository.h"

namespace git {

[[nodiscard]] tl::expected<Synced, Error> clone(Repository& repository, const Source& source);

}  // namespace git
