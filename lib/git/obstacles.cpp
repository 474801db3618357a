#include "git/obstacles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "git/git_directory.h"
#include "git/remote.h"
#include "text/quote.h"

namespace git {
namespace {

constexpr std::size_t names_shown = 10;

Error refusal(std::string message) {
  return {.cause = Cause::refused, .message = std::move(message)};
}

/// An operation that stops half-way: the file in git's directory that tells of it, and the command
/// that ends it.
struct Operation {
  std::string_view file;
  std::string_view name;
  std::string_view end;
};

/// `git am` and the older kind of rebase share a directory; the first match is the right one.
constexpr std::array<Operation, 7> operations = {{
    {"rebase-merge", "a rebase", "rebase --abort"},
    {"rebase-apply/applying", "a git am", "am --abort"},
    {"rebase-apply", "a rebase", "rebase --abort"},
    {"MERGE_HEAD", "a merge", "merge --abort"},
    {"CHERRY_PICK_HEAD", "a cherry-pick", "cherry-pick --abort"},
    {"REVERT_HEAD", "a revert", "revert --abort"},
    {"BISECT_LOG", "a bisect", "bisect reset"},
}};

/// Whether the remote's branch once was where the local one is now: then nothing is only here.
tl::expected<bool, Error> was_rewritten(Repository& repository, const std::string& branch,
                                        const Branch& state) {
  // Without a log of the tracking ref, or without a match in it, the status is 1.
  const auto answer =
      repository.query({"merge-base", "--fork-point", tracking_ref(branch), local_ref(branch)});
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  return answer->status == 0 && answer->output == state.local + '\n';
}

/// Names that git listed. It cuts a list after 4 KiB, in the middle of a name.
struct List {
  std::set<std::string> names;
  std::string last;
  bool cut = false;

