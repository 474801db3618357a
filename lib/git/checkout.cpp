#include "git/checkout.h"

#include <fmt/format.h>

#include <utility>

#include "git/clone.h"
#include "git/git_directory.h"
#include "git/inspect.h"
#include "git/lfs.h"
#include "git/remote.h"
#include "git/repository.h"
#include "git/signature.h"
#include "git/staging.h"
#include "git/submodules.h"
#include "git/update.h"
#include "text/quote.h"
#include "text/url.h"

namespace git {
namespace {

/// The directory by the name that git will see, so that its parent is where git must stop.
tl::expected<std::filesystem::path, Error> resolve(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::path resolved =
      std::filesystem::weakly_canonical(std::filesystem::absolute(directory, error), error);
  if (error) {
    return tl::unexpected(
        Error{.cause = Cause::failed,
              .message = fmt::format("cannot look at {}: {}", text::quoted(directory.native()),
                                     error.message())});
  }
  return resolved.has_filename() ? resolved : resolved.parent_path();
}

/// A line break would be the end of a password, and the begin of something else, where git reads
/// it.
bool holds_line_break(const Source& source) {
  const text::SplitUrl split = text::split_url(source.url);
  const std::string credentials =
      text::percent_decoded(split.user.value_or("") + split.password.value_or(""));
  return credentials.find_first_of(std::string_view("\n\r\0", 3)) != std::string::npos;
}

/// What every operation begins with: the directory as git will see it.
tl::expected<std::filesystem::path, Error> begin(const std::filesystem::path& directory,
                                                 const Source& source) {
  if (holds_line_break(source)) {
    return tl::unexpected(Error{
        .cause = Cause::refused,
        .message = "the user name or the password in the url of the manifest holds a line break"});
  }
  auto resolved = resolve(directory);
  if (resolved && source.verify) {
    // Before the network is asked for anything.
    if (auto safe = check_keys(*source.verify, *resolved); !safe) {
      return tl::unexpected(std::move(safe.error()));
    }
  }
  return resolved;
}

/// The same, and what is in the directory.
struct Found {
  std::filesystem::path directory;
  Target target;
};

tl::expected<Found, Error> find(const std::filesystem::path& directory, const Source& source) {
  const auto resolved = begin(directory, source);
  if (!resolved) {
    return tl::unexpected(resolved.error());
  }
  return examine(*resolved).map([&](Target target) { return Found{*resolved, target}; });
}

tl::expected<Synced, Error> sync_checkout(Repository& repository, Target target,
                                          const Source& source) {
  if (target == Target::absent || target == Target::empty) {
    return clone(repository, source);
  }
  remove_staged(repository.directory());
  return update(repository, source);
}

/// Where a command can run that is about `directory`: there, or as near above it as may be.
std::filesystem::path nearest_directory(std::filesystem::path directory) {
  std::error_code ignored;
  while (!std::filesystem::is_directory(directory, ignored) && directory.has_relative_path()) {
    directory = directory.parent_path();
  }
  return directory;
}

/// What every command of an operation has in common beyond its context.
void prepare(Repository& repository, const Source& source) {
  repository.secrets().add_url(source.url);
  if (source.verify) {
    // What is put in the place of an object (git-replace(1)) has no part in what was signed.
    repository.set_variable("GIT_NO_REPLACE_OBJECTS", "1");
  }
}

/// What was done besides is told, whether or not the operation was a success.
template <typename Outcome>
tl::expected<Outcome, Error> with_notes(tl::expected<Outcome, Error> outcome,
                                        const std::vector<std::string>& notes) {
  if (outcome) {
    outcome->notes.insert(outcome->notes.begin(), notes.begin(), notes.end());
  } else {
    for (const std::string& note : notes) {
      outcome.error().message += "; " + note;
    }
  }
  return outcome;
}

/// The checkout, and what belongs to it.
tl::expected<Synced, Error> sync_target(Repository& repository, Target target,
                                        const Source& source) {
  auto synced = sync_checkout(repository, target, source);
  if (!synced) {
    return synced;
  }
  auto done = update_submodules(repository, source);
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  synced->notes = *std::move(done);
  synced->updated = synced->action != Action::up_to_date || !synced->notes.empty();
  if (synced->before != synced->after) {
    auto pointers = describe_lfs_pointers(repository);
    if (!pointers) {
      return tl::unexpected(std::move(pointers.error()));
    }
    if (!pointers->empty()) {
      synced->notes.push_back(*std::move(pointers));
    }
  }
  return synced;
}

}  // namespace

Client::Client(process::Runner& runner, std::filesystem::path program,
               const process::Environment& environment)
    : runner_(runner), program_(std::move(program)), environment_(clean_environment(environment)) {
  // Never behind the clock that file systems stamp files with, be that the exact one or its last
  // tick.
  clock_gettime(CLOCK_REALTIME, &start_);
}

Context Client::context(const std::filesystem::path& directory,
                        std::optional<std::chrono::milliseconds> deadline,
                        const process::LineSink& on_line, const HeadSink& on_head,
                        std::vector<std::string>* notes) const {
  return {.runner = runner_,
          .program = program_,
          .environment = environment_,
          .deadline = deadline,
          .on_line = on_line,
          .lock_origin = {.start = start_, .was_cut_off = was_cut_off(directory)},
          .notes = notes,
          .on_head = on_head};
}

tl::expected<Synced, Error> Client::sync(const std::filesystem::path& directory,
                                         const Source& source,
                                         std::optional<std::chrono::milliseconds> deadline,
                                         const process::LineSink& on_line,
                                         const HeadSink& on_head) {
  const auto found = find(directory, source);
  if (!found) {
    return tl::unexpected(found.error());
  }
  std::vector<std::string> notes;
  Repository repository(context(found->directory, deadline, on_line, on_head, &notes),
                        found->directory);
  prepare(repository, source);
  return with_notes(sync_target(repository, found->target, source), notes);
}

tl::expected<Comparison, Error> Client::inspect(const std::filesystem::path& directory,
                                                const Source& source,
                                                std::optional<std::chrono::milliseconds> deadline,
                                                const process::LineSink& on_line,
                                                const HeadSink& on_head) {
  const auto found = find(directory, source);
  if (!found) {
    return tl::unexpected(found.error());
  }
  if (found->target != Target::checkout) {
    return Comparison{.state = Comparison::State::not_cloned};
  }
  std::vector<std::string> notes;
  Repository repository(context(found->directory, deadline, on_line, on_head, &notes),
                        found->directory);
  prepare(repository, source);
  return with_notes(compare(repository, source), notes);
}

tl::expected<Repository, Error> Client::open(
    const std::filesystem::path& directory,
    std::optional<std::chrono::milliseconds> deadline) const {
  return resolve(directory).map([&](const std::filesystem::path& resolved) {
    Repository repository(context(resolved, deadline, {}), resolved);
    repository.set_variable("GIT_NO_REPLACE_OBJECTS", "1");
    return repository;
  });
}

tl::expected<void, Error> Client::look_for_revision(
    const std::filesystem::path& directory, const Source& source,
    std::optional<std::chrono::milliseconds> deadline) {
  const auto resolved = begin(directory, source);
  if (!resolved) {
    return tl::unexpected(resolved.error());
  }
  const std::filesystem::path nearest = nearest_directory(*resolved);
  Repository repository(context(nearest, deadline, {}), nearest);
  prepare(repository, source);
  return git::look_for_revision(repository, source);
}

}  // namespace git
