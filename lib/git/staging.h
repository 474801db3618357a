// The first clone, which may be killed at any instant: git clones into a staging directory inside
// the target, and only a complete clone is moved out of it, its `.git` first, without ever
// replacing a file. Until that is there a kill leaves nothing but a staging directory, which is
// removed; from then on the directory is a checkout, with the note of a move from nothing
// (head_move.h).
#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>

#include "git/error.h"

namespace git {

/// What is found where the checkout shall be.
enum class Target {
  absent,
  /// Nothing in it, or nothing but clones of ours that were cut off.
  empty,
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

  /// The clone is complete, with `commit` checked out: moves it into place.
  [[nodiscard]] tl::expected<void, Error> finish(const std::string& commit);

 private:
  explicit Staging(std::filesystem::path directory) : directory_(std::move(directory)) {}

  /// Empty once this has been moved from.
  std::filesystem::path directory_;
  std::filesystem::path checkout_;
  /// The outermost directory that had to be made, if any.
  std::filesystem::path made_;
};

/// Removes the clones that were cut off in a directory. One that a git left alone is still writing
/// to may withstand; the next run removes it.
void remove_staged(const std::filesystem::path& directory);

}  // namespace git
