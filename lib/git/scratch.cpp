#include "git/scratch.h"

#include "git/git_directory.h"

namespace git {

Scratch::Scratch(const std::filesystem::path& checkout, const char* name)
    // Beside the note: never anywhere else, even where git's directory is not to be found.
    : path_(update_note(checkout).parent_path() / name) {
  remove();
}

void Scratch::remove_all(const std::filesystem::path& checkout) {
  for (const char* name : {index, trial}) {
    const Scratch left(checkout, name);
  }
}

void Scratch::remove() const {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
  std::filesystem::remove(path() + ".lock", ignored);
}

}  // namespace git
