#include "git/changed_files.h"

#include "git/fields.h"

namespace git {
namespace {

/// So many names go into one command.
constexpr std::size_t batch_bytes = std::size_t{64} * 1024;

}  // namespace

std::vector<std::vector<std::string>> batches(const std::vector<std::string>& names) {
  std::vector<std::vector<std::string>> lists;
  std::size_t bytes = batch_bytes;
  for (const std::string& name : names) {
    if (bytes >= batch_bytes) {
      lists.emplace_back();
      bytes = 0;
    }
    lists.back().push_back(name);
    bytes += name.size() + 1;
  }
  return lists;
}

tl::expected<std::vector<ChangedFile>, Error> changed_files(Repository& repository,
                                                            const std::string& from,
                                                            const std::string& to) {
  const auto answer = repository.query({"diff-tree", "-r", "-z", "--raw", "--no-renames",
                                        "--no-abbrev", "--ignore-submodules=none", from, to, "--"},
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
    file.before.mode = take(rest, ' ');
    file.after.mode = take(rest, ' ');
    file.before.blob = take(rest, ' ');
    file.after.blob = take(rest, ' ');
    take(rest, '\0');
    file.path = take(rest, '\0');
  }
  return files;
}

}  // namespace git
