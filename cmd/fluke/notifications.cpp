#include "fluke/notifications.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "file/contents.h"
#include "file/descriptor.h"
#include "reconcile/notify.h"
#include "report/notification_text.h"
#include "text/duration.h"
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

reconcile::TaskVariables about(const Event& event, const reconcile::RunOutcome& outcome,
                               const manifest::Notification& notification,
                               const std::string& report) {
  return {
      {"FLUKE_REPORT", report},
      {"FLUKE_EXIT_CODE", std::to_string(status_of(event.end))},
      {"FLUKE_SUMMARY", report::notification_text(outcome, event.diagnostics, notification.on)}};
}

void tell(const reconcile::NotificationOutcome& outcome, const CheckOptions& options,
          Console& console) {
  if (!outcome.cause && options.output.quiet) {
    return;
  }
  const std::string name = text::neutralised(outcome.name);
  const std::string message =
      outcome.cause
          ? fmt::format("notify {}: {}", name, text::neutralised(outcome.reason))
          : fmt::format("notified {} in {}", name, text::human_duration(outcome.task->duration));
  const std::string_view printed = outcome.cause     ? outcome.output
                                   : options.verbose ? outcome.task->output
                                                     : std::string_view();
  if (outcome.cause) {
    console.complain(with_output(message, printed));
  } else {
    console.remark(with_output(message, printed));
  }
}

}  // namespace

ExitRequest send_notifications(const Event& event, const CheckOptions& options,
                               reconcile::RunOutcome& outcome, reconcile::World& world,
                               reconcile::Observer& observer, Console& console) {
  std::vector<const manifest::Notification*> due;
  for (const manifest::Notification& notification : event.manifest.notifications) {
    if (event.has_failed ? reconcile::is_due_after_failure(notification)
                         : reconcile::is_due(notification, outcome)) {
      due.push_back(&notification);
    }
  }
  ExitRequest end = event.end;
  if (due.empty()) {
    return end;
  }
  // What ended the run is what the notifications are about; what comes from now on ends them.
  const std::optional<int> so_far = world.cancellation.requested();
  if (!so_far || outcome.interrupted_by || so_far == SIGALRM) {
    world.cancellation.reset();
  }
  const auto report = PrivateFile::write(event.document());
  if (!report) {
    // Who is to be told of a full disk is to be told all the same.
    console.complain(fmt::format("cannot write the file for FLUKE_REPORT: {}; it is empty",
                                 std::strerror(report.error())));
    end.code = worse(end.code, ExitCode::report_not_written);
  }
  for (const manifest::Notification* notification : due) {
    observer.notification_started(*notification);
    const reconcile::NotificationOutcome& told =
        outcome.notifications.emplace_back(reconcile::notify(
            *notification,
            {.about = about(event, outcome, *notification, report ? report->path() : ""),
             .secrets = event.manifest.secrets},
            world));
    observer.notification_ended(told);
    tell(told, options, console);
    if (told.cause) {
      end.code = worse(end.code, ExitCode::report_not_written);
    }
  }
  if (!end.signal) {
    end.signal = world.cancellation.requested();
  }
  return end;
}

}  // namespace fluke
