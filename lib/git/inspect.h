// Compares a checkout with its remote and changes nothing but git's store of objects.
#pragma once

#include <tl/expected.hpp>

#include "git/checkout.h"
#include "git/repository.h"

namespace git {

[[nodiscard]] tl::expected<Comparison, Error> compare(Repository& repository, const Source& source);

}  // namespace git
