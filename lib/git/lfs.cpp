#include "git/lfs.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include "git/difference.h"
#include "git/git_directory.h"
#include "git/obstacles.h"
#include "text/fields.h"
#include "text/quote.h"

namespace git {
namespace {

constexpr std::string_view first_line = "version https://git-lfs.github.com/spec/";

bool is_pointer(const std::filesystem::path& file) {
  std::array<char, first_line.size()> begin = {};
  std::ifstream stream(file, std::ios::binary);
  stream.read(begin.data(), begin.size());
  return stream && std::string_view(begin.data(), begin.size()) == first_line;
}

bool names_filter(const std::filesystem::path& attributes) {
  return read_small_file(attributes).find("filter=lfs") != std::string::npos;
}

/// Whether a file of attributes names the filter. Asking git takes longer than a look at a thousand
/// names, and less long than one at a hundred thousand: where there are many, git is asked.
bool may_hold_pointers(const std::filesystem::path& checkout) {
  constexpr int most_entries = 1000;
  if (names_filter(find_git_directory(checkout).common / "info/attributes")) {
    return true;
  }
  int entries = 0;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(checkout, error), end; it != end;
       it.increment(error)) {
    const std::filesystem::path name = it->path().filename();
    if (++entries > most_entries || (name == ".gitattributes" && names_filter(it->path()))) {
      return true;
    }
    if (name == ".git") {
      it.disable_recursion_pending();
    }
  }
  return static_cast<bool>(error);
}

}  // namespace

tl::expected<std::string, Error> describe_lfs_pointers(Repository& repository) {
  if (!may_hold_pointers(repository.directory())) {
    return std::string();
  }
  const auto answer = repository.query({"ls-files", "-z", "--", ":(attr:filter=lfs)"}, most_names);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  std::set<std::string> pointers;
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    const std::string name(text::take(rest, '\0'));
    if (is_pointer(repository.directory() / name)) {
      pointers.insert(name);
    }
  }
  if (pointers.empty()) {
    return std::string();
  }
  return fmt::format(
      "of {} in Git LFS there is only the pointer here: {}; install git-lfs, then: {} && {}",
      text::counted(pointers.size(), "file"), listed(pointers),
      shell_command(repository.directory(), "lfs install --local"),
      shell_command(repository.directory(), "lfs pull"));
}

std::optional<std::string> explain_missing_lfs(std::string_view messages) {
  const auto says = [&](std::string_view words) {
    return messages.find(words) != std::string_view::npos;
  };
  // What git says depends on whether it has written to the filter before that ended.
  const bool filter_failed =
      says("git-lfs") && (says("not found") || says("failed") || says("hung up"));
  if (!filter_failed && !says("smudge filter lfs failed")) {
    return std::nullopt;
  }
  return "files of it are in Git LFS, and the git-lfs that git's configuration names is missing or "
         "fails; try: git lfs version";
}

}  // namespace git
