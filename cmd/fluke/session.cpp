#include "fluke/session.h"

#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "diagnostic/render.h"
#include "fluke/reports.h"
#include "fluke/selection.h"
#include "git/environment.h"
#include "text/quote.h"

namespace fluke {
namespace {

std::string_view kind_of(ExitCode code) {
  switch (code) {
    case ExitCode::usage:
      return "usage";
    case ExitCode::unavailable:
      return "program-missing";
    case ExitCode::unreadable_manifest:
      return "cannot-read";
    case ExitCode::report_not_written:
      return "cannot-write";
    default:
      return "failed";
  }
}

/// What is to be said of a commit whose manifests cannot be used; `former` was checked out before
/// it, if that is known.
diagnostic::Diagnostic describe_refused(const reconcile::SyncedInclude& include,
                                        const std::string& former) {
  constexpr std::size_t digits = 12;
  const std::string commit = include.commit.substr(0, digits);
  const std::string back =
      former.empty()
          ? "mend them in the repository"
          : fmt::format(
                "before it was {0}; go back in the repository, with: git revert --no-edit "
                "{0}..{1}, or on this host alone, with commit = \"{2}\" in the git block",
                former.substr(0, digits), commit, former);
  return {.kind = "include-refused",
          .summary = fmt::format("include \"{}\" is at commit {}, whose manifests cannot be used",
                                 include.outcome.name, commit),
          .detail = back,
          .file = include.include.checkout.file,
          .range = include.include.checkout.range,
          .notes = {}};
}

}  // namespace

Session::Session(const Invocation& invocation, const Inputs& inputs, const OutputOptions& output,
                 Console& console)
    : invocation_(invocation), inputs_(inputs), output_(output), console_(console) {}

tl::expected<void, ExitRequest> Session::load() {
  loaded_ = fluke::load(inputs_, invocation_);
  is_decoded_ = true;
  return use_loaded();
}

tl::expected<void, ExitRequest> Session::read() {
  loaded_ = fluke::read(inputs_, invocation_);
  return use_loaded();
}

tl::expected<void, ExitRequest> Session::use_loaded() {
  if (loaded_.failure) {
    print(loaded_.diagnostics);
    return tl::unexpected(end({.code = *loaded_.failure}, outcome()));
  }
  return {};
}

void Session::add(reconcile::RunStart start, std::vector<reconcile::SyncedInclude> includes) {
  start_ = std::move(start);
  includes_ = std::move(includes);
  for (reconcile::SyncedInclude& include : includes_) {
    start_->includes.push_back(include.outcome);
    if (include.is_there) {
      if (diagnostic::has_errors(include.read.diagnostics)) {
        refused_.insert(include.outcome.name);
      }
      fluke::add(loaded_, std::move(include.read));
    } else if (include.outcome.outcome == reconcile::Outcome::failed) {
      add_failure(include);
    } else if (include.outcome.outcome == reconcile::Outcome::drifted) {
      loaded_.is_partial = true;
    }
  }
}

/// Of an include whose manifests are not there.
void Session::add_failure(const reconcile::SyncedInclude& synced) {
  const reconcile::ResourceOutcome& outcome = synced.outcome;
  const manifest::Resource& checkout = synced.include.checkout;
  const reconcile::Cause cause = outcome.cause.value_or(reconcile::Cause::failed);
  const bool is_absent =
      cause == reconcile::Cause::failed || cause == reconcile::Cause::misconfigured;
  const ExitCode code = is_absent ? ExitCode::unreadable_manifest : exit_code(std::span(&cause, 1));
  loaded_.failure = loaded_.failure ? worse(*loaded_.failure, code) : code;
  loaded_.is_partial = true;
  const std::string phase =
      outcome.phase ? fmt::format("{}: ", reconcile::name_of(*outcome.phase)) : "";
  loaded_.diagnostics.push_back(
      {.kind = "include-failed",
       .summary = fmt::format("include \"{}\": {}{}", outcome.name, phase, outcome.reason),
       .detail = fmt::format("without the manifests in {} nothing is run",
                             text::quoted(checkout.working_dir.native())),
       .file = checkout.file,
       .range = checkout.range,
       .notes = {}});
}

tl::expected<void, ExitRequest> Session::decode() {
  fluke::decode(loaded_, invocation_);
  is_decoded_ = true;
  blame_commits();
  return use_loaded();
}

/// Names the commits that brought what cannot be used, and how to go back.
void Session::blame_commits() {
  std::set<std::string_view> files;
  for (const diagnostic::Diagnostic& problem : loaded_.diagnostics) {
    if (problem.severity == diagnostic::Severity::error && problem.file != nullptr) {
      files.insert(problem.file->name());
    }
  }
  for (const manifest::Source& source : loaded_.sources) {
    if (!source.include.empty() && files.contains(source.file->name())) {
      refused_.insert(source.include);
    }
  }
  for (const reconcile::SyncedInclude& include : includes_) {
    if (!include.commit.empty() && refused_.contains(include.outcome.name)) {
      reconcile::World here = world();
      loaded_.diagnostics.push_back(
          describe_refused(include, reconcile::former_commit(include, here)));
    }
  }
}

tl::expected<std::vector<const manifest::Resource*>, ExitRequest> Session::select(
    const Selection& selection) {
  return fluke::select(loaded_.manifest, selection, invocation_)
      .map_error([&](const Failure& failure) { return fail(failure); });
}

tl::expected<void, ExitRequest> Session::find_programs(
    const ProgramOptions& options, bool needs_git,
    const std::vector<const manifest::Resource*>& resources) {
  environment_ = environment_of_children(loaded_.manifest);
  if (!is_decoded_) {
    // Which of them are sensitive is not known before all manifests are.
    withhold_variables(environment_);
  }
  auto found = fluke::find_programs(options, invocation_, environment_, needs_git,
                                    types_of(resources, invocation_.types));
  if (!found) {
    return tl::unexpected(fail(found.error()));
  }
  programs_ = *std::move(found);
  clean_environment_.reset();
  return {};
}

tl::expected<void, ExitRequest> Session::watch_for_signals() {
  return watch().map_error([&](const Failure& failure) { return fail(failure); });
}

tl::expected<void, Failure> Session::watch() {
  if (cancellation_) {
    return {};
  }
  auto cancellation = process::Cancellation::create();
  if (!cancellation) {
    return tl::unexpected(Failure{.code = ExitCode::failure,
                                  .message = fmt::format("cannot watch for signals: {}",
                                                         std::strerror(cancellation.error()))});
  }
  console_.limit_waiting();
  cancellation_.emplace(*std::move(cancellation));
  runner_.emplace(*cancellation_);
  return {};
}

ExitRequest Session::fail(const Failure& failure) {
  console_.complain(failure.message);
  return finish({.code = failure.code},
                {{.kind = failure.kind.empty() ? kind_of(failure.code) : failure.kind,
                  .summary = failure.message}},
                outcome());
}

ExitRequest Session::end(const ExitRequest& end, reconcile::RunOutcome outcome) {
  return finish(end, loaded_.diagnostics, std::move(outcome));
}

ExitRequest Session::finish(ExitRequest end, const diagnostic::Diagnostics& why,
                            reconcile::RunOutcome outcome) {
  if (on_failure_) {
    end = on_failure_(end, why, outcome);
  }
  reports().set_manifest(nullptr, why);
  return reports().finish(end, outcome);
}

reconcile::RunOutcome Session::outcome() const {
  reconcile::RunOutcome outcome = nothing_happened();
  if (start_) {
    outcome.started_at = start_->started_at;
    outcome.duration = std::chrono::steady_clock::now() - start_->begin;
    outcome.includes = start_->includes;
  }
  return outcome;
}

Reports& Session::reports() {
  if (!reports_) {
    reports_.emplace(invocation_, inputs_, output_, console_);
  }
  return *reports_;
}

void Session::print(const diagnostic::Diagnostics& diagnostics) {
  console_.print(diagnostics, output_.colour);
}

void Session::print_warnings() {
  if (!output_.quiet) {
    print(loaded_.diagnostics);
  }
}

void Session::print_passed_over() {
  for (const std::string& reason : programs_.passed_over) {
    console_.complain(reason);
  }
}

reconcile::World Session::world() {
  if (!clean_environment_) {
    const auto git = programs_.found.find("git");
    clean_environment_ = git == programs_.found.end()
                             ? environment_
                             : git::clean_environment(environment_, git->second, *runner_);
  }
  return {.runner = *runner_,
          .cancellation = *cancellation_,
          .environment = *clean_environment_,
          .programs = programs_.found};
}

std::optional<reconcile::World> Session::world_of_notifications(const ProgramOptions& options) {
  if (!is_decoded_ && !loaded_.failure) {
    // As far as that goes without what the includes would have brought.
    loaded_.is_partial = true;
    fluke::decode(loaded_, invocation_);
    is_decoded_ = true;
  }
  if (loaded_.manifest.notifications.empty() || !watch()) {
    return std::nullopt;
  }
  environment_ = environment_of_children(loaded_.manifest);
  programs_ = fluke::find_programs(
                  {.mise = options.mise}, invocation_, environment_, true,
                  types_of(with_tasks_of_notifications({}, loaded_.manifest), invocation_.types))
                  .value_or(Programs());
  clean_environment_.reset();
  return world();
}

}  // namespace fluke
