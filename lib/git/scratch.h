// Something in git's own directory that is there for a while only.
#pragma once

#include <filesystem>
#include <string>

#include "git/repository.h"

namespace git {

/// A file or directory of one of these names: removed in the end, and before, for a kill may have
/// left it.
class Scratch {
 public:
  static constexpr const char* index = "fluke-index";
  static constexpr const char* trial = "fluke-trial";

  /// Removes what a kill has left in a checkout.
  static void remove_all(const std::filesystem::path& checkout);

  Scratch(const std::filesystem::path& checkout, const char* name);
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { remove(); }

  [[nodiscard]] const std::string& path() const { return path_.native(); }

  /// The same repository, for commands whose index this is.
  [[nodiscard]] Repository as_index(Repository repository) const {
    repository.set_variable("GIT_INDEX_FILE", path());
    return repository;
  }

 private:
  void remove() const;

  std::filesystem::path path_;
};

}  // namespace git
