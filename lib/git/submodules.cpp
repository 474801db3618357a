#include "git/submodules.h"

#include <fmt/format.h>
#include <strings.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "git/credentials.h"
#include "git/git_directory.h"
#include "git/head_move.h"
#include "git/obstacles.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/required_filters.h"
#include "git/scratch.h"
#include "text/fields.h"
#include "text/quote.h"
#include "text/url.h"

namespace git {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view submodule_mode = "160000";

bool is_real_directory(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(fs::symlink_status(path, ignored));
}

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (fs::directory_iterator it(directory, ignored), end; it != end; it.increment(ignored)) {
    names.push_back(it->path().filename().native());
  }
  return names;
}

/// The commit that is checked out. A repository without an index has none: nothing ever was.
tl::expected<std::string, Error> head_of(const Repository& repository, const std::string& path) {
  Repository inner = repository.within(path);
  if (!is_real_directory(inner.directory()) ||
      !is_there(find_git_directory(inner.directory()).own / "index")) {
    return std::string();
  }
  return inner.query({"rev-parse", "--quiet", "--verify", "HEAD^{commit}"})
      .map([](const Result& answer) { return answer.output.substr(0, answer.output.find('\n')); });
}

/// One line of configuration about submodules: "submodule.NAME.KEY".
struct ConfigLine {
  std::string name;
  std::string key;
  /// A line without "=" is as good as one with "true".
  std::string value = "true";
};

tl::expected<std::vector<ConfigLine>, Error> read_entries(Repository& repository,
                                                          std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"config", "--null"});
  arguments.insert(arguments.end(), {"--get-regexp", R"(^submodule\.)"});
  const auto answer = repository.query(arguments, most_names);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status > 1) {
    return tl::unexpected(repository.failure("config", *answer));
  }
  std::vector<ConfigLine> entries;
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    std::string_view line = text::take(rest, '\0');
    ConfigLine& entry = entries.emplace_back();
    if (const std::size_t end = line.find('\n'); end != std::string_view::npos) {
      entry.value = line.substr(end + 1);
      line = line.substr(0, end);
    }
    line.remove_prefix(std::string_view("submodule.").size());
    const std::size_t dot = line.rfind('.');
    entry.name = dot == std::string_view::npos ? "" : line.substr(0, dot);
    entry.key = line.substr(dot == std::string_view::npos ? 0 : dot + 1);
  }
  return entries;
}

/// git-config(1), "Values": a boolean, in any case.
bool is_true(const std::string& value) {
  constexpr const char* no[] = {"", "0", "false", "no", "off"};
  return std::ranges::none_of(
      no, [&](const char* some) { return strcasecmp(some, value.c_str()) == 0; });
}

/// What `.gitmodules` and then the configuration say of the submodules, by their paths.
class Settings {
 public:
  [[nodiscard]] static tl::expected<Settings, Error> read(Repository& repository) {
    const auto declared = read_entries(repository, {"--file", ".gitmodules"});
    const auto configured = read_entries(repository, {});
    if (!declared || !configured) {
      return tl::unexpected(declared ? configured.error() : declared.error());
    }
    Settings settings;
    for (const ConfigLine& entry : *declared) {
      if (entry.key == "path") {
        settings.names_[entry.value] = entry.name;
      } else if (entry.key == "url" || entry.key == "update") {
        settings.values_[entry.name]["declared " + entry.key] = entry.value;
      }
    }
    std::vector<std::string> patterns = {"ls-files", "-z", "--"};
    for (const ConfigLine& entry : *configured) {
      if (entry.name.empty() && entry.key == "active") {
        patterns.push_back(entry.value);
      } else {
        settings.values_[entry.name][entry.key] = entry.value;
      }
    }
    if (patterns.size() > 3) {
      const auto answer = repository.query(patterns, most_names);
      if (!answer) {
        return tl::unexpected(answer.error());
      }
      settings.active_.emplace();
      for (std::string_view rest = answer->output; !rest.empty();) {
        settings.active_->emplace(text::take(rest, '\0'));
      }
    }
    return settings;
  }

  /// As gitsubmodules(7) has it, except that one of which nothing is said is wanted.
  [[nodiscard]] bool is_wanted(const Submodule& submodule) const {
    const auto update = find(submodule.name, "update");
    if ((update ? update : find(submodule.name, "declared update")) == "none") {
      return false;
    }
    if (const auto active = find(submodule.name, "active")) {
      return is_true(*active);
    }
    return !active_ || active_->contains(submodule.path);
  }

