// `fluke run` and `fluke check`.
#include <fmt/format.h>
#include <sys/resource.h>

#include <optional>
#include <string>
#include <utility>

#include "fluke/commands.h"
#include "fluke/next_steps.h"
#include "fluke/notifications.h"
#include "fluke/programs.h"
#include "fluke/reports.h"
#include "fluke/session.h"
#include "fluke/splay.h"
#include "reconcile/engine.h"
#include "reconcile/includes.h"
#include "reconcile/observer.h"
#include "report/status_line.h"
#include "report/text.h"
#include "text/duration.h"
#include "text/quote.h"

namespace fluke {
namespace {

using Resources = std::vector<const manifest::Resource*>;

constexpr std::chrono::milliseconds redraw_interval(200);

/// Output is held back for as long as more of it comes within this time.
constexpr std::chrono::milliseconds idle_time(5);

/// Where a command may open so few files that mise cannot start a task, that would pass for a check
/// that has said no.
std::optional<Failure> find_lack_of_descriptors() {
  constexpr rlim_t enough = 64;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= enough) {
    return std::nullopt;
  }
  return Failure{.code = ExitCode::unavailable,
                 .message = fmt::format("no more than {} files may be open here (ulimit -n), which "
                                        "is too few for git and mise; allow at least {}",
                                        limit.rlim_cur, enough),
                 .kind = "too-few-descriptors"};
}

report::TextOptions text_options(const CheckOptions& options, const Console& console) {
  const report::Verbosity verbosity = options.output.quiet ? report::Verbosity::quiet
                                      : options.verbose    ? report::Verbosity::verbose
                                                           : report::Verbosity::normal;
  return {.verbosity = verbosity,
          .colour_out = use_colour(options.output.colour, console.out),
          .colour_err = use_colour(options.output.colour, console.err),
          .neutralised_err = console.err.is_terminal() || console.err.is_journal(),
          .columns = console.out.is_terminal() ? console.out.columns() : 0,
          .summary = options.output.format == Format::text};
}

/// Waits as --splay says. A signal ends the wait; what it means is for the run to find out.
void wait_for_turn(const CheckOptions& options, process::Cancellation& cancellation,
                   Console& console) {
  if (options.splay.count() == 0) {
    return;
  }
  const std::chrono::milliseconds turn = splay_of(host_name(), options.splay);
  if (options.verbose) {
    console.remark(fmt::format("waiting {} of up to {}; each host waits for its own time",
                               text::human_duration(turn), text::format_duration(options.splay)));
  }
  // Whether a signal has ended the wait is the first thing that the run asks.
  static_cast<void>(cancellation.sleep(turn));
}

/// Shows a run while it goes on: the status line, the summary, what commands print.
class Display {
 public:
  /// `others` hear the run too. Everything given outlives it.
  Display(const CheckOptions& options, process::Cancellation& cancellation, Console& console,
          std::vector<reconcile::Observer*> others);
  Display(const Display&) = delete;
  Display& operator=(const Display&) = delete;

  /// Before the first of them.
  void expect(const Resources& resources);

  [[nodiscard]] reconcile::Observer& observer() { return *observer_; }

 private:
  Console& console_;
  report::StatusLine status_;
  report::TextReporter reporter_;
  std::optional<reconcile::FanOut> observer_;
};

Display::Display(const CheckOptions& options, process::Cancellation& cancellation, Console& console,
                 std::vector<reconcile::Observer*> others)
    : console_(console),
      status_([this](std::string_view text) { console_.err.write(text); },
              [this] { return console_.err.columns(); }),
      // Whatever is written takes the status line's place first.
      reporter_(
          text_options(options, console),
          [this](std::string_view text, report::Priority priority) {
            status_.erase();
            console_.err.flush();
            console_.out.write(text, priority);
          },
          [this](std::string_view text, report::Priority priority) {
            status_.erase();
            console_.err.hold(text, priority);
          }) {
  others.insert(others.begin(), {&status_, &reporter_});
  observer_.emplace(std::move(others));
  cancellation.set_idle({.after = idle_time, .call = [this] { console_.err.flush(); }});
  const bool redraws =
      !options.output.quiet && options.output.format != Format::jsonl && may_redraw(console.err);
  cancellation.set_heartbeat({.interval = redraw_interval, .beat = [this, redraws] {
                                // Who stopped reading may have gone on.
                                console_.out.flush();
                                console_.err.flush();
                                if (redraws) {
                                  status_.draw();
                                }
                              }});
}

void Display::expect(const Resources& resources) {
  status_.expect(resources.size());
  reporter_.expect(resources);
}

/// One run or check, step by step.
class Reconciliation {
 public:
  /// `run` is null for a check.
  Reconciliation(const CheckOptions& options, const RunOptions* run, const Invocation& invocation,
                 Console& console)
      : options_(options),
        run_(run),
        mode_(run == nullptr ? reconcile::Mode::check : reconcile::Mode::run),
        invocation_(invocation),
        console_(console),
        session_(invocation, options.inputs, options.output, console) {
    if (notifies()) {
      session_.set_on_failure(
          [this](const ExitRequest& end, const diagnostic::Diagnostics& why,
                 reconcile::RunOutcome& outcome) { return notify_of_failure(end, why, outcome); });
    }
  }

