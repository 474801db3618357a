#include "git/clone.h"

#include <utility>

#include "git/credentials.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/staging.h"
#include "git/url.h"
#include "text/url.h"

namespace git {

tl::expected<Synced, Error> clone(Repository& repository, const Source& source) {
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
  const tl::expected<Answer, Error> answer =
      with_credentials(repository, source.url)
          .run({"clone", "-q", "--origin", "origin", "--branch", source.branch, "--",
                text::split_url(source.url).bare, staging->checkout().native()});
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(explain_remote(repository, *origin, source, "clone", *answer));
  }
  Repository staged = repository.within(staging->checkout());
  const auto branch = read_branch(staged, source.branch);
  if (!branch) {
    return tl::unexpected(branch.error());
  }
  // git clone also takes a tag for a branch, and then HEAD is on none.
  if (!branch->checked_out) {
    return tl::unexpected(explain_remote(repository, *origin, source, "clone", *answer));
  }
  if (const auto finished = staging->finish(); !finished) {
    return tl::unexpected(finished.error());
  }
  return Synced{.action = Action::cloned, .after = branch->local};
}

}  // namespace git