  void describe(Submodule& submodule) const {
    const auto name = names_.find(submodule.path);
    if (name != names_.end()) {
      submodule.name = name->second;
      submodule.declared_url = find(submodule.name, "declared url").value_or("");
      submodule.url = find(submodule.name, "url").value_or("");
    }
  }

 private:
  [[nodiscard]] std::optional<std::string> find(const std::string& name,
                                                const std::string& key) const {
    const auto values = values_.find(name);
    if (values == values_.end()) {
      return std::nullopt;
    }
    const auto value = values->second.find(key);
    return value == values->second.end() ? std::nullopt : std::optional(value->second);
  }

  std::map<std::string, std::string> names_;
  std::map<std::string, std::map<std::string, std::string>> values_;
  /// What the patterns of submodule.active match, if there are any.
  std::optional<std::set<std::string>> active_;
};

tl::expected<void, Error> refuse_unclean(const Repository& repository, const std::string& path) {
  Repository inner = repository.within(path);
  const auto changes =
      inner.ask({"status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all"});
  if (!changes) {
    return tl::unexpected(changes.error());
  }
  if (!changes->empty()) {
    return tl::unexpected(
        Error{.cause = Cause::refused,
              .message =
                  fmt::format("submodule {} has local changes; commit them, or stash them with: {}",
                              text::quoted(path), shell_command(inner.directory(), "stash")),
              .output = *changes});
  }
  return read_head(inner)
      .and_then([&](const Head& head) { return refuse_lost_commits(inner, head); })
      .map_error([&](Error error) {
        error.message = fmt::format("submodule {}: {}", text::quoted(path), error.message);
        return error;
      });
}

/// How a command for a submodule went.
tl::expected<void, Error> expect_done(const Submodule& submodule, std::string_view command,
                                      const tl::expected<Result, Error>& answer) {
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(
        Error{.cause = is_passing(answer->messages) ? Cause::unreachable : Cause::failed,
              .message = fmt::format("cannot update submodule {}: git {} exited with status {}",
                                     text::quoted(submodule.path), command, answer->status),
              .output = answer->messages});
  }
  return {};
}

/// Runs a command for a submodule, with the credentials of the manifest's url.
tl::expected<void, Error> run_for(const Repository& repository, const Source& source,
                                  const Submodule& submodule,
                                  const std::vector<std::string>& command) {
  return expect_done(submodule, command.front(),
                     with_credentials(repository, source.url).run(command));
}

/// A url that `.gitmodules`, or origin where that is relative to it, has changed. What was done,
/// empty if nothing.
tl::expected<std::string, Error> follow_url(Repository& repository, const Source& source,
                                            const Submodule& submodule) {
  if (submodule.url.empty() || submodule.declared_url.empty() ||
      submodule.url == submodule.declared_url) {
    return std::string();
  }
  if (auto synced = run_for(repository, source, submodule,
                            {"submodule", "--quiet", "sync", "--", submodule.path});
      !synced) {
    return tl::unexpected(synced.error());
  }
  return repository.ask({"config", fmt::format("submodule.{}.url", submodule.name)})
      .map([&](const std::string& url) {
        return url == submodule.url ? ""
                                    : fmt::format("the url of submodule {} was {} and is {} now",
                                                  text::quoted(submodule.path),
                                                  text::quoted(text::mask_url(submodule.url)),
                                                  text::quoted(text::mask_url(url)));
      });
}

/// Fetches the commit where it, or something that it needs, is not here yet.
tl::expected<void, Error> fetch_pin(const Repository& repository, const Source& source,
                                    const Submodule& submodule) {
  Repository inner = repository.within(submodule.path);
  const auto is_here = [&] { return is_reachable(inner, submodule.pinned).value_or(false); };
  const auto fetch = [&](const std::vector<std::string>& arguments) {
    return expect_done(submodule, "fetch", with_credentials(inner, source.url).fetch(arguments));
  };
  tl::expected<void, Error> fetched;
  if (!is_here()) {
    fetched = fetch({});
  }
  // On no branch, perhaps.
  if (fetched && !is_here()) {
    fetched = fetch({"origin", submodule.pinned});
  }
  return fetched;
}

