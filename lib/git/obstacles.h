// What keeps git from bringing a checkout to a commit without losing something, and how to resolve
// it: every refusal of an update is worded here.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "git/refs.h"
#include "git/repository.h"

namespace git {

/// "a", "b" and 3 more: names of files as a message shows them.
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

/// A merge, rebase, cherry-pick, revert, `git am` or bisect that somebody has begun.
[[nodiscard]] tl::expected<void, Error> refuse_operation_in_progress(const Repository& repository);

/// Commits of the local branch that the remote's lacks.
[[nodiscard]] tl::expected<void, Error> refuse_local_commits(Repository& repository,
                                                             const std::string& branch,
                                                             const Branch& state);

/// Another work tree of the same repository that has the branch checked out.
[[nodiscard]] tl::expected<void, Error> refuse_other_worktree(const Repository& repository,
                                                              const std::string& branch,
                                                              const Branch& state);

/// Commits that only a detached HEAD holds.
[[nodiscard]] tl::expected<void, Error> refuse_lost_commits(Repository& repository,
                                                            const Head& head);

/// The refusal that names the files for which git stopped, as it listed them in `messages`;
/// nothing if it stopped for another reason.
[[nodiscard]] std::optional<Error> explain_files_in_the_way(const Repository& repository,
                                                            std::string_view messages);

}  // namespace git
