// Files that Git LFS keeps elsewhere: without git-lfs a checkout holds pointers in their place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "git/error.h"
#include "git/repository.h"

namespace git {

/// A sentence that names the files of the checkout that are pointers; empty if there are none.
[[nodiscard]] tl::expected<std::string, Error> describe_lfs_pointers(Repository& repository);

/// What to do where git failed because git-lfs did.
[[nodiscard]] std::optional<std::string> explain_missing_lfs(std::string_view messages);

}  // namespace git