/// Whether nothing but the beginning of a clone is in a git directory.
bool is_blank(Repository& repository, const fs::path& own) {
  std::error_code ignored;
  for (const char* name : {"logs", "refs"}) {
    for (fs::recursive_directory_iterator it(own / name, ignored), end; it != end;
         it.increment(ignored)) {
      if (!it->is_directory()) {
        return false;
      }
    }
  }
  if (is_there(own / "index") || is_there(own / "packed-refs") || is_there(own / "modules")) {
    return false;
  }
  const auto refs = repository.query({"--git-dir=" + own.native(), "for-each-ref", "--count=1"});
  const bool is_begun = is_there(own / "HEAD") && is_there(own / "objects");
  return refs && (refs->status == 0 ? refs->output.empty() : !is_begun);
}

/// Removes what a clone that was cut off has left, if it holds nothing.
void remove_blank(Repository& repository, const Submodule& submodule) {
  const fs::path place = repository.directory() / submodule.path;
  const fs::path modules = find_git_directory(repository.directory()).own / "modules";
  std::error_code ignored;
  if (find_git_directory(place).own.empty() && read_small_file(place / ".git").empty()) {
    // git makes this file and then writes it.
    unlink((place / ".git").c_str());
  }
  const bool is_linked = is_there(place / ".git");
  const fs::path own = is_linked ? find_git_directory(place).own : modules / submodule.name;
  const fs::path inside = own.lexically_relative(modules);
  const bool is_ours = !submodule.name.empty() && !inside.empty() && *inside.begin() != ".." &&
                       std::ranges::find(inside, "..") == inside.end();
  if (is_ours && names_in(place).size() == (is_linked ? 1U : 0U) && is_blank(repository, own)) {
    fs::remove_all(own, ignored);
    fs::remove(place / ".git", ignored);
  }
}

tl::expected<void, Error> refuse_obstructed(const Repository& repository,
                                            const Submodule& submodule) {
  const fs::path place = repository.directory() / submodule.path;
  std::set<std::string> names;
  if (!is_real_directory(place)) {
    if (is_there(place)) {
      names.insert(submodule.path);
    }
  } else if (!is_there(place / ".git")) {
    for (const std::string& name : names_in(place)) {
      names.insert(submodule.path + '/' + name);
    }
  }
  if (names.empty()) {
    return {};
  }
  return tl::unexpected(
      Error{.cause = Cause::refused,
            .message = fmt::format("files are in the way of submodule {}: {}; move them away",
                                   text::quoted(submodule.path), git::listed(names))});
}

tl::expected<void, Error> clone_submodule(const Repository& repository, const Source& source,
                                          const Submodule& submodule) {
  if (submodule.declared_url.empty() && submodule.url.empty()) {
    return tl::unexpected(Error{
        .cause = Cause::failed,
        .message = fmt::format(
            "submodule {} has no url in .gitmodules; in the repository that is pushed from, give "
            "it one with: git submodule add --force URL {}, or take it out with: git rm --cached "
            "{}",
            text::quoted(submodule.path), shell_word(submodule.path), shell_word(submodule.path))});
  }
  Repository cloning = repository;
  // To fetch the commit is git's part, to check it out is not.
  cloning.use({.key = fmt::format("submodule.{}.update", submodule.name), .value = "!true"});
  cloning.use({.key = "clone.defaultRemoteName", .value = "origin"});
  return run_for(cloning, source, submodule,
                 {"submodule", "--quiet", "update", "--init", "--", submodule.path});
}

/// A submodule of which nothing is checked out.
tl::expected<void, Error> fill_submodule(Repository& repository, const Source& source,
                                         const Submodule& submodule) {
  if (auto clear = refuse_obstructed(repository, submodule); !clear) {
    return clear;
  }
  remove_blank(repository, submodule);
  Repository inner = repository.within(submodule.path);
  auto ready = is_there(inner.directory() / ".git")
                   ? fetch_pin(repository, source, submodule)
                   : clone_submodule(repository, source, submodule);
  if (!ready) {
    return ready;
  }
  return read_head(inner)
      .and_then([&](const Head& head) { return refuse_lost_commits(inner, head); })
      .and_then([&] { return note_move(inner.directory(), {.from = "", .to = submodule.pinned}); })
      .and_then([&] {
        return run_for(inner, source, submodule,
                       {"update-ref", "--no-deref", "HEAD", submodule.pinned});
      })
      .and_then([&]() -> tl::expected<void, Error> {
        const auto settled = settle_move(inner, {.from = "", .to = submodule.pinned});
        return settled ? tl::expected<void, Error>() : tl::unexpected(settled.error());
      });
}