  void add(std::string_view name) {
    last = name;
    names.insert(last);
  }
  /// git writes names as they are, line breaks and all.
  void go_on(std::string_view line) {
    names.erase(last);
    add(fmt::format("{}\n{}", last, line));
  }
  /// `line` is what comes behind the list: advice, unless it was cut.
  void end(std::string_view line) {
    if (names.size() > 1 && (line.starts_with("error: ") || line.starts_with("Aborting"))) {
      names.erase(last);
      cut = true;
    }
  }
};

/// "a", "b" and 3 more.
std::string listed(const List& list) {
  std::string out;
  std::size_t shown = 0;
  for (const std::string& name : list.names) {
    if (shown == names_shown && !list.cut) {
      return out + fmt::format(" and {} more", list.names.size() - shown);
    }
    if (shown == names_shown) {
      break;
    }
    out += shown++ == 0 ? "" : ", ";
    out += text::quoted(name);
  }
  return list.cut ? out + " and others" : out;
}

struct FilesInTheWay {
  List changed;
  List untracked;
};

/// Whether a list of files ends here.
bool ends_list(std::string_view line) {
  constexpr std::string_view beginnings[] = {"error: ", "Aborting", "Please ", "hint: ", "fatal: "};
  return line.empty() || std::ranges::any_of(beginnings, [&](std::string_view beginning) {
           return line.starts_with(beginning);
         });
}

/// git lists files behind a tab each, below a line that says what they are.
FilesInTheWay find_files(std::string_view messages) {
  FilesInTheWay found;
  List* section = nullptr;
  while (!messages.empty()) {
    const std::string_view line = messages.substr(0, messages.find('\n'));
    messages.remove_prefix(std::min(line.size() + 1, messages.size()));
    if (section != nullptr && line.starts_with('\t')) {
      section->add(line.substr(1));
    } else if (section != nullptr && !section->names.empty() && !ends_list(line)) {
      section->go_on(line);
    } else {
      const bool heads_list = line.starts_with("error: ") && line.ends_with(':');
      const bool untracked = line.find("untracked") != std::string_view::npos;
      if (section != nullptr) {
        section->end(line);
      }
      section = !heads_list ? nullptr : untracked ? &found.untracked : &found.changed;
    }
  }
  return found;
}

}  // namespace

std::string listed(const std::vector<std::string>& names) {
  List list;
  list.names.insert(names.begin(), names.end());
  return listed(list);
}

tl::expected<void, Error> refuse_operation_in_progress(const Repository& repository) {
  const std::filesystem::path git_directory = find_git_directory(repository.directory()).own;
  for (const Operation& operation : operations) {
    std::error_code ignored;
    if (std::filesystem::exists(git_directory / operation.file, ignored)) {
      return tl::unexpected(
          refusal(fmt::format("{} is in progress in {}; finish it, or end it with: {}",
                              operation.name, text::quoted(repository.directory().native()),
                              shell_command(repository.directory(), operation.end))));
    }
  }
  return {};
}

tl::expected<void, Error> refuse_local_commits(Repository& repository, const std::string& branch,
                                               const Branch& state) {
  if (state.local.empty()) {
    return {};
  }
  const auto distance = count_commits(repository, state.local, state.remote);
  if (!distance) {
    return tl::unexpected(distance.error());
  }
  if (distance->only_left == 0) {
    return {};
  }
  const std::string name = text::quoted(branch);
  const std::string commits = text::counted(distance->only_left, "commit");
  const auto command = [&](std::string_view words, std::string_view ref) {
    return shell_command(repository.directory(), fmt::format("{} {}", words, shell_word(ref)));
  };
  const std::string reset = command("reset --keep", fmt::format("origin/{}", branch));
  if (distance->only_right == 0) {
    return tl::unexpected(refusal(
        fmt::format("branch {} has {} that the remote lacks; push with: {}, or drop with: {}", name,
                    commits, command("push origin", branch), reset)));
  }
  const auto rewritten = was_rewritten(repository, branch, state);
  if (!rewritten) {
    return tl::unexpected(rewritten.error());
  }
  if (*rewritten) {
    return tl::unexpected(refusal(fmt::format(
        "the history of branch {} was rewritten on the remote ({} gone, {} new); follow it with: "
        "{}",
        name, distance->only_left, distance->only_right, reset)));
  }
  return tl::unexpected(refusal(fmt::format(
      "branch {} has diverged: {} only here, {} only on the remote; put yours on top with: {}, or "
      "drop with: {}",
      name, commits, distance->only_right, command("rebase", fmt::format("origin/{}", branch)),
      reset)));
}

tl::expected<void, Error> refuse_other_worktree(const Repository& repository,
                                                const std::string& branch, const Branch& state) {
  if (state.worktree.empty()) {
    return {};
  }
  return tl::unexpected(refusal(
      fmt::format("branch {} is checked out in another work tree, {}; free it with: {}",
                  text::quoted(branch), text::quoted(state.worktree),
                  shell_command(repository.directory(),
                                fmt::format("worktree remove {}", shell_word(state.worktree))))));
}

tl::expected<void, Error> refuse_lost_commits(Repository& repository, const Head& head) {
  if (!head.ref.empty() || head.commit.empty()) {
    return {};
  }
  const auto count = repository.ask(
      {"rev-list", "--count", head.commit, "--not", "--branches", "--remotes", "--tags", "--"});
  if (!count) {
    return tl::unexpected(count.error());
  }
  if (*count == "0") {
    return {};
  }
  return tl::unexpected(refusal(
      fmt::format("HEAD is detached at {}, with {} {} that no branch holds; keep them with: {}",
                  abbreviated(head.commit), *count, *count == "1" ? "commit" : "commits",
                  shell_command(repository.directory(), "branch NAME"))));
}

std::optional<Error> explain_files_in_the_way(const Repository& repository,
                                              std::string_view messages) {
  const FilesInTheWay files = find_files(messages);
  std::string message;
  if (!files.changed.names.empty()) {
    message = fmt::format(
        "local changes are in the way of the update: {}; commit them, or put "
        "them aside with: {}",
        listed(files.changed), shell_command(repository.directory(), "stash"));
  }
  if (!files.untracked.names.empty()) {
    message += message.empty() ? "" : "; ";
    message += fmt::format("untracked files are in the way of the update: {}; move them away",
                           listed(files.untracked));
  }
  if (message.empty()) {
    return std::nullopt;
  }
  Error error = refusal(std::move(message));
  error.output = messages;
  return error;
}

}  // namespace git
