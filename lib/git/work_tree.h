// The work tree and the index of a checkout in which a move from one commit to another was cut off.
// What the files there are is found out by git's own comparison, so that filters, modes, links and
// sparse checkouts are its business; what is neither commit's is somebody's, and stays.
#pragma once

#include <tl/expected.hpp>

#include "git/changed_files.h"
#include "git/error.h"
#include "git/repository.h"

namespace git {

/// Makes the index tell of each file of which commit it is, and removes files that git has only
/// begun to write: the command that was cut off then goes on when it is run again. Files of
/// somebody's are left for that command to name.
[[nodiscard]] tl::expected<void, Error> prepare_to_go_on(Repository& repository, const Move& move);

/// Brings files and index, which are somewhere between the two commits, to `move.to`, and leaves
/// HEAD alone. Files of somebody's become local changes.
[[nodiscard]] tl::expected<void, Error> carry_over(Repository& repository, const Move& move);

}  // namespace git
