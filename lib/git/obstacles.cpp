#include "git/obstacles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "git/difference.h"
#include "git/git_directory.h"
#include "git/head_move.h"
#include "git/remote.h"
#include "git/work_tree.h"
#include "text/fields.h"
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

struct FilesInTheWay {
  std::set<std::string> changed;
  std::set<std::string> untracked;
};

/// Whether the files are, byte for byte, what HEAD and the index have: git takes them for changed
/// all the same where the attributes have it convert them, and what is in the repository never was.
bool are_unedited(Repository repository, const std::set<std::string>& names) {
  if (names.empty()) {
    return false;
  }
  repository.set_variable("GIT_LITERAL_PATHSPECS", "1");
  const auto ask = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), names.begin(), names.end());
    return repository.query(arguments, most_names);
  };
  const auto staged = ask({"diff-index", "--cached", "--quiet", "HEAD", "--"});
  const auto entries = ask({"ls-files", "-s", "-z", "--"});
  const auto hashes = ask({"hash-object", "--no-filters", "--"});
  if (!staged || staged->status != 0 || !entries || !hashes || hashes->status != 0) {
    return false;
  }
  std::string_view rest = entries->output;
  std::string objects;
  while (!rest.empty()) {
    std::string_view entry = text::take(rest, '\0');
    text::take(entry, ' ');
    objects += text::take(entry, ' ');
    objects += '\n';
  }
  // Both are in the order of the names.
  return objects == hashes->output;
}

/// Files that git was told to overlook (git-update-index(1)).
struct Overlooked {
  std::set<std::string> assumed_unchanged;
  std::set<std::string> skipped;
};

/// Those among `names`, or of the whole index where there are no names.
tl::expected<Overlooked, Error> find_overlooked(Repository repository,
                                                const std::set<std::string>& names) {
  repository.set_variable("GIT_LITERAL_PATHSPECS", "1");
  std::vector<std::string> arguments = {"ls-files", "-v", "-z", "--"};
  arguments.insert(arguments.end(), names.begin(), names.end());
  const auto answer = repository.query(arguments, most_names);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  Overlooked found;
  for (std::string_view rest = answer->output; !rest.empty();) {
    std::string_view name = text::take(rest, '\0');
    // git-ls-files(1): a small letter is assume-unchanged, an S, of either case, skip-worktree.
    const std::string_view tag = text::take(name, ' ');
    if (tag >= "a") {
      found.assumed_unchanged.emplace(name);
    }
    if (tag == "S" || tag == "s") {
      found.skipped.emplace(name);
    }
  }
  return found;
}

/// The commands that let git see those of `names` again that it was told to overlook: without them
/// neither a commit nor a stash takes them. Empty where there are none.
std::string see_again(const Repository& repository, const std::set<std::string>& names) {
  const Overlooked overlooked = find_overlooked(repository, names).value_or(Overlooked());
  // Of two such options git heeds one.
  std::string commands;
  for (const auto& [option, files] :
       {std::pair("--no-assume-unchanged", &overlooked.assumed_unchanged),
        std::pair("--no-skip-worktree", &overlooked.skipped)}) {
    if (!files->empty()) {
      std::string command = fmt::format("update-index {} --", option);
      for (const std::string& name : *files) {
        command += ' ' + shell_word(name);
      }
      commands += commands.empty() ? "" : " && ";
      commands += shell_command(repository.directory(), command);
    }
  }
  return commands;
}

/// The branches that cannot be beside `branch`, as "a" cannot be beside "a/b", of those whose refs
/// `ref_of` names.
std::set<std::string> conflicting_names(Repository repository, std::string_view branch,
                                        std::string (*ref_of)(std::string_view)) {
  std::vector<std::string> arguments = {"for-each-ref", "--format=%(refname)",
                                        ref_of(branch) + '/'};
  for (std::size_t slash = branch.rfind('/'); slash != std::string_view::npos;
       slash = branch.substr(0, slash).rfind('/')) {
    arguments.push_back(ref_of(branch.substr(0, slash)));
  }
  const auto output = repository.ask(arguments);
  std::set<std::string> names;
  std::string_view rest = output ? std::string_view(*output) : std::string_view();
  while (!rest.empty()) {
    const std::string ref(text::take(rest, '\n'));
    const std::string name = ref.substr(ref_of("").size());
    if (branch.starts_with(name + '/') || name.starts_with(std::string(branch) + '/')) {
      names.insert(name);
    }
  }
  return names;
}

