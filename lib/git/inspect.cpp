#include "git/inspect.h"

#include <fmt/format.h>

#include "git/refs.h"
#include "git/remote.h"
#include "git/submodules.h"
#include "text/quote.h"

namespace git {
namespace {

/// What is checked out instead of the branch.
std::string describe(const Head& head) {
  if (head.commit.empty()) {
    return "nothing is checked out yet";
  }
  return head.ref.empty()
             ? fmt::format("HEAD is detached at {}", abbreviated(head.commit))
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

/// The standing of a checkout that is at the commit of the remote's branch.
tl::expected<Standing, Error> compare_submodules(Repository& repository, const Status& status) {
  return misplaced_submodule(repository).map([&](std::string misplaced) {
    return Standing{
        .state = misplaced.empty() ? Standing::State::up_to_date : Standing::State::elsewhere,
        .detail = std::move(misplaced),
        .head = status.head.commit,
        .remote_head = status.head.commit};
  });
}

tl::expected<Standing, Error> compare_commits(Repository& repository, const Source& source,
                                              const Status& status) {
  auto remote = repository.ask({"rev-parse", "FETCH_HEAD"});
  if (!remote) {
    return tl::unexpected(remote.error());
  }
  const auto branch = read_branch(repository, source.branch);
  if (!branch) {
    return tl::unexpected(branch.error());
  }
  Standing standing{.state = Standing::State::elsewhere,
                    .head = status.head.commit,
                    .remote_head = *std::move(remote)};
  if (!branch->checked_out) {
    standing.detail = describe(status.head);
  } else if (standing.head == standing.remote_head) {
    return compare_submodules(repository, status);
  }
  if (standing.head.empty() || standing.head == standing.remote_head) {
    return standing;
  }
  const auto distance = count_commits(repository, standing.head, standing.remote_head);
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

}  // namespace

tl::expected<Standing, Error> compare(Repository& repository, const Source& source) {
  const auto origin = read_origin(repository);
  if (!origin) {
    return tl::unexpected(origin.error());
  }
  if (const auto fetched = fetch(repository, *origin, source, Fetch::objects_only); !fetched) {
    return tl::unexpected(fetched.error());
  }
  const auto status = read_status(repository, source.branch, "FETCH_HEAD");
  if (!status) {
    return tl::unexpected(status.error());
  }
  return status->is_level() ? compare_submodules(repository, *status)
                            : compare_commits(repository, source, *status);
}

}  // namespace git
