#include "git/git_directory.h"

#include "file/contents.h"

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

/// Nowhere else but there, even if it is not to be found.
fs::path note_in(const fs::path& checkout, const char* name) {
  const fs::path own = find_git_directory(checkout).own;
  return (own.empty() ? checkout / ".git" : own) / name;
}

}  // namespace

fs::path update_note(const fs::path& checkout) {
  return note_in(checkout, "fluke-update");
}

fs::path fetch_note(const fs::path& checkout) {
  return note_in(checkout, "fluke-fetch");
}

bool was_cut_off(const fs::path& checkout) {
  return is_there(update_note(checkout)) || is_there(fetch_note(checkout));
}

std::string read_small_file(const fs::path& file) {
  constexpr std::size_t most = std::size_t{1} << 20U;
  return file::read_regular(file, most).value_or("");
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

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
