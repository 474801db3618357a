// `fluke run` and `fluke check`.
#include <fmt/format.h>
#include <sys/resource.h>

#include <optional>
#include <string>
#include <utility>

#include "fluke/commands.h"
#include "fluke/next_steps.h"
#include "fluke/notifications.h"
#include "fluke/reports.h"
#include "fluke/session.h"
#include "fluke/splay.h"
#include "reconcile/engine.h"
#include "reconcile/observer.h"
#include "report/status_line.h"
#include "report/text.h"
#include "text/duration.h"

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

reconcile::RunOutcome reconcile_resources(const Resources& resources, const CheckOptions& options,
                                          reconcile::Mode mode, Session& session, Console& console,
                                          std::vector<reconcile::Observer*> observers) {
  reconcile::World world = session.world();
  process::Cancellation& cancellation = world.cancellation;
  const process::PidFiles pid_files(world.environment);
  world.pid_files = &pid_files;
  cancellation.set_idle({.after = idle_time, .call = [&] { console.err.flush(); }});
  report::StatusLine status(
      resources.size(), [&](std::string_view text) { console.err.write(text); },
      [&] { return console.err.columns(); });
  const bool redraws =
      !options.output.quiet && options.output.format != Format::jsonl && may_redraw(console.err);
  cancellation.set_heartbeat({.interval = redraw_interval, .beat = [&, redraws] {
                                // Who stopped reading may have gone on.
                                console.out.flush();
                                console.err.flush();
                                if (redraws) {
                                  status.draw();
                                }
                              }});
  // Whatever is written takes the status line's place first.
  const auto write_out = [&](std::string_view text, report::Urgency urgency) {
    status.erase();
    console.err.flush();
    console.out.write(text, urgency);
  };
  const auto write_err = [&](std::string_view text, report::Urgency urgency) {
    status.erase();
    console.err.hold(text, urgency);
  };
  report::TextReporter reporter(resources, text_options(options, console), write_out, write_err);
  observers.insert(observers.begin(), {&status, &reporter});
  reconcile::FanOut fan_out(std::move(observers));
  reconcile::RunOutcome outcome =
      reconcile::reconcile(resources,
                           {.mode = mode,
                            .timeout = options.timeout.value_or(manifest::default_timeout),
                            .lock_timeout = options.lock_timeout,
                            .fail_fast = options.fail_fast,
                            .secrets = session.loaded().manifest.secrets},
                           world, fan_out);
  // The status line goes.
  cancellation.set_heartbeat({.interval = redraw_interval, .beat = [&console] {
                                console.out.flush();
                                console.err.flush();
                              }});
  return outcome;
}

/// `resources`, and what runs the tasks of the notify blocks.
Resources with_tasks_of_notifications(Resources resources, const manifest::Manifest& manifest) {
  for (const manifest::Notification& notification : manifest.notifications) {
    resources.push_back(&notification.task);
  }
  return resources;
}

ExitRequest reconcile_selected(const CheckOptions& options, reconcile::Mode mode,
                               bool detailed_exitcode, const Invocation& invocation,
                               Console& console) {
  Session session(invocation, options.inputs, options.output, console);
  const Loaded& loaded = session.loaded();
  const bool notifies = mode == reconcile::Mode::run || options.notify;
  const auto document = [&](const ExitRequest& end, const reconcile::RunOutcome& outcome) {
    return json_document(invocation, options.inputs, loaded.diagnostics, end, outcome);
  };
  if (const auto usable = session.load(); !usable) {
    const ExitRequest& end = usable.error();
    return notifies
               ? send_notifications_of_failure(
                     {.loaded = loaded, .end = end, .document = document(end, nothing_happened())},
                     options, invocation, console)
               : end;
  }
  const auto selected = session.select(options.selection);
  if (!selected) {
    return selected.error();
  }
  if (const auto lack = find_lack_of_descriptors()) {
    return session.fail(*lack);
  }
  if (const auto found = session.find_programs(
          options.programs, needs_git(*selected),
          notifies ? with_tasks_of_notifications(*selected, loaded.manifest) : *selected);
      !found) {
    return found.error();
  }
  session.print_passed_over();
  session.print_warnings();
  // Until the last report is written: a signal that comes meanwhile must not end it half-way.
  if (const auto watching = session.watch_for_signals(); !watching) {
    return watching.error();
  }
  Reports reports(invocation, options.inputs, options.output, &loaded.manifest, loaded.diagnostics,
                  console);
  wait_for_turn(options, session.cancellation(), console);
  if (options.deadline.count() > 0) {
    session.cancellation().set_deadline(process::time_after(options.deadline));
  }
  reconcile::RunOutcome outcome =
      reconcile_resources(*selected, options, mode, session, console, reports.observers());
  ExitRequest end = {.code = exit_code(outcome, mode, detailed_exitcode),
                     .signal = signal_to_end_by(outcome)};
  if (notifies) {
    reconcile::World world = session.world();
    end = send_notifications({.loaded = loaded, .end = end, .document = document(end, outcome)},
                             options.output, options.verbose, outcome, world, console);
  }
  if (options.output.format == Format::text && !options.output.quiet && console.err.is_terminal()) {
    console.err.write(next_steps(invocation.command, options, loaded.manifest, outcome));
  }
  return reports.finish(end, outcome);
}

}  // namespace

ExitRequest execute(const RunOptions& options, const Invocation& invocation, Console& console) {
  return reconcile_selected(options, reconcile::Mode::run, options.detailed_exitcode, invocation,
                            console);
}

ExitRequest execute(const CheckOptions& options, const Invocation& invocation, Console& console) {
  return reconcile_selected(options, reconcile::Mode::check, false, invocation, console);
}

}  // namespace fluke
