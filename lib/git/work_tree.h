// The work tree and the index of a checkout in which a move from one commit to another was cut off.
// What the files there are is found out by git's own comparison, so that filters, modes, links and
// sparse checkouts are its business; what is neither commit's is somebody's, and stays.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "git/difference.h"
#include "git/error.h"
#include "git/repository.h"

namespace git {

/// How the files in the work tree compare with one side of a difference: of those that are not as
/// that has them, git's letter ("D" for one that is absent). Whatever the index has is left out.
using States = std::map<std::string, char, std::less<>>;
[[nodiscard]] tl::expected<States, Error> compare_files(const Repository& repository,
                                                        const std::vector<ChangedFile>& files,
                                                        Version ChangedFile::*side);

/// Makes the index tell of each file of which commit it is, and removes files that git has only
/// begun to write: the command that was cut off then goes on when it is run again. Files of
/// somebody's are left for that command to name.
[[nodiscard]] tl::expected<void, Error> prepare_to_go_on(Repository& repository,
                                                         Difference& difference);

/// Brings files and index, which are somewhere between the two commits, to the second, and leaves
/// HEAD alone. Files of somebody's become local changes.
[[nodiscard]] tl::expected<void, Error> carry_over(Repository& repository, Difference& difference);

}  // namespace git
