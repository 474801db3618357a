#include "reconcile/sync.h"

#include <fmt/format.h>

#include <utility>

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

git::Source source_of(const manifest::GitSource& source) {
  return {.url = source.url, .branch = source.branch, .require_clean = source.require_clean};
}

std::string drift_of(const git::Comparison& comparison, const std::string& branch) {
  switch (comparison.state) {
    case git::Comparison::State::up_to_date:
      return {};
    case git::Comparison::State::not_cloned:
      return "not yet cloned";
    case git::Comparison::State::behind:
      return fmt::format("{} behind {}", text::counted(comparison.commits_behind, "commit"),
                         branch);
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
  return {.record = std::move(record),
          .not_cloned = comparison.state == git::Comparison::State::not_cloned,
          .drift = drift_of(comparison, source.branch)};
}

}  // namespace

GitRecord record_of(const manifest::GitSource& source) {
  return {.url = text::mask_url(source.url), .branch = source.branch};
}

Comparison not_cloned(const manifest::GitSource& source) {
  return comparison_of({.state = git::Comparison::State::not_cloned}, source);
}

tl::expected<GitRecord, Failure> sync(git::Client& client, const manifest::Resource& resource,
                                      std::optional<std::chrono::milliseconds> deadline,
                                      const process::LineSink& on_line) {
  tl::expected<git::Synced, git::Error> synced =
      client.sync(resource.working_dir, source_of(*resource.git), deadline, on_line);
  if (!synced) {
    return tl::unexpected(failure_of_git(std::move(synced.error())));
  }
  GitRecord record = record_of(*resource.git);
  record.action = action_of(synced->action);
  record.before = std::move(synced->before);
  record.after = std::move(synced->after);
  record.updated = synced->updated;
  record.edited = std::move(synced->edited);
  if (synced->replaced_url) {
    record.notes.push_back(fmt::format("origin was {} and is {} now",
                                       text::quoted(*synced->replaced_url),
                                       text::quoted(text::split_url(resource.git->url).bare)));
  }
  record.notes.insert(record.notes.end(), synced->notes.begin(), synced->notes.end());
  return record;
}

tl::expected<Comparison, Failure> inspect(git::Client& client, const manifest::Resource& resource,
                                          std::optional<std::chrono::milliseconds> deadline,
                                          const process::LineSink& on_line) {
  return client.inspect(resource.working_dir, source_of(*resource.git), deadline, on_line)
      .map([&](const git::Comparison& comparison) {
        return comparison_of(comparison, *resource.git);
      })
      .map_error(failure_of_git);
}

}  // namespace reconcile
