// Files that Git LFS keeps elsewhere: without git-lfs a checkout holds pointers in their place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "git/error.h"
#include "git/repository.h"

namespace git {

/// A sentence that names the files of the checkout that are pointers; empty if there are none. What
/// attributes outside of the repository say (core.attributesFile) is not looked for.
[[nodiscard]] tl::expected<std::string, Error> describe_lfs_pointers(Repository& repository);

/// What to do where git failed because git-lfs did.
[[nodiscard]] std::optional<std::string> explain_missing_lfs(std::string_view messages);

}  // namespace git
