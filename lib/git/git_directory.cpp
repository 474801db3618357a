#include "git/git_directory.h"

#include <string>

#include "git/small_file.h"

namespace git {
namespace {

namespace fs = std::filesystem;

/// The path that a file of one line holds, relative to `base`; a name may hold line ends itself.
fs::path path_in(const fs::path& file, std::string_view prefix, const fs::path& base) {
  std::string text = read_small_file(file);
  text.erase(text.find_last_not_of('\n') + 1);
  if (!text.starts_with(prefix) || text.size() == prefix.size()) {
    return {};
  }
  std::error_code ignored;
  return fs::weakly_canonical(base / text.substr(prefix.size()), ignored);
}

}  // namespace

GitDirectory find_git_directory(const fs::path& checkout) {
  const fs::path entry = checkout / ".git";
  std::error_code ignored;
  const fs::path own = fs::is_directory(entry, ignored) ? fs::weakly_canonical(entry, ignored)
                                                        : path_in(entry, "gitdir: ", checkout);
  if (own.empty()) {
    return {};
  }
  const fs::path common = path_in(own / "commondir", "", own);
  return {.own = own, .common = common.empty() ? own : common};
}

}  // namespace git
