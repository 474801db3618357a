#include "git/submodule_note.h"

#include <fstream>

#include "git/fields.h"
#include "git/git_directory.h"
#include "git/interrupted.h"
#include "git/small_file.h"

namespace git {
namespace {

namespace fs = std::filesystem;

bool has_files(const fs::path& directory) {
  std::error_code ignored;
  for (fs::directory_iterator it(directory, ignored), end; it != end; ++it) {
    if (it->path().filename() != ".git") {
      return true;
    }
  }
  return false;
}

}  // namespace

SubmoduleNote::SubmoduleNote(const Repository& repository) {
  const fs::path own = find_git_directory(repository.directory()).own;
  file_ = own / "fluke-submodule";
  modules_ = own / "modules";
}

void SubmoduleNote::write(const std::string& name, const Submodule& submodule) {
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(modules_ / name, ignored))) {
    std::ofstream(file_, std::ios::binary)
        << name << '\0' << submodule.path << '\0' << submodule.pinned << '\0';
  }
}

void SubmoduleNote::remove() const {
  std::error_code ignored;
  fs::remove(file_, ignored);
}

tl::expected<void, Error> SubmoduleNote::undo(Repository& repository) const {
  const std::string text = read_small_file(file_);
  std::string_view rest = text;
  const std::string name(take(rest, '\0'));
  const std::string path(take(rest, '\0'));
  const std::string pinned(take(rest, '\0'));
  if (!text.ends_with('\0') || pinned.empty()) {
    remove();
    return {};
  }
  Repository inner = repository.within(path);
  if (has_files(inner.directory())) {
    if (auto undone = undo_update(inner, {.from = "", .to = pinned}); !undone) {
      return undone;
    }
  }
  std::error_code ignored;
  fs::remove(inner.directory() / ".git", ignored);
  fs::remove_all(modules_ / name, ignored);
  remove();
  return {};
}

}  // namespace git
