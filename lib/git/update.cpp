#include "git/update.h"

#include <fmt/format.h>
#include <unistd.h>

#include "git/damage.h"
#include "git/git_directory.h"
#include "git/head_move.h"
#include "git/lfs.h"
#include "git/obstacles.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/required_filters.h"
#include "git/scratch.h"
#include "git/signature.h"
#include "text/quote.h"

namespace git {
namespace {

std::optional<Error> explain_lfs(const Revision& revision, const std::string& messages) {
  const auto reason = explain_missing_lfs(messages);
  if (!reason) {
    return std::nullopt;
  }
  return Error{.cause = Cause::failed,
               .message = fmt::format("cannot check out {}: {}", described(revision), *reason),
               .output = messages};
}

/// Why a move failed that git began, or could not even begin.
Error explain_move(Repository& repository, const Revision& revision, const Move& move,
                   std::string_view command, const Result& answer) {
  if (auto error = explain_lfs(revision, answer.messages)) {
    return *std::move(error);
  }
  if (auto error = explain_ref_in_the_way(repository, revision, answer.messages)) {
    return *std::move(error);
  }
  if (auto error = explain_missing_signature(repository, move.to, answer.messages)) {
    return *std::move(error);
  }
  if (auto error = explain_damage(repository, revision, answer.messages)) {
    return *std::move(error);
  }
  // git merge says nothing at all where a tree is missing.
  std::vector<std::string> arguments = {"rev-list", "--objects", "--quiet", "--no-walk", move.to};
  if (!move.from.empty()) {
    arguments.push_back(move.from);
  }
  const auto objects = repository.query(arguments);
  if (objects && objects->status != 0) {
    if (auto error = explain_damage(repository, revision, objects->messages)) {
      return *std::move(error);
    }
  }
  return repository.failure(command, answer);
}

tl::expected<void, Error> move_by(Repository& repository, const Revision& revision,
                                  Difference& difference, const std::vector<std::string>& command) {
  const Move& move = difference.move();
  return move_head(repository, difference, command, [&](const Result& answer) {
    auto error = explain_files_in_the_way(
        repository, difference, answer,
        revision.kind == Revision::Kind::branch ? "origin/" + revision.name : move.to);
    return error ? *std::move(error)
                 : explain_move(repository, revision, move, command.front(), answer);
  });
}

tl::expected<void, Error> fast_forward(Repository& repository, const Revision& branch,
                                       Difference& difference) {
  // branch.NAME.mergeOptions and merge.autoStash may say otherwise; ignored files are no less
  // somebody's than others.
  return move_by(repository, branch, difference,
                 {"merge", "--ff-only", "--no-squash", "--no-autostash", "--no-overwrite-ignore",
                  "--no-stat", "-q", difference.move().to});
}

tl::expected<void, Error> configure(Repository& repository, const std::string& key,
                                    const std::string& value) {
  const auto answer = repository.run({"config", key, value});
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  return answer->status == 0 ? tl::expected<void, Error>()
                             : tl::unexpected(repository.failure("config", *answer));
}

/// Switches and fast-forwards at once, so that nothing can stop it half-way. That the local branch
/// is contained in the remote's has been made sure of. The commit is named, not a ref: that may be
/// another by now.
tl::expected<void, Error> switch_branch(Repository& repository, const Revision& branch,
                                        const Branch& state, Difference& difference) {
  const std::string& name = branch.name;
  auto moved = move_by(repository, branch, difference,
                       {"switch", "-q", "--no-overwrite-ignore", "--no-recurse-submodules", "-C",
                        name, "--no-track", state.remote});
  if (moved && state.local.empty()) {
    moved = configure(repository, fmt::format("branch.{}.remote", name), "origin").and_then([&] {
      return configure(repository, fmt::format("branch.{}.merge", name), local_ref(name));
    });
  }
  return moved;
}

/// Detaches HEAD at a commit. A ref tells later runs that it is none of somebody's, whether or not
/// a branch of the remote still holds it by then.
tl::expected<void, Error> detach(Repository& repository, const Revision& revision,
                                 Difference& difference) {
  const Move& move = difference.move();
  return repository.ask({"update-ref", pin_ref(move.to), move.to})
      .and_then([&](const std::string&) {
        return move_by(repository, revision, difference,
                       {"switch", "-q", "--no-overwrite-ignore", "--no-recurse-submodules",
                        "--detach", move.to});
      });
}

/// Brings HEAD to `state.remote`.
tl::expected<Synced, Error> advance(Repository& repository, const Revision& revision,
                                    const Branch& state, const Status& status,
                                    bool has_required_filter) {
  const Head& head = status.head;
  if (state.checked_out && state.local == state.remote) {
    return Synced{.before = head.commit, .after = head.commit};
  }
  auto clear = refuse_move(repository, revision, status, state);
  Difference difference(repository, {.from = head.commit, .to = state.remote});
  if (clear && has_required_filter) {
    clear = refuse_failing_filters(repository, difference).map_error([&](const Error& error) {
      return explain_lfs(revision, error.output).value_or(error);
    });
  }
  if (clear) {
    clear = state.checked_out ? fast_forward(repository, revision, difference)
            : revision.kind == Revision::Kind::branch
                ? switch_branch(repository, revision, state, difference)
                : detach(repository, revision, difference);
  }
  if (!clear) {
    return tl::unexpected(std::move(clear.error()));
  }
  if (head.ref.empty() && !head.commit.empty() && head.commit != state.remote) {
    // What a run has detached HEAD at and left again is kept no longer. There need not be any.
    if (const auto left = repository.query({"update-ref", "-d", pin_ref(head.commit)}); !left) {
      return tl::unexpected(left.error());
    }
  }
  return Synced{.action = state.checked_out     ? Action::fast_forwarded
                          : head.commit.empty() ? Action::cloned
                                                : Action::switched,
                .before = head.commit,
                .after = state.remote};
}

/// Ends what a former run has begun, as long as what is followed holds it.
tl::expected<Synced, Error> end_former_move(Repository& repository, const Source& source,
                                            const Fetched& fetched, const Origin& origin) {
  const std::optional<Move> move = noted_move(repository.directory());
  if (!move) {
    // A note that a kill cut short: nothing had begun.
    unlink(update_note(repository.directory()).c_str());
    return Synced();
  }
  const auto head = read_head(repository);
  auto state = read_state(repository, source.revision, fetched.commit);
  if (!head || !state) {
    return tl::unexpected(head ? state.error() : head.error());
  }
  bool goes_on = head->commit == move->from && move->from != move->to;
  if (goes_on && state->remote != move->to) {
    const auto distance = count_commits(repository, move->to, state->remote);
    goes_on = distance && distance->only_left == 0 && state->checked_out;
  }
  if (goes_on) {
    state->remote = move->to;
    return advance(repository, source.revision, *state, {.head = *head},
                   origin.has_required_filter);
  }
  if (source.verify && head->commit == move->to) {
    // Its files follow: the signature of what was fetched vouches for its history and no more.
    const auto distance = count_commits(repository, move->to, fetched.commit);
    if (!distance || distance->only_left > 0) {
      auto signer = verify_signature(repository, *source.verify, {.name = move->to},
                                     {.commit = move->to, .object = move->to});
      if (!signer) {
        return tl::unexpected(std::move(signer.error()));
      }
    }
  }
  return settle_move(repository, *move).map([&](bool has_moved) {
    return has_moved && move->from != move->to
               ? Synced{.action = move->from.empty() ? Action::cloned : Action::fast_forwarded,
                        .before = move->from,
                        .after = move->to}
               : Synced();
  });
}

/// Has the tag here be what it is on the remote.
tl::expected<void, Error> keep_tag(Repository& repository, const std::string& tag,
                                   const Fetched& fetched) {
  const std::string ref = tag_ref(tag);
  return repository.query({"rev-parse", "--quiet", "--verify", ref})
      .and_then([&](const Result& here) -> tl::expected<void, Error> {
        if (here.output == fetched.object + '\n') {
          return {};
        }
        return repository.ask({"update-ref", ref, fetched.object}).map([](const std::string&) {});
      });
}

/// Brings HEAD to what was fetched.
tl::expected<Synced, Error> move_to(Repository& repository, const Source& source,
                                    const Fetched& fetched, const Status& status,
                                    bool has_required_filter) {
  if (status.is_level(source.revision, fetched.commit)) {
    return Synced{.before = status.head.commit, .after = status.head.commit};
  }
  const tl::expected<Branch, Error> state =
      status.is_behind()
          ? Branch{.local = status.head.commit, .remote = fetched.commit, .checked_out = true}
          : read_state(repository, source.revision, fetched.commit);
  return state.and_then([&](const Branch& branch) {
    return advance(repository, source.revision, branch, status, has_required_filter);
  });
}

}  // namespace

tl::expected<Synced, Error> update(Repository& repository, const Source& source) {
  Scratch::remove_all(repository.directory());
  const auto origin = read_origin(repository);
  if (!origin) {
    return tl::unexpected(origin.error());
  }
  const auto fetched = fetch(repository, *origin, source, Fetch::into_tracking_ref);
  if (!fetched) {
    return tl::unexpected(fetched.error());
  }
  // Before anything that it brings is written, be it the rest of a move that was cut off.
  auto signer = verify_if_wanted(repository, source, *fetched);
  if (!signer) {
    return tl::unexpected(std::move(signer.error()));
  }
  auto clear = refuse_moved_tag(repository, source, *fetched);
  if (!clear) {
    return tl::unexpected(std::move(clear.error()));
  }
  auto synced = end_former_move(repository, source, *fetched, *origin);
  if (!synced) {
    return synced;
  }
  const auto status = read_status(repository, source.revision, *fetched);
  if (!status) {
    return tl::unexpected(status.error());
  }
  if (source.require_clean) {
    clear = refuse_edited_files(repository, *status);
  }
  if (!clear) {
    return tl::unexpected(std::move(clear.error()));
  }
  auto moved = move_to(repository, source, *fetched, *status, origin->has_required_filter);
  if (!moved) {
    return moved;
  }
  if (synced->action == Action::up_to_date) {
    synced->action = moved->action;
    synced->before = moved->before;
  }
  synced->after = moved->after;
  // Last, so that a sync that was refused has changed nothing of it.
  if (source.revision.kind == Revision::Kind::tag) {
    if (auto kept = keep_tag(repository, source.revision.name, *fetched); !kept) {
      return tl::unexpected(std::move(kept.error()));
    }
  }
  auto replaced = adopt_url(repository, *origin, source);
  if (!replaced) {
    return tl::unexpected(std::move(replaced.error()));
  }
  synced->replaced_url = *std::move(replaced);
  synced->signer = *std::move(signer);
  synced->edited = describe_edited_files(*status);
  return synced;
}

}  // namespace git
