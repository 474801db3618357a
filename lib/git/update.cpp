#include "git/update.h"

#include <fmt/format.h>

#include "git/damage.h"
#include "git/interrupted.h"
#include "git/lfs.h"
#include "git/obstacles.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/submodules.h"
#include "text/quote.h"

namespace git {
namespace {

/// Why a move failed that git began, or could not even begin.
Error explain_move(Repository& repository, const std::string& branch, const Move& move,
                   std::string_view command, const Answer& answer) {
  if (const auto reason = explain_missing_lfs(answer.messages)) {
    return {.cause = Cause::failed,
            .message = fmt::format("cannot check out {}: {}", text::quoted(branch), *reason),
            .output = answer.messages};
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

/// git runs a hook when all is done, and fails where that fails.
bool has_moved(Repository& repository, const std::string& branch, const Move& move) {
  const auto state = read_branch(repository, branch);
  return state && state->checked_out && state->local == move.to && move.from != move.to;
}

/// One command that moves HEAD and the work tree, or leaves both alone: whatever ends it half-way,
/// this run or the next takes its beginnings back.
tl::expected<void, Error> move_head(Repository& repository, const std::string& branch,
                                    const Move& move, const std::vector<std::string>& arguments) {
  if (auto clean = refuse_unclean_submodules(repository, move); !clean) {
    return clean;
  }
  if (auto noted = note_update(repository, move); !noted) {
    return noted;
  }
  const auto answer = repository.run(arguments);
  if (answer && (answer->status == 0 || has_moved(repository, branch, move))) {
    forget_update(repository);
    if (answer->status != 0) {
      repository.note(fmt::format(
          "the checkout has moved, but git {} exited with status {}, as it does where a "
          "post-checkout hook fails",
          arguments.front(), answer->status));
    }
    return {};
  }
  if (auto error = answer
                       ? explain_files_in_the_way(repository, answer->messages, "origin/" + branch)
                       : std::nullopt) {
    // git looks at all files before it touches one.
    forget_update(repository);
    return tl::unexpected(*std::move(error));
  }
  Error error =
      answer ? explain_move(repository, branch, move, arguments.front(), *answer) : answer.error();
  if (error.cause == Cause::failed || error.cause == Cause::refused) {
    const auto undone = undo_interrupted_update(repository);
    if (!undone && undone.error().cause == Cause::refused) {
      error.message += "; " + undone.error().message;
    }
  }
  return tl::unexpected(std::move(error));
}

tl::expected<void, Error> fast_forward(Repository& repository, const std::string& branch,
                                       const Branch& state) {
  // branch.NAME.mergeOptions and merge.autoStash may say otherwise; ignored files are no less
  // somebody's than others.
  return move_head(repository, branch, {.from = state.local, .to = state.remote},
                   {"merge", "--ff-only", "--no-squash", "--no-autostash", "--no-overwrite-ignore",
                    "--no-stat", "-q", state.remote});
}

/// Switches and fast-forwards at once, so that nothing can stop it half-way. That the local branch
/// is contained in the remote's has been made sure of.
tl::expected<void, Error> switch_branch(Repository& repository, const std::string& branch,
                                        const Branch& state, const Head& head) {
  std::vector<std::string> arguments = {
      "switch", "-q", "--no-overwrite-ignore", "--no-recurse-submodules", "-C", branch};
  if (state.local.empty()) {
    // git tracks only what origin's refspecs cover, and a single-branch clone covers one.
    repository.use({.key = "remote.origin.fetch",
                    .value = fmt::format("+{}:{}", local_ref(branch), tracking_ref(branch))});
    arguments.insert(arguments.end(), {"--track", tracking_ref(branch)});
  } else {
    arguments.insert(arguments.end(), {"--no-track", state.remote});
  }
  return move_head(repository, branch, {.from = head.commit, .to = state.remote}, arguments);
}

tl::expected<Action, Error> leave_for(Repository& repository, const std::string& branch,
                                      const Branch& state, const Head& head) {
  if (auto done = switch_branch(repository, branch, state, head); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return head.commit.empty() ? Action::cloned : Action::switched;
}

tl::expected<Synced, Error> advance(Repository& repository, const std::string& branch,
                                    const Status& status) {
  const auto state = read_branch(repository, branch);
  if (!state) {
    return tl::unexpected(state.error());
  }
  const Head& head = status.head;
  if (state->checked_out && state->local == state->remote) {
    return Synced{.before = head.commit, .after = head.commit};
  }
  if (auto clear = refuse_move(repository, branch, status, *state); !clear) {
    return tl::unexpected(std::move(clear.error()));
  }
  if (state->checked_out) {
    return fast_forward(repository, branch, *state).map([&] {
      return Synced{
          .action = Action::fast_forwarded, .before = state->local, .after = state->remote};
    });
  }
  return leave_for(repository, branch, *state, head).map([&](Action action) {
    return Synced{.action = action, .before = head.commit, .after = state->remote};
  });
}

}  // namespace

tl::expected<Synced, Error> update(Repository& repository, const Source& source) {
  const auto origin = read_origin(repository);
  if (!origin) {
    return tl::unexpected(origin.error());
  }
  if (const auto fetched = fetch(repository, *origin, source, Fetch::into_tracking_ref); !fetched) {
    return tl::unexpected(fetched.error());
  }
  if (const auto undone = undo_interrupted_update(repository); !undone) {
    return tl::unexpected(undone.error());
  }
  const auto status = read_status(repository, source.branch, tracking_ref(source.branch));
  if (!status) {
    return tl::unexpected(status.error());
  }
  if (source.require_clean) {
    if (auto clean = refuse_edited_files(repository, *status); !clean) {
      return tl::unexpected(std::move(clean.error()));
    }
  }
  Synced synced{.before = status->head.commit, .after = status->head.commit};
  if (!status->is_level()) {
    auto advanced = advance(repository, source.branch, *status);
    if (!advanced) {
      return advanced;
    }
    synced = *std::move(advanced);
  }
  // Last, so that a sync that was refused has changed nothing of it.
  auto replaced = adopt_url(repository, *origin, source);
  if (!replaced) {
    return tl::unexpected(std::move(replaced.error()));
  }
  synced.replaced_url = *std::move(replaced);
  synced.edited = describe_edited_files(*status);
  return synced;
}

}  // namespace git
