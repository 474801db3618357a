#include "git/inspect.h"

#include <fmt/format.h>

#include "git/refs.h"
#include "git/remote.h"
#include "git/submodules.h"
#include "text/quote.h"

namespace git {
namespace {

/// What is checked out instead of the branch; empty if the branch is.
std::string other_checkout(const Head& head, const std::string& branch) {
  if (head.commit.empty()) {
    return "nothing is checked out yet";
  }
  if (head.ref.empty()) {
    return fmt::format("HEAD is detached at {}", abbreviated(head.commit));
  }
  return head.ref == local_ref(branch)
             ? ""
             : fmt::format("branch {} is checked out", text::quoted(short_name(head.ref)));
}

std::string local_commits(const Distance& distance) {
  const std::string commits = text::counted(distance.only_left, "commit");
  return distance.only_right == 0 ? fmt::format("{} ahead of the remote", commits)
                                  : fmt::format("diverged: {} only here, {} only on the remote",
                                                commits, distance.only_right);
}

/// The first submodule that is not at its commit; empty if all are.
tl::expected<std::string, Error> misplaced_submodule(Repository& repository) {
  return read_submodules(repository).map([](const std::vector<Submodule>& submodules) {
    for (const Submodule& submodule : submodules) {
      if (submodule.head != submodule.pinned) {
        return fmt::format("submodule {} is {}", text::quoted(submodule.path),
                           submodule.head.empty()
                               ? "not cloned yet"
                               : fmt::format("at {} and not at {}", abbreviated(submodule.head),
                                             abbreviated(submodule.pinned)));
      }
    }
    return std::string();
  });
}

}  // namespace

tl::expected<Standing, Error> compare(Repository& repository, const Source& source) {
  const auto origin = read_origin(repository);
  if (!origin) {
    return tl::unexpected(origin.error());
  }
  if (const auto fetched = fetch(repository, *origin, source, Fetch::objects_only); !fetched) {
    return tl::unexpected(fetched.error());
  }
  const auto head = read_head(repository);
  if (!head) {
    return tl::unexpected(head.error());
  }
  const auto remote = repository.ask({"rev-parse", "FETCH_HEAD"});
  if (!remote) {
    return tl::unexpected(remote.error());
  }
  Standing standing{
      .detail = other_checkout(*head, source.branch), .head = head->commit, .remote_head = *remote};
  if (head->commit == *remote && standing.detail.empty()) {
    auto misplaced = misplaced_submodule(repository);
    if (!misplaced) {
      return tl::unexpected(std::move(misplaced.error()));
    }
    standing.detail = *std::move(misplaced);
  }
  if (head->commit.empty() || head->commit == *remote) {
    standing.state =
        standing.detail.empty() ? Standing::State::up_to_date : Standing::State::elsewhere;
    return standing;
  }
  const auto distance = count_commits(repository, head->commit, *remote);
  if (!distance) {
    return tl::unexpected(distance.error());
  }
  standing.commits_behind = distance->only_right;
  if (standing.detail.empty() && distance->only_left > 0) {
    standing.detail = local_commits(*distance);
  }
  standing.state = standing.detail.empty() ? Standing::State::behind : Standing::State::elsewhere;
  return standing;
}

}  // namespace git
