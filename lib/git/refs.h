// Where the branches of a checkout stand: read from git's files, or asked of git in one go.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "git/repository.h"

namespace git {

/// One branch, here and as last fetched. An object name is empty where the ref does not exist.
struct Branch {
  std::string local;
  std::string remote;
  /// HEAD is on it.
  bool checked_out = false;
  /// Where HEAD is not on it: the other work tree that has it checked out, if any.
  std::string worktree;
  /// The remote's is known to have every commit of the local one.
  bool is_contained = false;
};

[[nodiscard]] tl::expected<Branch, Error> read_branch(Repository& repository,
                                                      std::string_view branch);

/// How many commits each side has that the other lacks.
struct Distance {
  std::size_t only_left = 0;
  std::size_t only_right = 0;
};

[[nodiscard]] tl::expected<Distance, Error> count_commits(Repository& repository,
                                                          std::string_view left,
                                                          std::string_view right);

/// What HEAD is.
struct Head {
  /// The full name of the ref it is on; empty when it is detached.
  std::string ref;
  /// Empty where there is no commit yet.
  std::string commit;
};

[[nodiscard]] tl::expected<Head, Error> read_head(Repository& repository);

/// The first seven digits of an object name.
[[nodiscard]] std::string_view abbreviated(std::string_view object_name);

/// The name of the branch of a ref below refs/heads, or the ref itself.
[[nodiscard]] std::string_view short_name(std::string_view ref);

}  // namespace git
