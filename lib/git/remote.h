// The remote side of a sync: which url origin has, and fetching one branch from the url of the
// manifest, which may be another.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "git/checkout.h"
#include "git/repository.h"

namespace git {

/// What the configuration of a checkout says about its remote.
struct Origin {
  std::optional<std::string> url;
  bool has_refspec = false;
  /// There is a filter without which git does not check files out.
  bool has_required_filter = false;
};

/// "refs/heads/BRANCH" and "refs/remotes/origin/BRANCH".
[[nodiscard]] std::string local_ref(std::string_view branch);
[[nodiscard]] std::string tracking_ref(std::string_view branch);

/// Reads origin's configuration, and arranges that ssh never asks, unless the user has an ssh
/// command of their own (GIT_SSH_COMMAND, GIT_SSH, core.sshCommand). Refuses a repository whose
/// files are in another directory (core.worktree).
[[nodiscard]] tl::expected<Origin, Error> read_origin(Repository& repository);

/// What becomes of the fetched commit.
enum class Fetch {
  /// It becomes origin's branch, and no other ref changes.
  into_tracking_ref,
  /// It stays in FETCH_HEAD.
  objects_only,
};

/// Fetches the branch from the url; the commit that it has there. On failure says whether the
/// branch is absent, the remote cannot be read, or the directory belongs to somebody else.
[[nodiscard]] tl::expected<std::string, Error> fetch(Repository& repository, const Origin& origin,
                                                     const Source& source, Fetch mode);

/// Points origin at the url where it is not there already; the former url, masked, if there was
/// one.
[[nodiscard]] tl::expected<std::optional<std::string>, Error> adopt_url(Repository& repository,
                                                                        const Origin& origin,
                                                                        const Source& source);

/// Asks the url for the branch and fetches nothing; fails as fetch() does.
[[nodiscard]] tl::expected<void, Error> look_for_branch(Repository& repository,
                                                        const Source& source);

/// Why the branch could not be had, as far as the remote can tell: `attempt` is the command that
/// failed.
[[nodiscard]] Error explain_remote(const Repository& repository, const Origin& origin,
                                   const Source& source, std::string_view command,
                                   const Result& attempt);

}  // namespace git
