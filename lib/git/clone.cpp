#include "git/clone.h"

#include <fmt/format.h>

#include <utility>

#include "git/credentials.h"
#include "git/owner.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/staging.h"
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

}  // namespace

tl::expected<Synced, Error> clone(Repository& repository, const Source& source) {
  if (auto checked = check_owner(repository); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  tl::expected<Staging, Error> staging = Staging::create(repository.directory());
  if (!staging) {
    return tl::unexpected(std::move(staging.error()));
  }
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
                   text::split_url(source.url).bare, staging->checkout().native()});
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  Repository staged = repository.within(staging->checkout());
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
  const auto commit = cloned_commit(staged, source.revision.name);
  if (!commit) {
    return tl::unexpected(commit.error());
  }
  if (commit->empty()) {
    return tl::unexpected(explain_remote(repository, *origin, source, "clone", *answer));
  }
  if (const auto finished = staging->finish(*commit); !finished) {
    return tl::unexpected(finished.error());
  }
  return Synced{.action = Action::cloned, .after = *commit};
}

}  // namespace git
