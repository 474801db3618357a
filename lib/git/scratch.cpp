#include "git/scratch.h"

#include "git/git_directory.h"

namespace git {

Scratch::Scratch(const std::filesystem::path& checkout, const char* name)
    : path_(find_git_directory(checkout).own / name) {
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