tl::expected<void, Error> move_submodule(Repository& repository, const Source& source,
                                         const Submodule& submodule) {
  Repository inner = repository.within(submodule.path);
  const Move move = {.from = submodule.head, .to = submodule.pinned};
  if (noted_move(inner.directory()) != move) {
    if (auto clean = refuse_unclean(repository, submodule.path); !clean) {
      return clean;
    }
  }
  Difference difference(inner, move);
  return fetch_pin(repository, source, submodule)
      .and_then([&] { return refuse_failing_filters(inner, difference); })
      .and_then([&] {
        return move_head(inner, difference,
                         {"switch", "-q", "--detach", "--no-overwrite-ignore",
                          "--no-recurse-submodules", submodule.pinned},
                         [&](const Result& answer) {
                           auto error = explain_files_in_the_way(inner, difference, answer);
                           return error ? *std::move(error) : inner.failure("switch", answer);
                         });
      });
}

/// What was done is added to `done`.
tl::expected<void, Error> bring_to_pin(Repository& repository, const Source& source,
                                       const Submodule& submodule, std::vector<std::string>& done) {
  const auto followed = follow_url(repository, source, submodule);
  if (!followed) {
    return tl::unexpected(followed.error());
  }
  if (!followed->empty()) {
    done.push_back(*followed);
  }
  auto moved = submodule.head.empty() ? fill_submodule(repository, source, submodule)
                                      : move_submodule(repository, source, submodule);
  if (moved) {
    const std::string name = text::quoted(submodule.path);
    done.push_back(
        submodule.head.empty()
            ? fmt::format("submodule {} cloned at {}", name, abbreviated(submodule.pinned))
            : fmt::format("submodule {} moved from {} to {}", name, abbreviated(submodule.head),
                          abbreviated(submodule.pinned)));
  }
  return moved;
}

/// Ends a move of a submodule that was cut off, unless that is the move to make.
tl::expected<void, Error> settle_submodule(Repository& inner, const std::optional<Move>& next) {
  const std::optional<Move> move = noted_move(inner.directory());
  if (!move || move == next) {
    return {};
  }
  const auto settled = settle_move(inner, *move);
  return settled ? tl::expected<void, Error>() : tl::unexpected(settled.error());
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
  bool need_settings = false;
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    std::string_view entry = text::take(rest, '\0');
    if (text::take(entry, ' ') != submodule_mode) {
      continue;
    }
    Submodule& submodule = submodules.emplace_back();
    submodule.pinned = text::take(entry, ' ');
    text::take(entry, '\t');
    submodule.path = entry;
    auto head = head_of(repository, submodule.path);
    if (!head) {
      return tl::unexpected(std::move(head.error()));
    }
    submodule.head = *std::move(head);
    need_settings = need_settings || submodule.head != submodule.pinned ||
                    is_there(repository.directory() / submodule.path / ".gitmodules");
  }
  if (!need_settings) {
    return submodules;
  }
  return Settings::read(repository).map([&](const Settings& settings) {
    std::ranges::for_each(submodules, [&](Submodule& one) { settings.describe(one); });
    std::erase_if(submodules, [&](const Submodule& one) { return !settings.is_wanted(one); });
    return submodules;
  });
}

tl::expected<void, Error> refuse_unclean_submodules(Repository& repository,
                                                    Difference& difference) {
  if (difference.move().from.empty() || !is_there(repository.directory() / ".gitmodules")) {
    return {};
  }
  const auto& files = difference.files();
  if (!files) {
    return tl::unexpected(files.error());
  }
  for (const ChangedFile& file : *files) {
    const fs::path place = repository.directory() / file.path;
    // Files that a move has left half-way are not in its own way.
    if (!file.before.is_submodule() || !is_there(place / ".git") || noted_move(place)) {
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
  const auto submodules = read_submodules(repository);
  if (!submodules) {
    return tl::unexpected(submodules.error());
  }
  for (const Submodule& submodule : *submodules) {
    Repository inner = repository.within(submodule.path);
    if (is_there(inner.directory() / ".git")) {
      Scratch::remove_all(inner.directory());
      inner.clear_locks();
    }
    auto brought =
        submodule.head.empty()
            ? tl::expected<void, Error>()
            : settle_submodule(inner, Move{.from = submodule.head, .to = submodule.pinned});
    if (brought && submodule.head != submodule.pinned) {
      brought = bring_to_pin(repository, source, submodule, done);
    }
    if (!brought) {
      return tl::unexpected(brought.error());
    }
    if (is_there(inner.directory() / ".git")) {
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