/// The refusal that names these files. `wanted` is empty where no command can name the commit that
/// git was to bring the checkout to.
std::optional<Error> refuse_files(const Repository& repository, const FilesInTheWay& files,
                                  std::string_view wanted) {
  std::string message;
  if (!wanted.empty() && are_unedited(repository, files.changed)) {
    std::string restore =
        fmt::format("restore --source={} --staged --worktree --", shell_word(wanted));
    for (const std::string& name : files.changed) {
      restore += ' ' + shell_word(name);
    }
    message = fmt::format(
        "files are in the way of the update that are as committed, but not as the attributes want "
        "them (.gitattributes): {}; take the remote's with: {}",
        listed(files.changed), shell_command(repository.directory(), restore));
  } else if (!files.changed.empty()) {
    message = fmt::format(
        "local changes are in the way of the update: {}; commit them, or stash them with: {}",
        listed(files.changed), shell_command(repository.directory(), "stash"));
    if (const std::string command = see_again(repository, files.changed); !command.empty()) {
      message += "; git was told to overlook them: before that, run: " + command;
    }
  }
  if (!files.untracked.empty()) {
    message += message.empty() ? "" : "; ";
    message += fmt::format("untracked files are in the way of the update: {}; move them away",
                           listed(files.untracked));
  }
  return message.empty() ? std::nullopt : std::optional(refusal(std::move(message)));
}

Error missing_signature(const Repository& repository, std::string_view commit) {
  return refusal(fmt::format(
      "commit {} has no signature that git trusts here, and merge.verifySignatures wants one; sign "
      "it, or merge without with: {}",
      abbreviated(commit),
      shell_command(repository.directory(), "config merge.verifySignatures false")));
}

/// What would become of the files of a checkout that is moved.
class Foresight {
 public:
  Foresight(const std::filesystem::path& root, const std::vector<EditedFile>& edited,
            const std::vector<ChangedFile>& changes)
      : root_(root), changes_(changes) {
    for (const EditedFile& file : edited) {
      edited_.emplace(file.path, &file);
    }
    for (const ChangedFile& change : changes) {
      if (change.after.is_absent()) {
        leaving_.insert(change.path);
      }
    }
  }

  [[nodiscard]] FilesInTheWay files_in_the_way() const {
    FilesInTheWay found;
    for (const ChangedFile& change : changes_) {
      const auto edited = edited_.find(change.path);
      if (edited != edited_.end() && is_in_the_way(*edited->second, change.after)) {
        found.changed.insert(change.path);
      } else if (edited == edited_.end() && change.before.is_absent()) {
        const std::string untracked = find_untracked(change);
        if (!untracked.empty()) {
          found.untracked.insert(untracked);
        }
      }
    }
    return found;
  }

 private:
  /// git takes an index that is as it will be for done, and brings a file back that is gone.
  [[nodiscard]] bool is_in_the_way(const EditedFile& file, const Version& after) const {
    if (file.is_staged) {
      return file.index_mode != after.mode || file.index_object != after.blob;
    }
    return is_there(root_ / file.path);
  }

  /// What is where `change` puts a new file: that, or a file in place of a directory above it.
  [[nodiscard]] std::string find_untracked(const ChangedFile& change) const {
    std::error_code ignored;
    std::filesystem::path name;
    for (const std::filesystem::path& part : std::filesystem::path(change.path)) {
      name /= part;
      const auto there = symlink_status(root_ / name, ignored);
      if (!std::filesystem::exists(there)) {
        return {};
      }
      if (!std::filesystem::is_directory(there)) {
        return leaving_.contains(name.native()) ? "" : name.native();
      }
    }
    return change.after.is_submodule() || !holds_untracked(name) ? "" : name.native();
  }

  [[nodiscard]] bool holds_untracked(const std::filesystem::path& directory) const {
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(root_ / directory, error), end;
         !error && it != end; it.increment(error)) {
      if (!it->is_directory(error) &&
          !leaving_.contains(it->path().lexically_relative(root_).native())) {
        return true;
      }
    }
    return false;
  }

  const std::filesystem::path& root_;
  const std::vector<ChangedFile>& changes_;
  std::map<std::string_view, const EditedFile*> edited_;
  std::set<std::string> leaving_;
};

/// Files that differ from HEAD's though git was told to overlook them (assume-unchanged,
/// skip-worktree): it does not, where it is to write them.
tl::expected<std::vector<EditedFile>, Error> overlooked_edits(
    Repository& repository, const std::vector<ChangedFile>& changes) {
  const auto overlooked = find_overlooked(repository, {});
  if (!overlooked) {
    return tl::unexpected(overlooked.error());
  }
  std::vector<ChangedFile> files = changes;
  std::erase_if(files, [&](const ChangedFile& file) {
    return !file.before.is_file() || (!overlooked->assumed_unchanged.contains(file.path) &&
                                      !overlooked->skipped.contains(file.path));
  });
  const auto states = compare_files(repository, files, &ChangedFile::before);
  if (!states) {
    return tl::unexpected(states.error());
  }
  std::vector<EditedFile> edited;
  for (const auto& [path, state] : *states) {
    edited.push_back({.path = path});
  }
  return edited;
}

