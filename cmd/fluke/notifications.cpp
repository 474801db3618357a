#include "fluke/notifications.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "file/contents.h"
#include "file/descriptor.h"
#include "fluke/programs.h"
#include "fluke/reports.h"
#include "process/cancellation.h"
#include "process/posix_runner.h"
#include "reconcile/notify.h"
#include "report/notification_text.h"
#include "text/duration.h"
#include "text/lines.h"
#include "text/quote.h"

namespace fluke {
namespace {

/// A file that nobody else can read, and that goes with it.
class PrivateFile {
 public:
  [[nodiscard]] static tl::expected<PrivateFile, int> write(std::string_view text) {
    std::error_code error;
    std::filesystem::path directory = std::filesystem::temp_directory_path(error);
    std::string path = (error ? "/tmp" : directory.string()) + "/fluke-report-XXXXXX";
    const file::Descriptor descriptor(::mkostemp(path.data(), O_CLOEXEC));
    if (!descriptor.is_open()) {
      return tl::unexpected(errno);
    }
    PrivateFile written(std::move(path));
    if (const auto done = file::write_all(descriptor.get(), text); !done) {
      return tl::unexpected(done.error());
    }
    return written;
  }
  PrivateFile(PrivateFile&& other) noexcept : path_(std::exchange(other.path_, "")) {}
  PrivateFile& operator=(PrivateFile&&) = delete;
  ~PrivateFile() {
    if (!path_.empty()) {
      ::unlink(path_.c_str());
    }
  }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit PrivateFile(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

using Notifications = std::vector<const manifest::Notification*>;

/// Notifies of one event, block by block.
class Notifier {
 public:
  Notifier(const Event& event, const OutputOptions& output, bool is_verbose,
           reconcile::RunOutcome& outcome, reconcile::World& world, Console& console)
      : event_(event),
        output_(output),
        is_verbose_(is_verbose),
        outcome_(outcome),
        world_(world),
        console_(console) {}

  /// Whether all went well.
  bool send(const Notifications& due);

 private:
  [[nodiscard]] reconcile::TaskVariables about(const manifest::Notification& notification,
                                               const std::string& report) const;
  void tell(const reconcile::NotificationOutcome& outcome);

  const Event& event_;
  const OutputOptions& output_;
  bool is_verbose_;
  reconcile::RunOutcome& outcome_;
  reconcile::World& world_;
  Console& console_;
};

bool Notifier::send(const Notifications& due) {
  const auto report = PrivateFile::write(event_.document);
  if (!report) {
    // Who is to be told of a full disk is to be told all the same.
    console_.complain(fmt::format("cannot write the file for FLUKE_REPORT: {}; it is empty",
                                  std::strerror(report.error())));
  }
  bool is_well = report.has_value();
  for (const manifest::Notification* notification : due) {
    const reconcile::NotificationOutcome& told = outcome_.notifications.emplace_back(
        reconcile::notify(*notification,
                          {.about = about(*notification, report ? report->path() : ""),
                           .secrets = event_.loaded.manifest.secrets},
                          world_));
    is_well = is_well && !told.cause;
    tell(told);
  }
  return is_well;
}

reconcile::TaskVariables Notifier::about(const manifest::Notification& notification,
                                         const std::string& report) const {
  return {{"FLUKE_REPORT", report},
          {"FLUKE_EXIT_CODE", std::to_string(status_of(event_.end))},
          {"FLUKE_SUMMARY",
           report::notification_text(outcome_, event_.loaded.diagnostics, notification.on)}};
}

void Notifier::tell(const reconcile::NotificationOutcome& outcome) {
  if (!outcome.cause && output_.quiet) {
    return;
  }
  const std::string name = text::neutralised(outcome.name);
  std::string message =
      outcome.cause
          ? fmt::format("notify {}: {}", name, text::neutralised(outcome.reason))
          : fmt::format("notified {} in {}", name, text::human_duration(outcome.task->duration));
  const std::string_view printed = outcome.cause ? outcome.output
                                   : is_verbose_ ? outcome.task->output
                                                 : std::string_view();
  text::for_each_line(printed, [&message](std::string_view line) {
    message += "\n  | " + text::neutralised(line);
  });
  if (outcome.cause) {
    console_.complain(message);
  } else {
    console_.remark(message);
  }
}

template <typename IsDue>
Notifications select_due(const manifest::Manifest& manifest, IsDue is_due) {
  Notifications due;
  for (const manifest::Notification& notification : manifest.notifications) {
    if (is_due(notification)) {
      due.push_back(&notification);
    }
  }
  return due;
}

}  // namespace

ExitRequest send_notifications(const Event& event, const OutputOptions& output, bool is_verbose,
                               reconcile::RunOutcome& outcome, reconcile::World& world,
                               Console& console) {
  const Notifications due =
      select_due(event.loaded.manifest, [&](const manifest::Notification& notification) {
        return reconcile::is_due(notification, outcome);
      });
  ExitRequest end = event.end;
  if (due.empty()) {
    return end;
  }
  // What ended the run is what the notifications are about; what comes from now on ends them.
  const std::optional<int> so_far = world.cancellation.requested();
  if (!so_far || outcome.interrupted_by || so_far == SIGALRM) {
    world.cancellation.reset();
  }
  Notifier notifier(event, output, is_verbose, outcome, world, console);
  if (!notifier.send(due)) {
    end.code = worse(end.code, ExitCode::report_not_written);
  }
  if (!end.signal) {
    end.signal = world.cancellation.requested();
  }
  return end;
}

ExitRequest send_notifications_of_failure(const Event& event, const CheckOptions& options,
                                          const Invocation& invocation, Console& console) {
  const Notifications due = select_due(event.loaded.manifest, reconcile::is_due_after_failure);
  if (due.empty()) {
    return event.end;
  }
  process::Environment environment = environment_of_children(event.loaded.manifest);
  std::vector<const manifest::Resource*> tasks;
  std::ranges::transform(due, std::back_inserter(tasks),
                         [](const auto* notification) { return &notification->task; });
  auto programs = find_programs(options.programs, invocation, environment, false,
                                types_of(tasks, invocation.types));
  auto cancellation = process::Cancellation::create();
  if (!programs || !cancellation) {
    console.complain(
        programs ? fmt::format("cannot watch for signals: {}", std::strerror(cancellation.error()))
                 : programs.error().message);
    return event.end;
  }
  process::PosixRunner runner(*cancellation);
  reconcile::World world{.runner = runner,
                         .cancellation = *cancellation,
                         .environment = std::move(environment),
                         .programs = std::move(programs->found)};
  return send_notifications_of_failure(event, options.output, options.verbose, nothing_happened(),
                                       world, console);
}

ExitRequest send_notifications_of_failure(const Event& event, const OutputOptions& output,
                                          bool is_verbose, reconcile::RunOutcome outcome,
                                          reconcile::World& world, Console& console) {
  const Notifications due = select_due(event.loaded.manifest, reconcile::is_due_after_failure);
  if (due.empty()) {
    return event.end;
  }
  world.cancellation.reset();
  Notifier notifier(event, output, is_verbose, outcome, world, console);
  static_cast<void>(notifier.send(due));
  return {.code = event.end.code,
          .signal = event.end.signal ? event.end.signal : world.cancellation.requested()};
}

}  // namespace fluke
