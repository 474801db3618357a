#include "git/difference.h"

#include "text/fields.h"

namespace git {
namespace {

tl::expected<std::vector<ChangedFile>, Error> read_files(Repository& repository, const Move& move) {
  const auto from = tree_of(repository, move.from);
  const auto to = tree_of(repository, move.to);
  if (!from || !to) {
    return tl::unexpected(from ? to.error() : from.error());
  }
  const auto answer =
      repository.query({"diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev",
                        "--ignore-submodules=none", *from, *to, "--"},
                       most_names);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(repository.failure("diff-tree", *answer));
  }
  std::vector<ChangedFile> files;
  std::string_view rest = answer->output;
  while (rest.starts_with(':')) {
    rest.remove_prefix(1);
    ChangedFile& file = files.emplace_back();
    file.before.mode = text::take(rest, ' ');
    file.after.mode = text::take(rest, ' ');
    file.before.blob = text::take(rest, ' ');
    file.after.blob = text::take(rest, ' ');
    text::take(rest, '\0');
    file.path = text::take(rest, '\0');
  }
  return files;
}

}  // namespace

const tl::expected<std::vector<ChangedFile>, Error>& Difference::files() {
  if (!files_) {
    files_ = read_files(repository_, move_);
  }
  return *files_;
}

tl::expected<std::string, Error> tree_of(Repository& repository, const std::string& commit) {
  return commit.empty() ? repository.ask({"hash-object", "-t", "tree", "/dev/null"})
                        : tl::expected<std::string, Error>(commit);
}

}  // namespace git
