#include "reconcile/includes.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include "git/checkout.h"
#include "git/commit_files.h"
#include "git/refs.h"
#include "git/repository.h"
#include "git/signature.h"
#include "manifest/include_files.h"
#include "reconcile/executor.h"
#include "reconcile/resource_run.h"
#include "reconcile/sync.h"
#include "text/quote.h"

namespace reconcile {
namespace {

/// That of a directory without tasks; only files_changed() is ever called.
class NoTasks : public Executor {
 public:
  void files_changed() override {}
  [[nodiscard]] tl::expected<void, Failure> prepare() override { return {}; }
  [[nodiscard]] Ran check(const process::LineSink& /*on_line*/) override { return {}; }
  [[nodiscard]] tl::expected<void, Failure> confirm(const TaskRecord& /*check*/) override {
    return {};
  }
  [[nodiscard]] Ran apply(const process::LineSink& /*on_line*/) override { return {}; }
};

/// One include of a run.
class IncludeRun {
 public:
  IncludeRun(const manifest::Include& include, const RunContext& context)
      : include_(include), checkout_(include.checkout), context_(context) {}

  [[nodiscard]] SyncedInclude run();

 private:
  void sync();
  void go_on();
  void use_commit();
  [[nodiscard]] tl::expected<manifest::ReadResult, git::Error> read_commit(
      const std::string& commit) const;
  [[nodiscard]] tl::expected<manifest::ReadResult, git::Error> read_files_of(
      const std::string& commit, git::Repository& repository) const;
  void cannot_read(git::Error error);

  const manifest::Include& include_;
  const manifest::Resource& checkout_;
  const RunContext& context_;
  SyncedInclude result_;
  /// What was read while git fetched, and of which commit. It counts if that is the one to be used.
  std::string early_commit_;
  manifest::ReadResult early_;
};

SyncedInclude IncludeRun::run() {
  result_.include = include_;
  result_.outcome = outcome_for(checkout_);
  if (!checkout_.enabled) {
    result_.outcome.outcome = Outcome::disabled;
  } else if (!checkout_.git) {
    result_.outcome.outcome = Outcome::satisfied;
    result_.is_there = true;
    result_.read = manifest::read_include(include_);
  } else if (context_.git == nullptr) {
    result_.outcome.phase = Phase::sync;
    result_.outcome.cause = Cause::program_missing;
    result_.outcome.reason = git_not_found;
  } else {
    sync();
  }
  return std::move(result_);
}

void IncludeRun::sync() {
  NoTasks no_tasks;
  ResourceRun run(checkout_, no_tasks, context_);
  result_.outcome = run.sync_only([this](const std::string& head) {
    if (auto read = read_commit(head)) {
      early_commit_ = head;
      early_ = *std::move(read);
    }
  });
  const ResourceOutcome& outcome = result_.outcome;
  if (outcome.outcome == Outcome::failed && outcome.phase != Phase::sync) {
    // Without the lock, another process may be at work there.
    return;
  }
  if (outcome.outcome == Outcome::failed) {
    go_on();
  } else if (context_.options.mode == Mode::run) {
    result_.commit = outcome.git->after;
  } else {
    result_.commit = outcome.git->before;
  }
  if (!result_.commit.empty()) {
    use_commit();
  }
}

/// After a failure: with the commit that is checked out, if there is one.
void IncludeRun::go_on() {
  ResourceOutcome& outcome = result_.outcome;
  if (outcome.cause != Cause::failed || manifest::is_absent(include_)) {
    return;
  }
  // A commit for which no key vouches any more is none to go on with.
  const auto head =
      context_.git->open(checkout_.working_dir, deadline_of(checkout_, context_.options))
          .and_then([&](git::Repository repository) {
            return git::read_head(repository).and_then([&](const git::Head& found) {
              return git::verify_head(repository, source_of(*checkout_.git), found.commit)
                  .map([&](const auto& /*signer*/) { return found; });
            });
          });
  if (!head && checkout_.git->verify && outcome.reason != head.error().message) {
    outcome.reason += "; nor can what is checked out be used: " + head.error().message;
  }
  if (!head || head->commit.empty()) {
    return;
  }
  result_.commit = head->commit;
  outcome.git->before = outcome.git->after = head->commit;
  outcome.reason += fmt::format("; the run goes on with {}, which is checked out",
                                git::abbreviated(head->commit));
}

void IncludeRun::use_commit() {
  auto read = early_commit_ == result_.commit ? std::move(early_) : read_commit(result_.commit);
  if (read) {
    result_.is_there = true;
    result_.read = *std::move(read);
  } else {
    cannot_read(std::move(read.error()));
  }
}

tl::expected<manifest::ReadResult, git::Error> IncludeRun::read_commit(
    const std::string& commit) const {
  return context_.git->open(checkout_.working_dir, deadline_of(checkout_, context_.options))
      .and_then([&](git::Repository repository) { return read_files_of(commit, repository); });
}

tl::expected<manifest::ReadResult, git::Error> IncludeRun::read_files_of(
    const std::string& commit, git::Repository& repository) const {
  const auto files = git::list_files(repository, commit, manifest::places_of(include_));
  if (!files) {
    return tl::unexpected(files.error());
  }
  std::vector<manifest::IncludedFile> names;
  for (const git::CommittedFile& file : *files) {
    names.push_back({.path = file.path, .is_regular = file.is_regular});
  }
  manifest::ManifestChoice choice = manifest::choose_manifests(include_, names);
  std::vector<git::CommittedFile> chosen;
  for (const std::string& path : choice.paths) {
    chosen.push_back(*std::ranges::lower_bound(*files, path, {}, &git::CommittedFile::path));
  }
  auto texts = git::read_files(repository, chosen);
  if (!texts) {
    return tl::unexpected(std::move(texts.error()));
  }
  manifest::ReadResult read{.diagnostics = std::move(choice.diagnostics)};
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    read.sources.push_back(
        manifest::included_source(include_, chosen[i].path, std::move((*texts)[i])));
  }
  return read;
}

void IncludeRun::cannot_read(git::Error error) {
  ResourceOutcome& outcome = result_.outcome;
  outcome.outcome = Outcome::failed;
  outcome.phase = Phase::sync;
  outcome.cause = error.cause == git::Cause::cancelled ? Cause::interrupted : Cause::failed;
  outcome.reason = std::move(error.message);
  outcome.output = std::move(error.output);
}

}  // namespace

