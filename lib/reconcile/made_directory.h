// The directory of a first clone, made so that there is something to lock.
#pragma once

#include <filesystem>
#include <tl/expected.hpp>
#include <vector>

namespace reconcile {

/// Removes what it made when it goes, as far as that is empty: a clone that failed leaves nothing
/// behind.
class MadeDirectory {
 public:
  /// Makes `directory` and those above it; fails with an errno.
  [[nodiscard]] static tl::expected<MadeDirectory, int> make(
      const std::filesystem::path& directory);

  MadeDirectory(MadeDirectory&&) noexcept = default;
  MadeDirectory& operator=(MadeDirectory&&) = delete;
  ~MadeDirectory();

 private:
  MadeDirectory() = default;

  /// The innermost first.
  std::vector<std::filesystem::path> made_;
};

}  // namespace reconcile
