#include "git/submodules.h"

#include <fmt/format.h>

#include <algorithm>

#include "git/changed_files.h"
#include "git/credentials.h"
#include "git/fields.h"
#include "git/obstacles.h"
#include "git/refs.h"
#include "git/submodule_note.h"
#include "text/quote.h"

namespace git {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view submodule_mode = "160000";

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

tl::expected<std::string, Error> head_of(const Repository& repository, const std::string& path) {
  if (!is_there(repository.directory() / path / ".git")) {
    return std::string();
  }
  Repository inner = repository.within(path);
  return read_head(inner).map([](const Head& head) { return head.commit; });
}

tl::expected<void, Error> refuse_unclean(const Repository& repository, const std::string& path) {
  Repository inner = repository.within(path);
  const auto changes =
      inner.ask({"status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all"});
  if (!changes) {
    return tl::unexpected(changes.error());
  }
  if (!changes->empty()) {
    return tl::unexpected(Error{
        .cause = Cause::refused,
        .message =
            fmt::format("submodule {} has local changes; commit them, or put them aside with: {}",
                        text::quoted(path), shell_command(inner.directory(), "stash")),
        .output = *changes});
  }
  const auto head = read_head(inner);
  if (!head) {
    return tl::unexpected(head.error());
  }
  auto kept = refuse_lost_commits(inner, *head);
  if (!kept) {
    kept.error().message =
        fmt::format("submodule {}: {}", text::quoted(path), kept.error().message);
  }
  return kept;
}

tl::expected<void, Error> run_update(Repository& repository, const Source& source,
                                     const std::string& path) {
  const auto answer = with_credentials(repository, source.url)
                          .run({"submodule", "--quiet", "update", "--init", "--", path});
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status == 0) {
    return {};
  }
  if (auto error = explain_files_in_the_way(repository.within(path), answer->messages)) {
    return tl::unexpected(*std::move(error));
  }
  return tl::unexpected(Error{
      .cause = Cause::failed,
      .message = fmt::format("cannot update submodule {}: git submodule exited with status {}",
                             text::quoted(path), answer->status),
      .output = answer->messages});
}

/// The name in `.gitmodules`, which is that of a directory; empty if git would not take it for one.
tl::expected<std::string, Error> name_of(Repository& repository, const std::string& path) {
  const auto answer = repository.query(
      {"config", "--null", "--file", ".gitmodules", "--get-regexp", R"(^submodule\..*\.path$)"});
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  constexpr std::string_view before = "submodule.";
  constexpr std::string_view behind = ".path";
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    std::string_view entry = take(rest, '\0');
    const std::string_view key = take(entry, '\n');
    const fs::path name(key.substr(before.size(), key.size() - before.size() - behind.size()));
    const bool inside_modules =
        name.is_relative() && std::find(name.begin(), name.end(), "..") == name.end();
    if (entry == path && inside_modules) {
      return name.native();
    }
  }
  return std::string();
}

tl::expected<void, Error> clone_submodule(Repository& repository, const Source& source,
                                          const Submodule& submodule) {
  const auto name = name_of(repository, submodule.path);
  if (!name) {
    return tl::unexpected(name.error());
  }
  SubmoduleNote note(repository);
  if (!name->empty()) {
    note.write(*name, submodule);
  }
  auto updated = run_update(repository, source, submodule.path);
  if (updated) {
    note.remove();
  } else if (updated.error().cause == Cause::failed) {
    static_cast<void>(note.undo(repository));
  }
  return updated;
}

tl::expected<void, Error> move_submodule(Repository& repository, const Source& source,
                                         const Submodule& submodule) {
  if (auto clean = refuse_unclean(repository, submodule.path); !clean) {
    return clean;
  }
  Repository inner = repository.within(submodule.path);
  if (auto noted = note_update(inner, {.from = submodule.head, .to = submodule.pinned}); !noted) {
    return noted;
  }
  auto updated = run_update(repository, source, submodule.path);
  if (updated || updated.error().cause == Cause::refused) {
    forget_update(inner);
  }
  return updated;
}

