#include "git/interrupted.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>

#include "file/descriptor.h"
#include "git/changed_files.h"
#include "git/git_directory.h"
#include "git/leftovers.h"
#include "git/obstacles.h"
#include "git/refs.h"
#include "git/small_file.h"
#include "text/quote.h"

namespace git {
namespace {

namespace fs = std::filesystem;

fs::path note_in(const Repository& repository) {
  return find_git_directory(repository.directory()).own / "fluke-update";
}

/// The note is "FROM TO" on one line. One that lacks its end was never finished: the update had
/// not begun.
std::optional<Move> read_note(const fs::path& file) {
  const std::string text = read_small_file(file);
  const std::size_t space = text.find(' ');
  if (!text.ends_with('\n') || space == std::string::npos) {
    return std::nullopt;
  }
  return Move{.from = text.substr(0, space), .to = text.substr(space + 1, text.size() - space - 2)};
}

Error refuse_changed_files(const Repository& repository, const std::vector<std::string>& files) {
  return {.cause = Cause::refused,
          .message = fmt::format(
              "the last update of {} was cut off half-way, and these files are neither as they "
              "were before it nor as they would be after it: {}; move them away, and the next run "
              "ends the update",
              text::quoted(repository.directory().native()), listed(files))};
}

/// Removes files, and the directories that are empty then: git makes both again.
void remove_files(const fs::path& root, const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    unlink((root / file).c_str());
    for (fs::path above = fs::path(file).parent_path();
         !above.empty() && rmdir((root / above).c_str()) == 0; above = above.parent_path()) {
    }
  }
}

/// Runs a command and expects it to succeed.
tl::expected<void, Error> run(Repository& repository, const std::vector<std::string>& arguments) {
  const auto answer = repository.run(arguments);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(repository.failure(arguments.front(), *answer));
  }
  return {};
}

/// Whether the index is that of commit `to` already: it changes at once, after all files.
tl::expected<bool, Error> index_has_moved(Repository& repository,
                                          const std::vector<ChangedFile>& files,
                                          const std::string& to) {
  const auto answer = repository.query(
      {"diff-index", "--cached", "--name-only", "-z", "--no-renames", to, "--"}, most_names);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(repository.failure("diff-index", *answer));
  }
  const std::string differing = '\0' + answer->output;
  return std::ranges::none_of(files, [&](const ChangedFile& file) {
    return differing.find('\0' + file.path + '\0') != std::string::npos;
  });
}

/// Writes the files that are not as the index has them, and leaves the index alone.
tl::expected<void, Error> write_from_index(Repository& repository,
                                           const std::vector<ChangedFile>& files,
                                           const std::set<std::string>& intact) {
  std::vector<std::string> names;
  for (const ChangedFile& file : files) {
    if (file.before.is_file() && !intact.contains(file.path)) {
      names.push_back(file.path);
    }
  }
  for (std::vector<std::string>& batch : batches(names)) {
    batch.insert(batch.begin(), {"checkout-index", "-f", "-q", "--"});
    if (auto written = run(repository, batch); !written) {
      return written;
    }
  }
  return {};
}

/// `from` and `to` are commits or trees.
tl::expected<void, Error> take_back(Repository& repository, const std::string& from,
                                    const std::string& to) {
  const auto files = changed_files(repository, from, to);
  if (!files) {
    return tl::unexpected(files.error());
  }
  const auto leftovers = find_leftovers(repository, *files);
  if (!leftovers) {
    return tl::unexpected(leftovers.error());
  }
  if (!leftovers->foreign.empty()) {
    return tl::unexpected(refuse_changed_files(repository, leftovers->foreign));
  }
  const auto moved = index_has_moved(repository, *files, to);
  if (!moved) {
    return tl::unexpected(moved.error());
  }
  if (!*moved) {
    remove_files(repository.directory(), leftovers->unfinished);
    auto written = write_from_index(repository, *files, leftovers->intact);
    std::error_code ignored;
    if (fs::exists(find_git_directory(repository.directory()).own / "index.lock", ignored)) {
      // Nothing else may come that clears it. Where it is not to be cleared, that is told then.
      static_cast<void>(repository.run({"update-index", "--force-write-index"}));
    }
    return written;
  }
  // Before anything is removed: can the index be written?
  if (auto writable = run(repository, {"update-index", "--force-write-index"}); !writable) {
    return writable;
  }
  remove_files(repository.directory(), leftovers->unfinished);
  return run(repository, {"read-tree", "-m", "-u", to, from});
}

}  // namespace

tl::expected<void, Error> note_update(const Repository& repository, const Move& move) {
  const fs::path file = note_in(repository);
  const std::string text = move.from + ' ' + move.to + '\n';
  const file::Descriptor note(open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!note.is_open() ||
      write(note.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      fsync(note.get()) != 0) {
    return tl::unexpected(
        Error{.cause = Cause::failed,
              .message = fmt::format("cannot write {}: {}", text::quoted(file.native()),
                                     std::generic_category().message(errno))});
  }
  return {};
}

void forget_update(const Repository& repository) {
  unlink(note_in(repository).c_str());
}

tl::expected<void, Error> undo_update(Repository& repository, const Move& move) {
  if (!move.from.empty()) {
    return take_back(repository, move.from, move.to);
  }
  const auto empty_tree = repository.ask({"mktree"});
  if (!empty_tree) {
    return tl::unexpected(empty_tree.error());
  }
  return take_back(repository, *empty_tree, move.to);
}

tl::expected<void, Error> undo_interrupted_update(Repository& repository) {
  const fs::path file = note_in(repository);
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    return {};
  }
  const std::optional<Move> move = read_note(file);
  const auto head = read_head(repository);
  if (!head) {
    return tl::unexpected(head.error());
  }
  // HEAD moves last. Is it there, the update is complete; is it elsewhere, somebody has taken over.
  if (move && head->commit == move->from && move->from != move->to) {
    if (auto undone = undo_update(repository, *move); !undone) {
      return undone;
    }
  }
  forget_update(repository);
  return {};
}

}  // namespace git
