#include "reconcile/sync.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "text/duration.h"
#include "text/quote.h"
#include "text/url.h"

namespace reconcile {
namespace {

GitAction action_of(git::Action action) {
  switch (action) {
    case git::Action::up_to_date:
      return GitAction::up_to_date;
    case git::Action::cloned:
      return GitAction::cloned;
    case git::Action::fast_forwarded:
      return GitAction::fast_forwarded;
    case git::Action::switched:
      return GitAction::switched;
  }
  return GitAction::up_to_date;
}

GitAction action_of(git::Comparison::State state) {
  switch (state) {
    case git::Comparison::State::not_cloned:
      return GitAction::not_cloned;
    case git::Comparison::State::up_to_date:
      return GitAction::up_to_date;
    case git::Comparison::State::behind:
      return GitAction::behind;
    case git::Comparison::State::elsewhere:
      return GitAction::elsewhere;
  }
  return GitAction::up_to_date;
}

Cause cause_of(git::Cause cause) {
  switch (cause) {
    case git::Cause::refused:
    case git::Cause::failed:
    case git::Cause::unreachable:
    case git::Cause::timed_out:
      return Cause::failed;
    case git::Cause::not_started:
      return Cause::program_missing;
    case git::Cause::cancelled:
      return Cause::interrupted;
  }
  return Cause::failed;
}

Failure failure_of_git(git::Error error) {
  return {.cause = cause_of(error.cause),
          .reason = std::move(error.message),
          .output = std::move(error.output)};
}

git::Revision revision_of(const manifest::Revision& revision) {
  switch (revision.kind) {
    case manifest::Revision::Kind::branch:
      return {.kind = git::Revision::Kind::branch, .name = revision.name};
    case manifest::Revision::Kind::tag:
      return {.kind = git::Revision::Kind::tag, .name = revision.name};
    case manifest::Revision::Kind::commit:
      return {.kind = git::Revision::Kind::commit, .name = revision.name};
  }
  return {};
}

git::Verify verify_of(const manifest::Verify& verify) {
  return {.keys = verify.keys == manifest::Verify::Keys::gnupg_home
                      ? git::Verify::Keys::gnupg_home
                      : git::Verify::Keys::allowed_signers,
          .path = verify.path,
          .revoked_keys = verify.revoked_keys};
}

std::string drift_of(const git::Comparison& comparison, const manifest::GitSource& source) {
  switch (comparison.state) {
    case git::Comparison::State::up_to_date:
      return {};
    case git::Comparison::State::not_cloned:
      return "not yet cloned";
    case git::Comparison::State::behind:
      return fmt::format("{} behind {}", text::counted(comparison.commits_behind, "commit"),
                         source.revision.name);
    case git::Comparison::State::elsewhere:
      return comparison.detail;
  }
  return {};
}

Comparison comparison_of(const git::Comparison& comparison, const manifest::GitSource& source) {
  GitRecord record = record_of(source);
  record.action = action_of(comparison.state);
  record.before = comparison.head;
  record.after = comparison.remote_head;
  record.edited = comparison.edited;
  record.commits_behind = comparison.commits_behind;
  record.signer = comparison.signer;
  record.notes = comparison.notes;
  return {.record = std::move(record),
          .not_cloned = comparison.state == git::Comparison::State::not_cloned,
          .drift = drift_of(comparison, source)};
}

/// Calls `attempt` with its deadline and, where the remote does not answer, again after pauses that
/// grow, as often as the manifest or the command line allows, and never past the deadline.
template <typename Attempt>
auto with_retries(const Checkout& checkout, Attempt attempt)
    -> decltype(attempt(checkout.deadline)) {
  using std::chrono_literals::operator""s;
  constexpr std::chrono::milliseconds longest_pause = 60s;
  const int retries =
      checkout.clock == nullptr ? 0 : checkout.source.retry.value_or(checkout.retries);
  if (retries == 0) {
    return attempt(checkout.deadline);
  }
  const auto start = checkout.clock->now();
  std::chrono::milliseconds pause = 1s;
  std::optional<std::chrono::milliseconds> left = checkout.deadline;
  for (int tries = 1;; ++tries) {
    auto result = attempt(left);
    if (result || result.error().cause != git::Cause::unreachable) {
      return result;
    }
    const auto elapsed = checkout.clock->now() - start;
    if (checkout.deadline) {
      left = std::chrono::ceil<std::chrono::milliseconds>(*checkout.deadline - elapsed) - pause;
    }
    if (tries > retries || (left && left->count() <= 0)) {
      result.error().message +=
          fmt::format(", tried {} in {}", text::counted(static_cast<std::size_t>(tries), "time"),
                      text::human_duration(elapsed));
      return result;
    }
    if (!checkout.clock->pause(pause)) {
      result.error().cause = git::Cause::cancelled;
      return result;
    }
    pause = std::min(2 * pause, longest_pause);
  }
}

}  // namespace

std::optional<git::Client> open_git(const World& world) {
  const std::filesystem::path* program = world.find("git");
  return program == nullptr
             ? std::nullopt
             : std::optional<git::Client>(std::in_place, world.runner, *program, world.environment);
}

GitRecord record_of(const manifest::GitSource& source) {
  return {.url = text::mask_url(source.url), .requested = revision_of(source.revision)};
}

git::Source source_of(const manifest::GitSource& source) {
  git::Source asked{.url = source.url,
                    .revision = revision_of(source.revision),
                    .require_clean = source.require_clean,
                    .move = source.move};
  if (source.verify) {
    asked.verify = verify_of(*source.verify);
  }
  return asked;
}

Comparison not_cloned(const manifest::GitSource& source) {
  return comparison_of({.state = git::Comparison::State::not_cloned}, source);
}

tl::expected<GitRecord, Failure> sync(git::Client& client, const Checkout& checkout,
                                      const process::LineSink& on_line) {
  const manifest::GitSource& source = checkout.source;
  tl::expected<git::Synced, git::Error> synced = with_retries(checkout, [&](auto deadline) {
    return client.sync(checkout.directory, source_of(source), deadline, on_line, checkout.on_head);
  });
  if (!synced) {
    return tl::unexpected(failure_of_git(std::move(synced.error())));
  }
  GitRecord record = record_of(source);
  record.action = action_of(synced->action);
  record.before = std::move(synced->before);
  record.after = std::move(synced->after);
  record.updated = synced->updated;
  record.edited = std::move(synced->edited);
  record.signer = std::move(synced->signer);
  if (synced->replaced_url) {
    record.notes.push_back(fmt::format("origin was {} and is {} now",
                                       text::quoted(*synced->replaced_url),
                                       text::quoted(text::split_url(source.url).bare)));
  }
  record.notes.insert(record.notes.end(), synced->notes.begin(), synced->notes.end());
  return record;
}

tl::expected<Comparison, Failure> inspect(git::Client& client, const Checkout& checkout,
                                          const process::LineSink& on_line) {
  return with_retries(checkout,
                      [&](auto deadline) {
                        return client.inspect(checkout.directory, source_of(checkout.source),
                                              deadline, on_line, checkout.on_head);
                      })
      .map([&](const git::Comparison& comparison) {
        return comparison_of(comparison, checkout.source);
      })
      .map_error(failure_of_git);
}

}  // namespace reconcile