  [[nodiscard]] ExitRequest execute();

 private:
  [[nodiscard]] tl::expected<void, ExitRequest> load();
  [[nodiscard]] tl::expected<void, ExitRequest> sync_includes();
  [[nodiscard]] tl::expected<void, ExitRequest> begin();
  [[nodiscard]] reconcile::RunOutcome reconcile(const Resources& resources);
  [[nodiscard]] reconcile::Options engine_options();
  [[nodiscard]] bool notifies() const { return mode_ == reconcile::Mode::run || options_.notify; }
  void show();
  /// All of these outlive the event.
  [[nodiscard]] Event event_of(const ExitRequest& end, const diagnostic::Diagnostics& diagnostics,
                               const reconcile::RunOutcome& outcome);
  [[nodiscard]] ExitRequest notify_of_failure(const ExitRequest& end,
                                              const diagnostic::Diagnostics& why,
                                              reconcile::RunOutcome& outcome);

  const CheckOptions& options_;
  const RunOptions* run_;
  reconcile::Mode mode_;
  const Invocation& invocation_;
  Console& console_;
  Session session_;
  std::optional<Display> display_;
};

ExitRequest Reconciliation::execute() {
  if (const auto usable = load(); !usable) {
    return usable.error();
  }
  const auto selected = session_.select(options_.selection);
  if (!selected) {
    return selected.error();
  }
  if (const auto lack = find_lack_of_descriptors()) {
    return session_.fail(*lack);
  }
  const Loaded& loaded = session_.loaded();
  if (const auto found = session_.find_programs(
          options_.programs, needs_git(*selected) || needs_git(loaded.manifest.includes),
          notifies() ? with_tasks_of_notifications(*selected, loaded.manifest) : *selected);
      !found) {
    return found.error();
  }
  session_.print_passed_over();
  session_.print_warnings();
  if (const std::size_t others = loaded.manifest.others.size(); options_.verbose && others > 0) {
    console_.remark(fmt::format("{} for other hosts; fluke list --all-hosts names {}",
                                text::counted(others, "resource is", "resources are"),
                                others == 1 ? "it" : "them"));
  }
  if (const auto begun = begin(); !begun) {
    return begun.error();
  }
  Reports& reports = session_.reports();
  reports.set_manifest(&loaded.manifest, loaded.diagnostics);
  reconcile::RunOutcome outcome = reconcile(*selected);
  ExitRequest end = {.code = exit_code(outcome, mode_, run_ != nullptr && run_->detailed_exitcode),
                     .signal = signal_to_end_by(outcome)};
  if (notifies()) {
    reconcile::World world = session_.world();
    end = send_notifications(event_of(end, loaded.diagnostics, outcome), options_, outcome, world,
                             display_->observer(), console_);
  }
  if (options_.output.format == Format::text && !options_.output.quiet &&
      console_.err.is_terminal()) {
    console_.err.write(next_steps(invocation_.command, options_, loaded.manifest, outcome));
  }
  return reports.finish(end, outcome);
}

Event Reconciliation::event_of(const ExitRequest& end, const diagnostic::Diagnostics& diagnostics,
                               const reconcile::RunOutcome& outcome) {
  return {.manifest = session_.loaded().manifest,
          .diagnostics = diagnostics,
          .end = end,
          .document = [&] { return session_.reports().json_document(end, diagnostics, outcome); }};
}

/// Of a run that has not come to its resources.
ExitRequest Reconciliation::notify_of_failure(const ExitRequest& end,
                                              const diagnostic::Diagnostics& why,
                                              reconcile::RunOutcome& outcome) {
  if (end.code == ExitCode::usage) {
    // Who types a command is told by the command.
    return end;
  }
  std::optional<reconcile::World> world = session_.world_of_notifications(options_.programs);
  if (!world) {
    return end;
  }
  if (!display_) {
    show();
  }
  Event event = event_of(end, why, outcome);
  event.has_failed = true;
  return send_notifications(event, options_, outcome, *world, display_->observer(), console_);
}

tl::expected<void, ExitRequest> Reconciliation::load() {
  return session_.read().and_then([&] { return sync_includes(); }).and_then([&] {
    return session_.decode();
  });
}

/// What a run does once, before its first include or resource.
tl::expected<void, ExitRequest> Reconciliation::begin() {
  if (display_) {
    return {};
  }
  // Until the last report is written: a signal that comes meanwhile must not end it half-way.
  if (const auto watching = session_.watch_for_signals(); !watching) {
    return watching;
  }
  show();
  process::Cancellation& cancellation = session_.cancellation();
  wait_for_turn(options_, cancellation, console_);
  if (options_.deadline.count() > 0) {
    cancellation.set_deadline(process::time_after(options_.deadline));
  }
  return {};
}

/// After session_ watches for signals.
void Reconciliation::show() {
  display_.emplace(options_, session_.cancellation(), console_, session_.reports().observers());
}

tl::expected<void, ExitRequest> Reconciliation::sync_includes() {
  const std::vector<manifest::Include> includes = session_.loaded().manifest.includes;
  if (includes.empty()) {
    return {};
  }
  if (const auto lack = find_lack_of_descriptors()) {
    return tl::unexpected(session_.fail(*lack));
  }
  if (auto found = session_.find_programs(options_.programs, needs_git(includes), {}); !found) {
    return found;
  }
  if (auto begun = begin(); !begun) {
    return begun;
  }
  reconcile::World world = session_.world();
  const process::PidFiles pid_files(world.environment);
  world.pid_files = &pid_files;
  reconcile::Options options = engine_options();
  options.start = {.started_at = std::chrono::system_clock::now(),
                   .begin = std::chrono::steady_clock::now(),
                   .includes = {}};
  auto synced = reconcile::sync_includes(includes, options, world, display_->observer());
  session_.add(*options.start, std::move(synced));
  if (const auto signal = world.cancellation.requested()) {
    reconcile::RunOutcome outcome = session_.outcome();
    outcome.interrupted_by = signal;
    display_->observer().run_ended(outcome);
    return tl::unexpected(
        session_.end({.code = ExitCode::failure, .signal = signal_to_end_by(outcome)}, outcome));
  }
  return {};
}

reconcile::Options Reconciliation::engine_options() {
  return {.mode = mode_,
          .timeout = options_.timeout.value_or(manifest::default_timeout),
          .lock_timeout = options_.lock_timeout,
          .retries = options_.retries,
          .fail_fast = options_.fail_fast,
          .drift_policy = run_ == nullptr ? manifest::DriftPolicy::remediate : run_->drift_policy,
          .remediates_all = run_ != nullptr && run_->remediate,
          .secrets = session_.loaded().manifest.secrets,
          .start = session_.start()};
}

reconcile::RunOutcome Reconciliation::reconcile(const Resources& resources) {
  reconcile::World world = session_.world();
  const process::PidFiles pid_files(world.environment);
  world.pid_files = &pid_files;
  display_->expect(resources);
  return reconcile::reconcile(resources, engine_options(), world, display_->observer());
}

}  // namespace

ExitRequest execute(const RunOptions& options, const Invocation& invocation, Console& console) {
  return Reconciliation(options, &options, invocation, console).execute();
}

ExitRequest execute(const CheckOptions& options, const Invocation& invocation, Console& console) {
  return Reconciliation(options, nullptr, invocation, console).execute();
}

}  // namespace fluke
