#include "git/clone.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "git/credentials.h"
#include "git/owner.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/staging.h"
#include "git/update.h"
#include "git/url.h"
#include "text/url.h"

namespace git {
namespace {

/// The commit of `branch` in a clone that was just made, if HEAD is on it. Empty if it is not, for
/// git clone also takes a tag for a branch.
tl::expected<std::string, Error> cloned_commit(Repository& clone, const std::string& branch) {
  return read_branch(clone, branch).map([](const Branch& found) {
    return found.checked_out ? found.local : std::string();
  });
}

/// `git clone` of a branch. What it checked out is what the remote had for it.
tl::expected<std::string, Error> clone_branch(Repository& repository, const Source& source,
                                              const std::filesystem::path& place) {
  // There is no origin yet; this finds out whether the user has an ssh command. A url that git's
  // configuration makes one of ssh does without: there is no terminal to ask on anyway.
  auto origin = may_use_ssh(source.url) ? read_origin(repository) : Origin{};
  if (!origin) {
    return tl::unexpected(std::move(origin.error()));
  }
  Repository cloning = with_credentials(repository, source.url);
  // Before the clone counts as complete all of it is written to the disk at once.
  cloning.use({.key = "core.fsync", .value = "none"});
  const tl::expected<Result, Error> answer =
      cloning.run({"clone", "-q", "--origin", "origin", "--branch", source.revision.name, "--",
                   text::split_url(source.url).bare, place.native()});
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  Repository staged = repository.within(place);
  if (answer->status != 0) {
    // A hook that fails when all is done does no harm to the clone.
    const auto changes = staged.query({"status", "--porcelain"});
    if (!changes || changes->status != 0 || !changes->output.empty()) {
      return tl::unexpected(explain_remote(repository, *origin, source, "clone", *answer));
    }
    repository.note(fmt::format(
        "the clone is complete, but git clone exited with status {}, as it does where a "
        "post-checkout hook fails",
        answer->status));
  }
  auto commit = cloned_commit(staged, source.revision.name);
  if (commit && commit->empty()) {
    return tl::unexpected(explain_remote(repository, *origin, source, "clone", *answer));
  }
  return commit;
}

/// An empty repository that is brought to what is followed, as every update is. `git clone` knows
/// no commits, takes a branch for a tag of that name, and copies the objects of a local repository
/// without a look at them, which no signature vouches for.
tl::expected<Synced, Error> clone_by_fetch(Repository& repository, const Source& source,
                                           const std::filesystem::path& place,
                                           std::string_view object_format) {
  const bool is_branch = source.revision.kind == Revision::Kind::branch;
  const auto made =
      repository.run({"init", "-q", fmt::format("--object-format={}", object_format), "-b",
                      is_branch ? source.revision.name : "main", "--", place.native()});
  if (!made) {
    return tl::unexpected(made.error());
  }
  if (made->status != 0) {
    return tl::unexpected(repository.failure("init", *made));
  }
  Repository staged = repository.within(place);
  Source from_there = source;
  from_there.url = with_absolute_path(source.url, repository.directory());
  return update(staged, from_there);
}

/// The same, whichever object names the remote has: git does not ask for that beforehand.
tl::expected<Synced, Error> clone_by_fetch(Repository& repository, const Source& source,
                                           const std::filesystem::path& place) {
  auto synced = clone_by_fetch(repository, source, place, "sha1");
  if (!synced && synced.error().output.find("mismatched algorithms") != std::string::npos) {
    std::error_code ignored;
    std::filesystem::remove_all(repository.directory() / place / ".git", ignored);
    return clone_by_fetch(repository, source, place, "sha256");
  }
  return synced;
}

}  // namespace

tl::expected<Synced, Error> clone(Repository& repository, const Source& source) {
  if (auto checked = check_owner(repository); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  tl::expected<Staging, Error> staging = Staging::create(repository.directory());
  if (!staging) {
    return tl::unexpected(std::move(staging.error()));
  }
  auto synced = source.revision.kind == Revision::Kind::branch && !source.verify
                    ? clone_branch(repository, source, staging->checkout())
                          .map([](const std::string& commit) { return Synced{.after = commit}; })
                    : clone_by_fetch(repository, source, staging->checkout());
  if (!synced) {
    return synced;
  }
  if (auto finished = staging->finish(synced->after); !finished) {
    return tl::unexpected(std::move(finished.error()));
  }
  return Synced{
      .action = Action::cloned, .after = synced->after, .signer = std::move(synced->signer)};
}

}  // namespace git
