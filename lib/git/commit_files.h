// Reads files out of a commit instead of the work tree: what is read is what the commit holds, and
// whoever may write to the work tree has no say in it. Names of objects are followed, not refs,
// and no object stands in for another (git-replace(1)).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "git/repository.h"

namespace git {

/// An entry of a commit that is no directory.
struct CommittedFile {
  std::string path;
  /// No symbolic link, and no submodule.
  bool is_regular = true;
  std::string object;
};

/// The files of `commit`, a full object name, at and below `places`; an empty place is its root.
/// Sorted by path. A place that is not there is no error.
[[nodiscard]] tl::expected<std::vector<CommittedFile>, Error> list_files(
    Repository& repository, const std::string& commit, std::span<const std::string> places);

/// What `files`, which are regular, hold: a text for each.
[[nodiscard]] tl::expected<std::vector<std::string>, Error> read_files(
    Repository& repository, std::span<const CommittedFile> files);

}  // namespace git