/// What was done, empty if nothing.
tl::expected<std::string, Error> bring_to_pin(Repository& repository, const Source& source,
                                              const Submodule& submodule) {
  const auto updated = submodule.head.empty() ? clone_submodule(repository, source, submodule)
                                              : move_submodule(repository, source, submodule);
  if (!updated) {
    return tl::unexpected(updated.error());
  }
  return head_of(repository, submodule.path).map([&](const std::string& head) -> std::string {
    // The configuration may say that a submodule is none of this checkout's business.
    if (head == submodule.head) {
      return "";
    }
    const std::string name = text::quoted(submodule.path);
    return submodule.head.empty()
               ? fmt::format("submodule {} cloned at {}", name, abbreviated(head))
               : fmt::format("submodule {} moved from {} to {}", name, abbreviated(submodule.head),
                             abbreviated(head));
  });
}

tl::expected<void, Error> undo_interrupted(Repository& repository) {
  if (auto undone = SubmoduleNote(repository).undo(repository); !undone) {
    return undone;
  }
  const auto submodules = read_submodules(repository);
  if (!submodules) {
    return tl::unexpected(submodules.error());
  }
  for (const Submodule& submodule : *submodules) {
    Repository inner = repository.within(submodule.path);
    if (!submodule.head.empty()) {
      if (auto undone = undo_interrupted_update(inner); !undone) {
        return undone;
      }
    }
  }
  return {};
}

}  // namespace

tl::expected<std::vector<Submodule>, Error> read_submodules(Repository& repository) {
  std::vector<Submodule> submodules;
  if (!is_there(repository.directory() / ".gitmodules")) {
    return submodules;
  }
  const auto answer = repository.query({"ls-files", "--stage", "-z"}, most_names);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    std::string_view entry = take(rest, '\0');
    if (take(entry, ' ') != submodule_mode) {
      continue;
    }
    Submodule& submodule = submodules.emplace_back();
    submodule.pinned = take(entry, ' ');
    take(entry, '\t');
    submodule.path = entry;
    auto head = head_of(repository, submodule.path);
    if (!head) {
      return tl::unexpected(std::move(head.error()));
    }
    submodule.head = *std::move(head);
  }
  return submodules;
}

tl::expected<void, Error> refuse_unclean_submodules(Repository& repository, const Move& move) {
  if (move.from.empty() || !is_there(repository.directory() / ".gitmodules")) {
    return {};
  }
  const auto files = changed_files(repository, move.from, move.to);
  if (!files) {
    return tl::unexpected(files.error());
  }
  for (const ChangedFile& file : *files) {
    if (!file.before.is_submodule() || !is_there(repository.directory() / file.path / ".git")) {
      continue;
    }
    if (auto clean = refuse_unclean(repository, file.path); !clean) {
      return clean;
    }
  }
  return {};
}

tl::expected<std::vector<std::string>, Error> update_submodules(Repository& repository,
                                                                const Source& source) {
  std::vector<std::string> done;
  if (!is_there(repository.directory() / ".gitmodules")) {
    return done;
  }
  if (auto undone = undo_interrupted(repository); !undone) {
    return tl::unexpected(undone.error());
  }
  const auto submodules = read_submodules(repository);
  if (!submodules) {
    return tl::unexpected(submodules.error());
  }
  for (const Submodule& submodule : *submodules) {
    if (submodule.head != submodule.pinned) {
      auto moved = bring_to_pin(repository, source, submodule);
      if (!moved) {
        return tl::unexpected(moved.error());
      }
      if (!moved->empty()) {
        done.push_back(*std::move(moved));
      }
    }
    if (is_there(repository.directory() / submodule.path / ".git")) {
      Repository inner = repository.within(submodule.path);
      auto deeper = update_submodules(inner, source);
      if (!deeper) {
        return deeper;
      }
      done.insert(done.end(), deeper->begin(), deeper->end());
    }
  }
  return done;
}

}  // namespace git