std::set<std::string> edited_names(const Status& status) {
  std::set<std::string> names;
  for (const EditedFile& file : status.edited) {
    names.insert(file.path);
  }
  return names;
}

/// A merge, rebase, cherry-pick, revert, `git am` or bisect that somebody has begun.
tl::expected<void, Error> refuse_operation_in_progress(const Repository& repository) {
  const std::filesystem::path git_directory = find_git_directory(repository.directory()).own;
  for (const Operation& operation : operations) {
    if (is_there(git_directory / operation.file)) {
      return tl::unexpected(
          refusal(fmt::format("{} is in progress in {}; finish it, or end it with: {}",
                              operation.name, text::quoted(repository.directory().native()),
                              shell_command(repository.directory(), operation.end))));
    }
  }
  return {};
}

/// Commits of the local branch that the remote's lacks.
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
  const std::string reset = command("reset --keep", state.remote_name);
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
      name, commits, distance->only_right, command("rebase", state.remote_name), reset)));
}

/// Another work tree of the same repository that has the branch checked out.
tl::expected<void, Error> refuse_other_worktree(const Repository& repository,
                                                const std::string& branch, const Branch& state) {
  if (state.worktree.empty()) {
    return {};
  }
  std::error_code ignored;
  const bool exists = std::filesystem::is_directory(state.worktree, ignored);
  return tl::unexpected(refusal(fmt::format(
      "branch {} is checked out in another work tree, {}{}; free it with: {}", text::quoted(branch),
      text::quoted(state.worktree), exists ? "" : ", which is gone",
      exists ? shell_command(state.worktree, "switch --detach")
             : shell_command(repository.directory(), "worktree prune"))));
}

}  // namespace

std::string listed(const std::set<std::string>& names) {
  std::string out;
  std::size_t shown = 0;
  for (const std::string& name : names) {
    if (shown == names_shown) {
      return out + fmt::format(" and {} more", names.size() - shown);
    }
    out += shown++ == 0 ? "" : ", ";
    out += text::quoted(name);
  }
  return out;
}

tl::expected<void, Error> refuse_move(Repository& repository, const Revision& revision,
                                      const Status& status, const Branch& state) {
  auto clear = refuse_operation_in_progress(repository);
  if (clear && !status.is_behind()) {
    clear = refuse_local_commits(repository, revision.name, state);
  }
  if (clear && !state.checked_out) {
    clear = refuse_other_worktree(repository, revision.name, state);
  }
  return clear && !state.checked_out ? refuse_lost_commits(repository, status.head) : clear;
}

tl::expected<void, Error> refuse_files_in_the_way(Repository& repository, const Status& status,
                                                  Difference& difference, std::string_view wanted) {
  const auto& changes = difference.files();
  if (!changes) {
    return tl::unexpected(changes.error());
  }
  auto edited = overlooked_edits(repository, *changes);
  if (!edited) {
    return tl::unexpected(std::move(edited.error()));
  }
  std::ranges::copy(status.edited, std::back_inserter(*edited));
  const Foresight foresight(repository.directory(), *edited, *changes);
  if (auto error = refuse_files(repository, foresight.files_in_the_way(), wanted)) {
    return tl::unexpected(*std::move(error));
  }
  return {};
}

std::string describe_edited_files(const Status& status) {
  const std::set<std::string> names = edited_names(status);
  return names.empty() ? "" : "local changes are kept: " + listed(names);
}

tl::expected<void, Error> refuse_edited_files(const Repository& repository, const Status& status) {
  const std::set<std::string> names = edited_names(status);
  if (names.empty() || are_unedited(repository, names)) {
    return {};
  }
  return tl::unexpected(refusal(fmt::format(
      "the manifest wants no local changes (require_clean), and there are some: {}; commit them, "
      "or stash them with: {}",
      listed(names), shell_command(repository.directory(), "stash"))));
}

