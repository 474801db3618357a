// An update that was killed half-way leaves files of two commits behind, and git then takes them
// for local changes. A note of both commits, which lies in git's directory as long as the update
// runs, tells such files apart: what is of either commit, or the beginning of it, is git's own
// unfinished work and can be taken back; everything else is somebody's, and stays.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "git/error.h"
#include "git/repository.h"

namespace git {

/// The commits between which an update moves; `from` is empty where there is none yet.
struct Move {
  std::string from;
  std::string to;
};

[[nodiscard]] tl::expected<void, Error> note_update(const Repository& repository, const Move& move);
void forget_update(const Repository& repository);

/// Takes back what an update between these commits has done, whatever is noted.
[[nodiscard]] tl::expected<void, Error> undo_update(Repository& repository, const Move& move);

/// Takes an update that was cut off back, if there was one, so that work tree and index are as
/// before it. Refuses if a file is of neither commit, and then changes nothing.
[[nodiscard]] tl::expected<void, Error> undo_interrupted_update(Repository& repository);

}  // namespace git
