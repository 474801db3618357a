#include "git/update.h"

#include <fmt/format.h>

#include "git/damage.h"
#include "git/head_move.h"
#include "git/lfs.h"
#include "git/obstacles.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/required_filters.h"
#include "git/scratch.h"
#include "text/quote.h"

namespace git {
namespace {

std::optional<Error> explain_lfs(const std::string& branch, const std::string& messages) {
  const auto reason = explain_missing_lfs(messages);
  if (!reason) {
    return std::nullopt;
  }
  return Error{.cause = Cause::failed,
               .message = fmt::format("cannot check out {}: {}", text::quoted(branch), *reason),
               .output = messages};
}

/// Why a move failed that git began, or could not even begin.
Error explain_move(Repository& repository, const std::string& branch, const Move& move,
                   std::string_view command, const Result& answer) {
  if (auto error = explain_lfs(branch, answer.messages)) {
    return *std::move(error);
  }
  if (auto error = explain_ref_in_the_way(repository, branch, answer.messages)) {
    return *std::move(error);
  }
  if (auto error = explain_missing_signature(repository, move.to, answer.messages)) {
    return *std::move(error);
  }
  if (auto error = explain_damage(repository, branch, answer.messages)) {
    return *std::move(error);
  }
  // git merge says nothing at all where a tree is missing.
  std::vector<std::string> arguments = {"rev-list", "--objects", "--quiet", "--no-walk", move.to};
  if (!move.from.empty()) {
    arguments.push_back(move.from);
  }
  const auto objects = repository.query(arguments);
  if (objects && objects->status != 0) {
    if (auto error = explain_damage(repository, branch, objects->messages)) {
      return *std::move(error);
    }
  }
  return repository.failure(command, answer);
}

tl::expected<void, Error> move_to_branch(Repository& repository, const std::string& branch,
                                         Difference& difference,
                                         const std::vector<std::string>& command) {
  return move_head(repository, difference, command, [&](const Result& answer) {
    auto error = explain_files_in_the_way(repository, answer.messages, "origin/" + branch);
    return error ? *std::move(error)
                 : explain_move(repository, branch, difference.move(), command.front(), answer);
  });
}

tl::expected<void, Error> fast_forward(Repository& repository, const std::string& branch,
                                       Difference& difference) {
  // branch.NAME.mergeOptions and merge.autoStash may say otherwise; ignored files are no less
  // somebody's than others.
  return move_to_branch(repository, branch, difference,
                        {"merge", "--ff-only", "--no-squash", "--no-autostash",
                         "--no-overwrite-ignore", "--no-stat", "-q", difference.move().to});
}

/// Switches and fast-forwards at once, so that nothing can stop it half-way. That the local branch
/// is contained in the remote's has been made sure of.
tl::expected<void, Error> switch_branch(const Repository& repository, const std::string& branch,
                                        const Branch& state, Difference& difference) {
  Repository switching = repository;
  std::vector<std::string> arguments = {
      "switch", "-q", "--no-overwrite-ignore", "--no-recurse-submodules", "-C", branch};
  if (state.local.empty()) {
    // git tracks only what origin's refspecs cover, and a single-branch clone covers one.
    switching.use({.key = "remote.origin.fetch",
                   .value = fmt::format("+{}:{}", local_ref(branch), tracking_ref(branch))});
    arguments.insert(arguments.end(), {"--track", tracking_ref(branch)});
  } else {
    arguments.insert(arguments.end(), {"--no-track", state.remote});
  }
  return move_to_branch(switching, branch, difference, arguments);
}

/// Brings HEAD to `state.remote`.
tl::expected<Synced, Error> advance(Repository& repository, const std::string& branch,
                                    const Branch& state, const Status& status,
                                    bool has_required_filter) {
  const Head& head = status.head;
  if (state.checked_out && state.local == state.remote) {
    return Synced{.before = head.commit, .after = head.commit};
  }
  auto clear = refuse_move(repository, branch, status, state);
  Difference difference(repository, {.from = head.commit, .to = state.remote});
  if (clear && has_required_filter) {
    clear = refuse_failing_filters(repository, difference).map_error([&](const Error& error) {
      return explain_lfs(branch, error.output).value_or(error);
    });
  }
  if (!clear) {
    return tl::unexpected(std::move(clear.error()));
  }
  const Action action = state.checked_out     ? Action::fast_forwarded
                        : head.commit.empty() ? Action::cloned
                                              : Action::switched;
  return (state.checked_out ? fast_forward(repository, branch, difference)
                            : switch_branch(repository, branch, state, difference))
      .map([&] { return Synced{.action = action, .before = head.commit, .after = state.remote}; });
}

/// Ends what a former run has begun, as long as the remote's branch holds it.
tl::expected<Synced, Error> end_former_move(Repository& repository, const std::string& branch,
                                            const Origin& origin) {
  const std::optional<Move> move = noted_move(repository.directory());
  if (!move) {
    return Synced();
  }
  const auto head = read_head(repository);
  auto state = read_branch(repository, branch);
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
    return advance(repository, branch, *state, {.head = *head}, origin.has_required_filter);
  }
  return settle_move(repository, *move).map([&](bool has_moved) {
    return has_moved && move->from != move->to
               ? Synced{.action = move->from.empty() ? Action::cloned : Action::fast_forwarded,
                        .before = move->from,
                        .after = move->to}
               : Synced();
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
  auto synced = end_former_move(repository, source.revision.name, *origin);
  if (!synced) {
    return synced;
  }
  const auto status =
      read_status(repository, source.revision.name, tracking_ref(source.revision.name));
  if (!status) {
    return tl::unexpected(status.error());
  }
  if (source.require_clean) {
    if (auto clean = refuse_edited_files(repository, *status); !clean) {
      return tl::unexpected(std::move(clean.error()));
    }
  }
  if (synced->action == Action::up_to_date) {
    synced->before = status->head.commit;
  }
  synced->after = status->head.commit;
  if (!status->is_level()) {
    const tl::expected<Branch, Error> state =
        status->is_behind()
            ? Branch{.local = status->head.commit, .remote = *fetched, .checked_out = true}
            : read_branch(repository, source.revision.name);
    if (!state) {
      return tl::unexpected(state.error());
    }
    auto advanced =
        advance(repository, source.revision.name, *state, *status, origin->has_required_filter);
    if (!advanced) {
      return advanced;
    }
    if (synced->action == Action::up_to_date) {
      synced->action = advanced->action;
    }
    synced->after = advanced->after;
  }
  // Last, so that a sync that was refused has changed nothing of it.
  auto replaced = adopt_url(repository, *origin, source);
  if (!replaced) {
    return tl::unexpected(std::move(replaced.error()));
  }
  synced->replaced_url = *std::move(replaced);
  synced->edited = describe_edited_files(*status);
  return synced;
}

}  // namespace git