tl::expected<void, Error> refuse_lost_commits(Repository& repository, const Head& head) {
  if (!head.ref.empty() || head.commit.empty()) {
    return {};
  }
  const auto count =
      repository.ask({"rev-list", "--count", head.commit, "--not", "--branches", "--remotes",
                      "--tags", fmt::format("--glob={}", pin_ref("*")), "--"});
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

std::optional<Error> find_ref_in_the_way(const Repository& repository, const Revision& revision) {
  if (revision.kind != Revision::Kind::branch) {
    return std::nullopt;
  }
  const std::string& branch = revision.name;
  std::string message;
  if (const auto fetched = conflicting_names(repository, branch, tracking_ref); !fetched.empty()) {
    std::string forget = "branch -d -r";
    for (const std::string& name : fetched) {
      forget += ' ' + shell_word("origin/" + name);
    }
    message = fmt::format(
        "{} is noted here as a branch of the remote, and git keeps no branch {} beside it; forget "
        "it with: {}",
        listed(fetched), text::quoted(branch), shell_command(repository.directory(), forget));
  } else if (const auto here = conflicting_names(repository, branch, local_ref); !here.empty()) {
    const std::string& first = *here.begin();
    std::string other = first + "-old";
    std::ranges::replace(other, '/', '-');
    message = fmt::format(
        "branch {} is in the way: git keeps no branch {} beside it; rename it with: {}",
        text::quoted(first), text::quoted(branch),
        shell_command(repository.directory(),
                      fmt::format("branch -m {} {}", shell_word(first), shell_word(other))));
  } else {
    return std::nullopt;
  }
  return refusal(std::move(message));
}

std::optional<Error> explain_ref_in_the_way(const Repository& repository, const Revision& revision,
                                            std::string_view messages) {
  if (messages.find("exists; cannot create") == std::string_view::npos &&
      messages.find("conflicting branches") == std::string_view::npos) {
    return std::nullopt;
  }
  auto error = find_ref_in_the_way(repository, revision);
  if (error) {
    error->output = messages;
  }
  return error;
}

tl::expected<void, Error> refuse_moved_tag(Repository& repository, const Source& source,
                                           const Fetched& fetched) {
  const std::string& tag = source.revision.name;
  const std::string ref = tag_ref(tag);
  if (source.revision.kind != Revision::Kind::tag || source.move) {
    return {};
  }
  const auto here = repository.query({"rev-parse", "--quiet", "--verify", ref});
  if (!here) {
    return tl::unexpected(here.error());
  }
  if (here->status != 0 || here->output == fetched.object + '\n') {
    return {};
  }
  const auto former = repository.ask({"rev-parse", "--verify", ref + "^{}"});
  if (!former) {
    return tl::unexpected(former.error());
  }
  if (*former == fetched.commit) {
    return {};
  }
  return tl::unexpected(refusal(fmt::format(
      "tag {} has moved on the remote, from {} to {}; have it always followed with move = true in "
      "the manifest, or this once with: {}",
      text::quoted(tag), abbreviated(*former), abbreviated(fetched.commit),
      shell_command(repository.directory(), fmt::format("tag -d {}", shell_word(tag))))));
}

tl::expected<void, Error> refuse_missing_signature(Repository& repository,
                                                   const std::string& commit) {
  const auto wanted = repository.query({"config", "--type=bool", "merge.verifySignatures"});
  if (!wanted || wanted->output != "true\n") {
    return wanted ? tl::expected<void, Error>() : tl::unexpected(wanted.error());
  }
  const auto verdict = repository.ask({"log", "-1", "--no-show-signature", "--format=%G?", commit});
  if (!verdict) {
    return tl::unexpected(verdict.error());
  }
  // Whether git merge is content with a key of unknown validity (U) depends on gpg.minTrustLevel.
  return *verdict == "G" || *verdict == "U" ? tl::expected<void, Error>()
                                            : tl::unexpected(missing_signature(repository, commit));
}

std::optional<Error> explain_missing_signature(const Repository& repository,
                                               std::string_view commit, std::string_view messages) {
  if (messages.find(" GPG signature") == std::string_view::npos) {
    return std::nullopt;
  }
  Error error = missing_signature(repository, commit);
  error.output = messages;
  return error;
}

std::optional<Error> explain_files_in_the_way(Repository& repository, Difference& difference,
                                              const Result& answer, std::string_view wanted) {
  if (!was_refused(answer)) {
    return std::nullopt;
  }
  const std::string& commit = difference.move().to;
  const auto clear = read_status(repository, {.kind = Revision::Kind::commit, .name = commit})
                         .and_then([&](const Status& status) {
                           return refuse_files_in_the_way(repository, status, difference, wanted);
                         });
  if (clear || clear.error().cause != Cause::refused) {
    return std::nullopt;
  }
  Error error = clear.error();
  error.output = answer.messages;
  return error;
}

}  // namespace git
