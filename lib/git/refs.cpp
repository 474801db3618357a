#include "git/refs.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "git/fields.h"
#include "git/git_directory.h"
#include "git/ref_files.h"
#include "git/remote.h"

namespace git {
namespace {

std::size_t to_number(std::string_view digits) {
  std::size_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

/// The output of a query whose status 1 means that there is no such thing.
tl::expected<std::string, Error> ask_if_any(Repository& repository,
                                            const std::vector<std::string>& arguments) {
  const tl::expected<Answer, Error> answer = repository.query(arguments);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status > 1) {
    return tl::unexpected(repository.failure(arguments.front(), *answer));
  }
  return answer->output.substr(0, answer->output.find('\n'));
}

/// Whether git noted of the last fetch that it went from one of these commits to the other, and
/// that nothing was lost by it.
bool was_fast_forwarded(const LogEntry& fetched, const Branch& branch) {
  return fetched.from == branch.local && fetched.to == branch.remote &&
         fetched.message.ends_with(": fast-forward");
}

/// Nothing where HEAD is not on the branch, or files do not tell where both of its refs are.
std::optional<Branch> branch_in_files(const std::filesystem::path& checkout,
                                      std::string_view branch) {
  const GitDirectory directory = find_git_directory(checkout);
  const std::string local = local_ref(branch);
  const std::string remote = tracking_ref(branch);
  if (directory.own.empty() || !is_on(directory, local)) {
    return std::nullopt;
  }
  Branch found{.local = find_ref(directory, local),
               .remote = find_ref(directory, remote),
               .checked_out = true};
  if (found.local.empty() || found.remote.empty()) {
    return std::nullopt;
  }
  found.is_contained = found.local == found.remote ||
                       was_fast_forwarded(last_log_entry(directory.common, remote), found);
  return found;
}

tl::expected<Branch, Error> ask_for_branch(Repository& repository, std::string_view branch) {
  const std::string local = local_ref(branch);
  const std::string remote = tracking_ref(branch);
  const tl::expected<std::string, Error> output = repository.ask(
      {"for-each-ref", "--format=%(refname) %(objectname) %(HEAD) %(worktreepath)", local, remote});
  if (!output) {
    return tl::unexpected(output.error());
  }
  Branch found;
  std::string_view rest = *output;
  while (!rest.empty()) {
    std::string_view line = take(rest, '\n');
    const std::string_view ref = take(line, ' ');
    const std::string_view object_name = take(line, ' ');
    if (ref == local) {
      found.local = object_name;
      found.checked_out = line.starts_with('*');
      found.worktree = line.substr(std::min<std::size_t>(2, line.size()));
    } else if (ref == remote) {
      found.remote = object_name;
    }
  }
  return found;
}

}  // namespace

tl::expected<Branch, Error> read_branch(Repository& repository, std::string_view branch) {
  if (auto found = branch_in_files(repository.directory(), branch)) {
    return *std::move(found);
  }
  return ask_for_branch(repository, branch);
}

tl::expected<Distance, Error> count_commits(Repository& repository, std::string_view left,
                                            std::string_view right) {
  const tl::expected<std::string, Error> output = repository.ask(
      {"rev-list", "--left-right", "--count", fmt::format("{}...{}", left, right), "--"});
  if (!output) {
    return tl::unexpected(output.error());
  }
  std::string_view rest = *output;
  const std::size_t only_left = to_number(take(rest, '\t'));
  return Distance{.only_left = only_left, .only_right = to_number(rest)};
}

tl::expected<Head, Error> read_head(Repository& repository) {
  const auto ref = ask_if_any(repository, {"symbolic-ref", "--quiet", "HEAD"});
  if (!ref) {
    return tl::unexpected(ref.error());
  }
  const auto commit = ask_if_any(repository, {"rev-parse", "--quiet", "--verify", "HEAD^{commit}"});
  if (!commit) {
    return tl::unexpected(commit.error());
  }
  return Head{.ref = *ref, .commit = *commit};
}

std::string_view abbreviated(std::string_view object_name) {
  return object_name.substr(0, 7);
}

std::string_view short_name(std::string_view ref) {
  constexpr std::string_view heads = "refs/heads/";
  return ref.starts_with(heads) ? ref.substr(heads.size()) : ref;
}

}  // namespace git
