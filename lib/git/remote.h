// The remote side of a sync: which url origin has, and fetching what is followed from the url of
// the manifest, which may be another.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "git/checkout.h"
#include "git/refs.h"
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
/// "refs/tags/TAG".
[[nodiscard]] std::string tag_ref(std::string_view tag);
/// The ref by which a commit that HEAD is detached at, by a run, is known not to be somebody's.
[[nodiscard]] std::string pin_ref(std::string_view commit);

/// Reads origin's configuration, and arranges that ssh never asks, unless the user has an ssh
/// command of their own (GIT_SSH_COMMAND, GIT_SSH, core.sshCommand). Refuses a repository whose
/// files are in another directory (core.worktree).
[[nodiscard]] tl::expected<Origin, Error> read_origin(Repository& repository);

/// What becomes of the commit of a branch that is fetched. That of a tag, or one asked for by
/// name, changes no ref.
enum class Fetch {
  /// It becomes origin's branch, and no other ref changes.
  into_tracking_ref,
  /// It stays in FETCH_HEAD.
  objects_only,
};

/// What the remote has.
struct Fetched {
  std::string commit;
  /// What a tag names: the commit, or an object that has a message and perhaps a signature of its
  /// own (git-tag(1)). Of a branch or a commit, the commit.
  std::string object;

  /// How the checkout stood meanwhile; absent where an update was cut off, or git could not tell.
  std::optional<Status> status = {};

  [[nodiscard]] bool is_annotated_tag() const { return object != commit; }
};

/// Fetches what is followed from the url. A commit that is here already is not asked for; one that
/// the remote does not hand out by its name is looked for among its branches. On failure says
/// whether it is absent, the remote cannot be read, or the directory belongs to somebody else.
/// Meanwhile it looks how the checkout stands, and tells its commit.
[[nodiscard]] tl::expected<Fetched, Error> fetch(Repository& repository, const Origin& origin,
                                                 const Source& source, Fetch mode);

/// How the checkout stands to what was fetched.
[[nodiscard]] tl::expected<Status, Error> read_status(Repository& repository,
                                                      const Revision& revision,
                                                      const Fetched& fetched);

/// Points origin at the url where it is not there already; the former url, masked, if there was
/// one.
[[nodiscard]] tl::expected<std::optional<std::string>, Error> adopt_url(Repository& repository,
                                                                        const Origin& origin,
                                                                        const Source& source);

/// Asks the url for what is followed and fetches nothing; fails as fetch() does. Of a commit it
/// learns no more than that the url answers.
[[nodiscard]] tl::expected<void, Error> look_for_revision(Repository& repository,
                                                          const Source& source);

/// Whether git failed for a reason that passes: nobody listens, the line broke, the name cannot be
/// resolved, the server has a fault or too much to do.
[[nodiscard]] bool is_passing(std::string_view messages);

/// Why what is followed could not be had, as far as the remote can tell: `attempt` is the command
/// that failed.
[[nodiscard]] Error explain_remote(const Repository& repository, const Origin& origin,
                                   const Source& source, std::string_view command,
                                   const Result& attempt);

}  // namespace git
