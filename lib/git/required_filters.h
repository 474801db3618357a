// Filters without which git does not check a file out (filter.NAME.required).
#pragma once

#include <tl/expected.hpp>

#include "git/difference.h"
#include "git/error.h"
#include "git/repository.h"

namespace git {

/// git removes a file before it runs the filter that makes the new one: where a filter is required
/// and fails, the file is gone. So such filters are tried on the files that the move changes.
[[nodiscard]] tl::expected<void, Error> refuse_failing_filters(Repository& repository,
                                                               Difference& difference);

}  // namespace git
