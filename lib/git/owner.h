// Whose a directory is. git does not work in a checkout of another user, unless its configuration
// says that it may.
#pragma once

#include <optional>
#include <tl/expected.hpp>

#include "git/error.h"
#include "git/repository.h"

namespace git {

/// Refuses a directory in which git would not work once there is a checkout in it. One that is
/// absent is fine.
[[nodiscard]] tl::expected<void, Error> check_owner(Repository& repository);

/// What is meant, where git refused for that reason.
[[nodiscard]] std::optional<Error> explain_owner(const Repository& repository,
                                                 const Result& attempt);

}  // namespace git
