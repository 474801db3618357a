// What keeps git from bringing a checkout to a commit without losing something, and how to resolve
// it: every refusal of an update is worded here.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <tl/expected.hpp>

#include "git/difference.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/repository.h"
#include "git/revision.h"

namespace git {

/// "a", "b" and 3 more: names of files as a message shows them.
[[nodiscard]] std::string listed(const std::set<std::string>& names);

/// Whatever keeps the checkout from being moved to the commit that is followed, save files in the
/// way: an operation that somebody has begun, commits that would be lost, another work tree that
/// has the branch.
[[nodiscard]] tl::expected<void, Error> refuse_move(Repository& repository,
                                                    const Revision& revision, const Status& status,
                                                    const Branch& state);

/// Files that would stop git on the way from HEAD to another commit. `wanted` is what a command
/// calls that commit; empty where none can name it.
[[nodiscard]] tl::expected<void, Error> refuse_files_in_the_way(Repository& repository,
                                                                const Status& status,
                                                                Difference& difference,
                                                                std::string_view wanted);

/// Tracked files that somebody has edited, where the manifest wants none.
[[nodiscard]] tl::expected<void, Error> refuse_edited_files(const Repository& repository,
                                                            const Status& status);

/// A sentence that names those files; empty if there are none.
[[nodiscard]] std::string describe_edited_files(const Status& status);

/// Commits that only a detached HEAD holds, and that no run of fluke brought it to.
[[nodiscard]] tl::expected<void, Error> refuse_lost_commits(Repository& repository,
                                                            const Head& head);

/// The refusal that names the refs beside which git cannot write that of a branch, here or as
/// fetched: "a" and "a/b" cannot both be.
[[nodiscard]] std::optional<Error> find_ref_in_the_way(const Repository& repository,
                                                       const Revision& revision);

/// The same where git failed for that reason.
[[nodiscard]] std::optional<Error> explain_ref_in_the_way(const Repository& repository,
                                                          const Revision& revision,
                                                          std::string_view messages);

/// A tag that names another commit here than it does on the remote, unless it may move.
[[nodiscard]] tl::expected<void, Error> refuse_moved_tag(Repository& repository,
                                                         const Source& source,
                                                         const Fetched& fetched);

/// A commit without the signature that merge.verifySignatures wants.
[[nodiscard]] tl::expected<void, Error> refuse_missing_signature(Repository& repository,
                                                                 const std::string& commit);

/// The refusal of a commit whose signature is not as merge.verifySignatures wants it; nothing if
/// git failed for another reason.
[[nodiscard]] std::optional<Error> explain_missing_signature(const Repository& repository,
                                                             std::string_view commit,
                                                             std::string_view messages);

/// The same where git has stopped; nothing if it did for another reason. Its own list of them is
/// cut after 4 KiB.
[[nodiscard]] std::optional<Error> explain_files_in_the_way(Repository& repository,
                                                            Difference& difference,
                                                            const Result& answer,
                                                            std::string_view wanted = {});

}  // namespace git
