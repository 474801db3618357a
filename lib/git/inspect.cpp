#include "git/inspect.h"

#include <fmt/format.h>

#include "git/git_directory.h"
#include "git/obstacles.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/signature.h"
#include "git/submodules.h"
#include "text/quote.h"

namespace git {
namespace {

/// What is checked out instead of what is followed, which is at `commit`.
std::string describe(const Head& head, const Revision& revision, const std::string& commit) {
  if (head.commit.empty()) {
    return "nothing is checked out yet";
  }
  std::string there =
      head.ref.empty()
          ? fmt::format("HEAD is detached at {}", abbreviated(head.commit))
          : fmt::format("branch {} is checked out", text::quoted(short_name(head.ref)));
  switch (revision.kind) {
    case Revision::Kind::branch:
      break;
    case Revision::Kind::tag:
      return fmt::format("{}, not {} at {}", there, described(revision), abbreviated(commit));
    case Revision::Kind::commit:
      return fmt::format("{}, not {}", there, described(revision));
  }
  return there;
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

/// The comparison of a checkout that is at the commit of the remote's branch.
tl::expected<Comparison, Error> compare_submodules(Repository& repository, const Status& status) {
  return misplaced_submodule(repository).map([&](std::string misplaced) {
    return Comparison{
        .state = misplaced.empty() ? Comparison::State::up_to_date : Comparison::State::elsewhere,
        .detail = std::move(misplaced),
        .head = status.head.commit,
        .remote_head = status.head.commit};
  });
}

/// What an update would refuse. Files that one has left half-way are not in its own way.
tl::expected<void, Error> foresee(Repository& repository, const Revision& revision,
                                  const Status& status, const Branch& state) {
  Difference difference(repository, {.from = status.head.commit, .to = state.remote});
  auto clear = refuse_move(repository, revision, status, state);
  if (clear) {
    clear = refuse_unclean_submodules(repository, difference);
  }
  // Only a merge asks for one, not a switch.
  if (clear && state.checked_out) {
    clear = refuse_missing_signature(repository, state.remote);
  }
  if (clear && !is_there(update_note(repository.directory()))) {
    clear = refuse_files_in_the_way(repository, status, difference, state.remote_name);
  }
  return clear;
}

tl::expected<Comparison, Error> compare_commits(Repository& repository, const Source& source,
                                                const Status& status, const std::string& remote) {
  auto branch = read_state(repository, source.revision, remote);
  if (!branch) {
    return tl::unexpected(branch.error());
  }
  if (branch->remote_name == remote || branch->local.empty()) {
    if (auto error = find_ref_in_the_way(repository, source.revision)) {
      return tl::unexpected(*std::move(error));
    }
  }
  Comparison comparison{
      .state = Comparison::State::elsewhere, .head = status.head.commit, .remote_head = remote};
  if (!branch->checked_out) {
    comparison.detail = describe(status.head, source.revision, remote);
  } else if (comparison.head == comparison.remote_head) {
    return compare_submodules(repository, status);
  }
  if (auto clear = foresee(repository, source.revision, status, *branch); !clear) {
    return tl::unexpected(std::move(clear.error()));
  }
  if (comparison.head.empty() || comparison.head == comparison.remote_head) {
    return comparison;
  }
  const auto distance = status.distance
                            ? *status.distance
                            : count_commits(repository, comparison.head, comparison.remote_head);
  if (!distance) {
    return tl::unexpected(distance.error());
  }
  comparison.commits_behind = distance->only_right;
  comparison.state =
      comparison.detail.empty() ? Comparison::State::behind : Comparison::State::elsewhere;
  return comparison;
}

}  // namespace

tl::expected<Comparison, Error> compare(Repository& repository, const Source& source) {
  const auto origin = read_origin(repository);
  if (!origin) {
    return tl::unexpected(origin.error());
  }
  const auto fetched = fetch(repository, *origin, source, Fetch::objects_only);
  if (!fetched) {
    return tl::unexpected(fetched.error());
  }
  auto signer = verify_if_wanted(repository, source, *fetched);
  if (!signer) {
    return tl::unexpected(std::move(signer.error()));
  }
  if (auto same = refuse_moved_tag(repository, source, *fetched); !same) {
    return tl::unexpected(std::move(same.error()));
  }
  const auto status = read_status(repository, source.revision, *fetched);
  if (!status) {
    return tl::unexpected(status.error());
  }
  if (source.require_clean && !is_there(update_note(repository.directory()))) {
    if (auto clean = refuse_edited_files(repository, *status); !clean) {
      return tl::unexpected(std::move(clean.error()));
    }
  }
  auto comparison = status->is_level(source.revision, fetched->commit)
                        ? compare_submodules(repository, *status)
                        : compare_commits(repository, source, *status, fetched->commit);
  if (comparison && !comparison->head.empty() && comparison->head != comparison->remote_head) {
    // What is there is read, and its check runs.
    if (auto vouched = verify_head(repository, source, comparison->head); !vouched) {
      return tl::unexpected(std::move(vouched.error()));
    }
  }
  if (comparison) {
    comparison->edited = describe_edited_files(*status);
    comparison->signer = *std::move(signer);
  }
  return comparison;
}

}  // namespace git