std::vector<SyncedInclude> sync_includes(const std::vector<manifest::Include>& includes,
                                         const Options& options, World& world, Observer& observer) {
  SystemClock clock(world.cancellation);
  std::optional<git::Client> git = open_git(world);
  const RunContext context{.options = options,
                           .world = world,
                           .clock = clock,
                           .observer = observer,
                           .git = git ? &*git : nullptr,
                           .run_start = options.start ? options.start->begin : clock.now()};
  std::vector<SyncedInclude> results;
  for (const manifest::Include& include : includes) {
    if (world.cancellation.requested()) {
      break;
    }
    observer.include_started(include);
    const auto begin = clock.now();
    SyncedInclude result = IncludeRun(include, context).run();
    if (options.start && result.outcome.outcome != Outcome::disabled) {
      result.outcome.started_at = options.start->started_at + (begin - options.start->begin);
    }
    observer.include_ended(result.outcome);
    results.push_back(std::move(result));
  }
  return results;
}

std::string former_commit(const SyncedInclude& include, World& world) {
  const std::optional<GitRecord>& record = include.outcome.git;
  if (record && !record->before.empty() && record->before != include.commit) {
    return record->before;
  }
  const std::filesystem::path* program = world.find("git");
  if (program == nullptr) {
    return "";
  }
  const auto answer =
      git::Client(world.runner, *program, world.environment)
          .open(include.include.checkout.working_dir, std::chrono::seconds(10))
          .and_then([](git::Repository repository) {
            return repository.query({"rev-parse", "--quiet", "--verify", "HEAD@{1}^{commit}"});
          });
  return answer && answer->status == 0 ? answer->output.substr(0, answer->output.find('\n')) : "";
}

}  // namespace reconcile
