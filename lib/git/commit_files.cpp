#include "git/commit_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "git/difference.h"
#include "git/refs.h"
#include "text/fields.h"
#include "text/quote.h"

namespace git {
namespace {

/// For all files together: as much as one manifest may hold.
constexpr std::size_t most_text = std::size_t{1} << 30U;

Error unreadable(const Repository& repository, std::string_view what) {
  return {.cause = Cause::failed,
          .message = fmt::format("git does not give {} of {} whole", what,
                                 text::quoted(repository.directory().native()))};
}

/// "MODE TYPE OBJECT\tPATH".
CommittedFile parse_entry(std::string_view entry) {
  const std::string_view mode = text::take(entry, ' ');
  text::take(entry, ' ');
  const std::string_view object = text::take(entry, '\t');
  return {.path = std::string(entry),
          .is_regular = mode.starts_with("100"),
          .object = std::string(object)};
}

/// Takes "OBJECT blob SIZE\nTEXT\n" off the front of `rest`.
std::optional<std::string> take_blob(std::string_view& rest) {
  std::string_view header = text::take(rest, '\n');
  text::take(header, ' ');
  const std::string_view type = text::take(header, ' ');
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), size);
  if (type != "blob" || error != std::errc() || end != header.data() + header.size() ||
      rest.size() <= size) {
    return std::nullopt;
  }
  std::string text(rest.substr(0, size));
  rest.remove_prefix(size + 1);
  return text;
}

}  // namespace

tl::expected<std::vector<CommittedFile>, Error> list_files(Repository& repository,
                                                           const std::string& commit,
                                                           std::span<const std::string> places) {
  std::vector<std::string> arguments = {"ls-tree", "-r", "-z", "--full-tree", commit};
  if (std::ranges::find(places, "") == places.end()) {
    arguments.emplace_back("--");
    arguments.insert(arguments.end(), places.begin(), places.end());
  }
  repository.set_variable("GIT_NO_REPLACE_OBJECTS", "1");
  repository.set_variable("GIT_LITERAL_PATHSPECS", "1");
  auto answer = repository.query(arguments, most_names);
  if (!answer) {
    return tl::unexpected(std::move(answer.error()));
  }
  if (answer->status != 0) {
    return tl::unexpected(repository.failure("ls-tree", *answer));
  }
  if (answer->output.size() == most_names) {
    return tl::unexpected(unreadable(repository, "the list of files"));
  }
  std::vector<CommittedFile> files;
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    files.push_back(parse_entry(text::take(rest, '\0')));
  }
  // git sorts a directory as if its name ended in "/".
  std::ranges::sort(files, {}, &CommittedFile::path);
  return files;
}

tl::expected<std::vector<std::string>, Error> read_files(Repository& repository,
                                                         std::span<const CommittedFile> files) {
  std::vector<std::string> texts;
  if (files.empty()) {
    return texts;
  }
  std::string objects;
  for (const CommittedFile& file : files) {
    objects += file.object + '\n';
  }
  repository.set_variable("GIT_NO_REPLACE_OBJECTS", "1");
  auto answer = repository.query({"cat-file", "--batch"}, most_text, objects);
  if (!answer) {
    return tl::unexpected(std::move(answer.error()));
  }
  if (answer->status != 0) {
    return tl::unexpected(repository.failure("cat-file", *answer));
  }
  std::string_view rest = answer->output;
  for (const CommittedFile& file : files) {
    auto text = take_blob(rest);
    if (!text) {
      return tl::unexpected(unreadable(repository, text::quoted(file.path)));
    }
    texts.push_back(*std::move(text));
  }
  return texts;
}

}  // namespace git
