#include "git/scratch.h"

#include "git/git_directory.h"

namespace git {

Scratch::Scratch(const Repository& repository, const char* name)
    : path_(find_git_directory(repository.directory()).own / name) {
  remove();
}

void Scratch::remove() const {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
  std::filesystem::remove(path() + ".lock", ignored);
}

}  // namespace git
