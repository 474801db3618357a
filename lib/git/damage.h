// A repository that lost something, as in a power failure: told apart from all else that makes a
// git command fail.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "git/repository.h"
#include "git/revision.h"

namespace git {

/// What is broken and how to mend it, where `messages` of a failed command, or the files that git
/// needs for what is
/// followed, tell of it.
[[nodiscard]] std::optional<Error> explain_damage(const Repository& repository,
                                                  const Revision& revision,
                                                  std::string_view messages);

}  // namespace git
