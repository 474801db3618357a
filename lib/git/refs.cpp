#include "git/refs.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "git/damage.h"
#include "git/difference.h"
#include "git/remote.h"
#include "text/fields.h"

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
  const tl::expected<Result, Error> answer = repository.query(arguments);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status > 1) {
    return tl::unexpected(repository.failure(arguments.front(), *answer));
  }
  return answer->output.substr(0, answer->output.find('\n'));
}

/// Somebody has edited the file, or something inside the submodule. One that is merely at another
/// commit than the index says is brought there later.
bool is_edited(std::string_view states, std::string_view submodule) {
  const bool is_staged = states.front() != '.';
  return is_staged || !submodule.starts_with('S') || submodule.find('M') != std::string_view::npos;
}

/// The fields of each kind of entry: git-status(1), "Porcelain Format Version 2".
void read_changed(std::string_view fields, Status& status) {
  const std::string_view states = text::take(fields, ' ');
  const std::string_view submodule = text::take(fields, ' ');
  text::take(fields, ' ');
  EditedFile file{.is_staged = !states.starts_with('.'),
                  .index_mode = std::string(text::take(fields, ' '))};
  text::take(fields, ' ');
  text::take(fields, ' ');
  file.index_object = text::take(fields, ' ');
  file.path = fields;
  if (is_edited(states, submodule)) {
    status.edited.push_back(std::move(file));
  }
}

/// One that a merge has left with two versions.
void read_unmerged(std::string_view fields, Status& status) {
  constexpr int fields_before_path = 9;
  for (int i = 0; i < fields_before_path; ++i) {
    text::take(fields, ' ');
  }
  status.edited.push_back({.path = std::string(fields), .is_staged = true});
}

void read_header(std::string_view line, Head& head) {
  const std::string_view key = text::take(line, ' ');
  if (key == "branch.oid" && line != "(initial)") {
    head.commit = line;
  } else if (key == "branch.head" && line != "(detached)") {
    head.ref = local_ref(line);
  }
}

}  // namespace

tl::expected<Branch, Error> read_branch(Repository& repository, std::string_view branch) {
  const std::string local = local_ref(branch);
  const std::string remote = tracking_ref(branch);
  const tl::expected<std::string, Error> output =
      repository.ask({"for-each-ref",
                      "--format=%(refname)%00%(objectname)%00%(HEAD)%00%(symref)%00%(worktreepath)",
                      local, remote});
  if (!output) {
    return tl::unexpected(output.error());
  }
  Branch found{.remote_name = fmt::format("origin/{}", branch)};
  std::string target;
  std::string_view rest = *output;
  while (!rest.empty()) {
    std::string_view line = text::take(rest, '\n');
    const std::string_view ref = text::take(line, '\0');
    const std::string_view object_name = text::take(line, '\0');
    if (ref == local) {
      found.local = object_name;
      found.checked_out = text::take(line, '\0') == "*";
      target = text::take(line, '\0');
      found.worktree = line;
    } else if (ref == remote) {
      found.remote = object_name;
    }
  }
  if (!target.empty() && !found.checked_out) {
    const auto head = read_head(repository);
    if (!head) {
      return tl::unexpected(head.error());
    }
    found.checked_out = head->ref == target;
  }
  return found;
}

tl::expected<Branch, Error> read_state(Repository& repository, const Revision& revision,
                                       const std::string& commit) {
  if (revision.kind != Revision::Kind::branch) {
    return Branch{.remote = commit, .remote_name = commit};
  }
  return read_branch(repository, revision.name).map([&](Branch branch) {
    // Whoever else fetches meanwhile may have moved the ref.
    if (branch.remote != commit) {
      branch.remote = branch.remote_name = commit;
    }
    return branch;
  });
}

tl::expected<Distance, Error> count_commits(Repository& repository, std::string_view left,
                                            std::string_view right) {
  const tl::expected<std::string, Error> output = repository.ask(
      {"rev-list", "--left-right", "--count", fmt::format("{}...{}", left, right), "--"});
  if (!output) {
    return tl::unexpected(output.error());
  }
  std::string_view rest = *output;
  const std::size_t only_left = to_number(text::take(rest, '\t'));
  return Distance{.only_left = only_left, .only_right = to_number(rest)};
}

tl::expected<bool, Error> is_reachable(Repository& repository, const std::string& commit) {
  return repository.query({"rev-list", "-n", "1", commit, "--not", "--all", "--"})
      .map([](const Result& answer) { return answer.status == 0 && answer.output.empty(); });
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

tl::expected<Status, Error> read_status(Repository& repository, const Revision& revision) {
  const auto answer =
      repository.query({"status", "--porcelain=v2", "--branch", "--no-ahead-behind",
                        "--untracked-files=no", "--ignore-submodules=all", "--no-renames", "-z"},
                       most_names);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    auto damage = explain_damage(repository, revision, answer->messages);
    return tl::unexpected(damage ? *std::move(damage) : repository.failure("status", *answer));
  }
  Status status;
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    std::string_view entry = text::take(rest, '\0');
    const std::string_view kind = text::take(entry, ' ');
    if (kind == "#") {
      read_header(entry, status.head);
    } else if (kind == "1") {
      read_changed(entry, status);
    } else if (kind == "u") {
      read_unmerged(entry, status);
    }
  }
  return status;
}

bool Status::is_level(const Revision& revision, std::string_view commit) const {
  const std::string ref =
      revision.kind == Revision::Kind::branch ? local_ref(revision.name) : std::string();
  return head.ref == ref && head.commit == commit;
}

std::string_view abbreviated(std::string_view object_name) {
  return object_name.substr(0, 7);
}

std::string_view short_name(std::string_view ref) {
  constexpr std::string_view heads = "refs/heads/";
  return ref.starts_with(heads) ? ref.substr(heads.size()) : ref;
}

}  // namespace git
