// `fluke run` and `fluke check`.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <utility>

#include "fluke/commands.h"
#include "fluke/documents.h"
#include "fluke/fail.h"
#include "fluke/journal.h"
#include "fluke/live_output.h"
#include "fluke/load.h"
#include "fluke/next_steps.h"
#include "fluke/programs.h"
#include "fluke/reports.h"
#include "fluke/selection.h"
#include "fluke/splay.h"
#include "process/posix_runner.h"
#include "reconcile/engine.h"
#include "reconcile/observer.h"
#include "report/status_line.h"
#include "report/text.h"

namespace fluke {
namespace {

using Resources = std::vector<const manifest::Resource*>;

constexpr std::chrono::milliseconds redraw_interval(200);

/// Output is held back for as long as more of it comes within this time.
constexpr std::chrono::milliseconds idle_time(5);

/// Where a command may open so few files that mise cannot start a task, that would pass for a check
/// that has said no.
std::string find_lack_of_descriptors() {
  constexpr rlim_t enough = 64;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= enough) {
    return "";
  }
  return fmt::format(
      "no more than {} files may be open here (ulimit -n), which is too few for git and mise; "
      "allow "
      "at least {}",
      limit.rlim_cur, enough);
}

report::TextOptions text_options(const Options& options, const Console& console) {
  const report::Verbosity verbosity = options.quiet     ? report::Verbosity::quiet
                                      : options.verbose ? report::Verbosity::verbose
                                                        : report::Verbosity::normal;
  return {.verbosity = verbosity,
          .colour_out = use_colour(options.colour, console.out),
          .colour_err = use_colour(options.colour, console.err),
          .neutralised_err = console.err.is_terminal() || console.err.is_journal(),
          .columns = console.out.is_terminal() ? console.out.columns() : 0,
          .summary = options.format == Format::text};
}

reconcile::Options engine_options(const Options& options) {
  return {
      .mode = options.subcommand == Subcommand::run ? reconcile::Mode::run : reconcile::Mode::check,
      .timeout = options.timeout.value_or(manifest::default_timeout),
      .lock_timeout = options.lock_timeout,
      .fail_fast = options.fail_fast};
}

reconcile::RunOutcome reconcile_resources(const Resources& resources, const Options& options,
                                          const text::Secrets& secrets,
                                          process::Environment environment, Programs programs,
                                          process::Cancellation& cancellation, Console& console,
                                          std::vector<reconcile::Observer*> observers) {
  process::PosixRunner runner(cancellation);
  reconcile::World world =
      make_world(runner, cancellation, std::move(environment), std::move(programs));
  const process::PidFiles pid_files(world.environment);
  world.pid_files = &pid_files;
  LiveOutput live(console.err);
  cancellation.set_idle({.after = idle_time, .call = [&] { live.flush(); }});
  report::StatusLine status(
      resources.size(), [&](std::string_view text) { console.err.write(text); },
      [&] { return console.err.columns(); });
  const bool redraws = !options.quiet && options.format != Format::jsonl && may_redraw(console.err);
  cancellation.set_heartbeat({.interval = redraw_interval, .beat = [&, redraws] {
                                // Who stopped reading may have gone on.
                                console.out.write("");
                                live.flush();
                                if (redraws) {
                                  status.draw();
                                }
                              }});
  // Whatever is written takes the status line's place first.
  const auto write_out = [&](std::string_view text, report::Urgency urgency) {
    status.erase();
    live.flush();
    console.out.write(text, urgency);
  };
  const auto write_err = [&](std::string_view text, report::Urgency urgency) {
    status.erase();
    if (console.err.is_journal()) {
      live.add(with_priority(text, urgency));
    } else {
      live.add(text);
    }
  };
  report::TextReporter reporter(resources, text_options(options, console), write_out, write_err);
  observers.insert(observers.begin(), {&status, &reporter});
  reconcile::FanOut fan_out(std::move(observers));
  reconcile::Options engine = engine_options(options);
  engine.secrets = secrets;
  return reconcile::reconcile(resources, engine, world, fan_out);
}

/// How to end after a run with this outcome.
End end_of(const reconcile::RunOutcome& outcome, const Options& options) {
  return {.code = exit_code(outcome, engine_options(options).mode, options.detailed_exitcode),
          .signal = outcome.interrupted_by};
}

}  // namespace

End reconcile_command(const Options& options, Console& console) {
  const Loaded loaded = load(options);
  if (loaded.failure) {
    return fail_to_load(options, loaded, console);
  }
  const auto selected = select(loaded.manifest, options);
  if (!selected) {
    return fail_with(options, ExitCode::usage, selected.error(), console);
  }
  if (std::string problem = find_lack_of_descriptors(); !problem.empty()) {
    return fail_with(options, ExitCode::unavailable, problem, console, "too-few-descriptors");
  }
  process::Environment environment = environment_of_children(loaded.manifest);
  auto programs =
      find_programs(options, environment, needs_git(*selected), types_of(*selected, options));
  if (!programs) {
    return fail_with(options, ExitCode::unavailable, programs.error(), console);
  }
  tell_passed_over(*programs, console);
  print_warnings(loaded, options, console);
  Reports reports(options, &loaded.manifest, loaded.diagnostics, console);
  // Until the last report is written: a signal that comes meanwhile must not end it half-way.
  tl::expected<process::Cancellation, int> cancellation = process::Cancellation::create();
  if (!cancellation) {
    console.complain(
        fmt::format("cannot watch for signals: {}", std::strerror(cancellation.error())));
    return reports.finish({.code = ExitCode::failure}, nothing_happened());
  }
  console.limit_waiting();
  wait_for_turn(options, *cancellation, console);
  const reconcile::RunOutcome outcome =
      reconcile_resources(*selected, options, loaded.manifest.secrets, std::move(environment),
                          *std::move(programs), *cancellation, console, reports.observers());
  if (options.format == Format::text && !options.quiet && console.err.is_terminal()) {
    console.err.write(next_steps(options, loaded.manifest, outcome));
  }
  return reports.finish(end_of(outcome, options), outcome);
}

}  // namespace fluke
