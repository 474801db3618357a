// Where a checkout and its branches stand. All of it is asked of git, in as few processes as can
// be: its own files tell only what some versions and settings of git keep there.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "git/repository.h"
#include "git/revision.h"

namespace git {

/// One branch, here and as last fetched. An object name is empty where the ref does not exist.
struct Branch {
  std::string local;
  std::string remote;
  /// What a command calls the latter.
  std::string remote_name;
  /// HEAD is on it, or on the branch that it stands for as a symbolic ref.
  bool checked_out = false;
  /// Where HEAD is not on it: the other work tree that has it checked out, if any.
  std::string worktree;
};

[[nodiscard]] tl::expected<Branch, Error> read_branch(Repository& repository,
                                                      std::string_view branch);

/// What is to be brought to `commit`: the branch of that name or, for a tag or a commit, a detached
/// HEAD, which is never called checked out.
[[nodiscard]] tl::expected<Branch, Error> read_state(Repository& repository,
                                                     const Revision& revision,
                                                     const std::string& commit);

/// How many commits each side has that the other lacks.
struct Distance {
  std::size_t only_left = 0;
  std::size_t only_right = 0;
};

[[nodiscard]] tl::expected<Distance, Error> count_commits(Repository& repository,
                                                          std::string_view left,
                                                          std::string_view right);

/// Whether a commit is here with all that it needs: HEAD or some ref leads to it.
[[nodiscard]] tl::expected<bool, Error> is_reachable(Repository& repository,
                                                     const std::string& commit);

/// What HEAD is.
struct Head {
  /// The full name of the branch it is on; empty when it is detached.
  std::string ref;
  /// Empty where there is no commit yet.
  std::string commit;
};

[[nodiscard]] tl::expected<Head, Error> read_head(Repository& repository);

/// A tracked file that is not as HEAD has it, in the index or in the work tree.
struct EditedFile {
  std::string path;
  /// The index is not as HEAD has it.
  bool is_staged = false;
  /// What the index has; zeros where it has nothing.
  std::string index_mode;
  std::string index_object;
};

/// How a checkout stands, in one process.
struct Status {
  Head head;
  /// From HEAD (left) to what was fetched of the branch that it is on, where they differ.
  std::optional<Distance> distance;
  std::vector<EditedFile> edited;

  /// HEAD is on the branch, or detached where none is followed, and at `commit`.
  [[nodiscard]] bool is_level(const Revision& revision, std::string_view commit) const;
  /// HEAD is on the branch, and the remote's has all of its commits and more.
  [[nodiscard]] bool is_behind() const {
    return distance && distance->only_left == 0 && distance->only_right > 0;
  }
};

/// Without the distance. A repository that lacks objects is told as one that follows `revision`.
[[nodiscard]] tl::expected<Status, Error> read_status(Repository& repository,
                                                      const Revision& revision);

/// The first seven digits of an object name.
[[nodiscard]] std::string_view abbreviated(std::string_view object_name);

/// The name of the branch of a ref below refs/heads, or the ref itself.
[[nodiscard]] std::string_view short_name(std::string_view ref);

}  // namespace git
