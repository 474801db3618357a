#include "git/required_filters.h"

#include <fmt/format.h>

#include <optional>
#include <set>

#include "git/scratch.h"
#include "text/fields.h"
#include "text/quote.h"

namespace git {
namespace {

std::string nul_ended(const std::set<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    list += name + '\0';
  }
  return list;
}

/// What git says of a file and a filter: "fatal: FILE: smudge filter NAME failed".
struct FailedFilter {
  std::string file;
  std::string name;
};

std::optional<FailedFilter> find_failed_filter(std::string_view messages) {
  constexpr std::string_view before = "fatal: ";
  constexpr std::string_view between = ": smudge filter ";
  constexpr std::string_view behind = " failed";
  while (!messages.empty()) {
    std::string_view line = text::take(messages, '\n');
    const std::size_t middle = line.find(between);
    if (line.starts_with(before) && line.ends_with(behind) && middle != std::string_view::npos) {
      line.remove_suffix(behind.size());
      return FailedFilter{.file = std::string(line.substr(before.size(), middle - before.size())),
                          .name = std::string(line.substr(middle + between.size()))};
    }
  }
  return std::nullopt;
}

tl::expected<std::set<std::string>, Error> required_filters(Repository& repository) {
  const auto answer = repository.query(
      {"config", "--null", "--type=bool", "--get-regexp", R"(^filter\..*\.required$)"});
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  std::set<std::string> filters;
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    std::string_view value = text::take(rest, '\0');
    std::string_view name = text::take(value, '\n');
    name.remove_prefix(std::string_view("filter.").size());
    name.remove_suffix(std::string_view(".required").size());
    if (value == "true") {
      filters.emplace(name);
    } else {
      filters.erase(std::string(name));
    }
  }
  return filters;
}

/// The files that go through one of the filters, as the attributes in the index have it.
tl::expected<std::set<std::string>, Error> filtered_files(Repository& repository,
                                                          const std::vector<ChangedFile>& files,
                                                          const std::set<std::string>& filters) {
  std::set<std::string> names;
  for (const ChangedFile& file : files) {
    if (file.after.is_file() && !file.after.is_link()) {
      names.insert(file.path);
    }
  }
  const auto answer = repository.query({"check-attr", "-z", "--stdin", "--cached", "filter"},
                                       most_names, nul_ended(names));
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  names.clear();
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    const std::string_view name = text::take(rest, '\0');
    text::take(rest, '\0');
    if (filters.contains(std::string(text::take(rest, '\0')))) {
      names.emplace(name);
    }
  }
  return names;
}

}  // namespace

tl::expected<void, Error> refuse_failing_filters(Repository& repository, Difference& difference) {
  const auto filters = required_filters(repository);
  if (!filters) {
    return tl::unexpected(filters.error());
  }
  if (filters->empty()) {
    return {};
  }
  const auto& files = difference.files();
  if (!files) {
    return tl::unexpected(files.error());
  }
  const Scratch index(repository.directory(), Scratch::index);
  const Scratch trial(repository.directory(), Scratch::trial);
  Repository trying = index.as_index(repository);
  if (const auto filled = trying.ask({"read-tree", difference.move().to}); !filled) {
    return tl::unexpected(filled.error());
  }
  const auto names = filtered_files(trying, *files, *filters);
  if (!names) {
    return tl::unexpected(names.error());
  }
  const auto answer =
      trying.run({"checkout-index", "-q", "-z", "--stdin", "--prefix=" + trial.path() + '/'},
                 nul_ended(*names));
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  const auto failed = find_failed_filter(answer->messages);
  if (answer->status == 0 || !failed) {
    return {};
  }
  return tl::unexpected(Error{
      .cause = Cause::refused,
      .message = fmt::format(
          "the filter {} fails for {}, which would be gone after the update; mend what runs it: {}",
          text::quoted(failed->name), text::quoted(failed->file),
          shell_command(
              repository.directory(),
              fmt::format("config {}", shell_word(fmt::format("filter.{}.smudge", failed->name))))),
      .output = answer->messages});
}

}  // namespace git
