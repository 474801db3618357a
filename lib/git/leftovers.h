// How what stands in a work tree compares with both sides of a difference: known, begun, or
// somebody's.
#pragma once

#include <set>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "git/changed_files.h"
#include "git/error.h"
#include "git/repository.h"

namespace git {

/// What stands where the changed files should be.
struct Leftovers {
  /// Files that are as before.
  std::set<std::string> intact;
  /// Files of the other version, or of either in part.
  std::vector<std::string> unfinished;
  /// Everything else that is in their places: the names of files.
  std::vector<std::string> foreign;
};

[[nodiscard]] tl::expected<Leftovers, Error> find_leftovers(Repository& repository,
                                                            const std::vector<ChangedFile>& files);

}  // namespace git
