// While a submodule is cloned, a note in git's directory says which: what a kill leaves of it is
// fluke's own, and can be taken away.
#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>

#include "git/error.h"
#include "git/repository.h"
#include "git/submodules.h"

namespace git {

class SubmoduleNote {
 public:
  explicit SubmoduleNote(const Repository& repository);

  /// `name` is that of `.gitmodules`. Nothing is noted where there already is a repository to go on
  /// from.
  void write(const std::string& name, const Submodule& submodule);

  void remove() const;

  /// Takes the beginnings of the clone that is noted away again.
  [[nodiscard]] tl::expected<void, Error> undo(Repository& repository) const;

 private:
  std::filesystem::path file_;
  std::filesystem::path modules_;
};

}  // namespace git
