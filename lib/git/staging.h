// The first clone in two steps, each of which may be killed at any instant: git clones into a
// staging directory inside the target, and only a complete checkout is moved out of it, entry by
// entry, without ever replacing a file. What a kill leaves behind is told apart from everything
// that is not ours by where it lies, and the next run goes on from there.
#pragma once

#include <filesystem>
#include <tl/expected.hpp>

#include "git/error.h"

namespace git {

/// What is found where the checkout shall be.
enum class Target {
  absent,
  /// Nothing in it, or nothing but a clone of ours that was cut off: it may be started over.
  empty,
  /// A clone of ours is complete; not all of it has been moved into place.
  cloned,
  /// It holds a `.git`.
  checkout,
};

/// Refuses what is none of these: a directory that holds other files, a bare repository, a file.
[[nodiscard]] tl::expected<Target, Error> examine(const std::filesystem::path& directory);

/// A target that is absent or empty, ready for the clone. Unless `finish` succeeds it is left as
/// it was found: the directories made for it go again, and so does the unfinished clone.
class Staging {
 public:
  [[nodiscard]] static tl::expected<Staging, Error> create(const std::filesystem::path& directory);
  Staging(Staging&& other) noexcept;
  Staging& operator=(Staging&&) = delete;
  ~Staging();

  /// Where git shall clone to, relative to the target. Each run has a name of its own: a git that
  /// outlived a fluke that was killed may still be writing to the former one.
  [[nodiscard]] const std::filesystem::path& checkout() const { return checkout_; }

  /// The clone is complete: marks it as such, by its name, and moves it into place.
  [[nodiscard]] tl::expected<void, Error> finish();

 private:
  explicit Staging(std::filesystem::path directory) : directory_(std::move(directory)) {}

  /// Empty when there is nothing to undo.
  std::filesystem::path directory_;
  std::filesystem::path checkout_;
  /// The outermost directory that had to be made, if any.
  std::filesystem::path made_;
};

/// Moves what is left of a complete clone into place.
[[nodiscard]] tl::expected<void, Error> move_into_place(const std::filesystem::path& directory);

/// Removes what a kill between the last move and the end left of the staging directory.
void tidy_up(const std::filesystem::path& directory);

}  // namespace git
