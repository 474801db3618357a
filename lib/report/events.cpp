#include "report/events.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "report/markup.h"
#include "report/time.h"
#include "text/lines.h"

namespace report {
namespace {

/// What is locked and synced for an include has no type.
Json members_of(const manifest::Resource& resource, reconcile::Phase phase) {
  return {{resource.type == nullptr ? "include" : "resource", resource.name},
          {"phase", reconcile::name_of(phase)}};
}

}  // namespace

EventReporter::EventReporter(Write out, Now now) : out_(std::move(out)), now_(std::move(now)) {}

void EventReporter::run_started(const RunInfo& info) {
  write("run_started", {{"schema", schema},
                        {"fluke", info.version},
                        {"command", or_null(info.command)},
                        {"manifests", info.manifests},
                        {"host", or_null(info.host)},
                        {"user", or_null(info.user)}});
}

void EventReporter::run_finished(const RunInfo& info, const reconcile::RunOutcome& outcome) {
  for (const reconcile::NotificationOutcome& notification : outcome.notifications) {
    write("notification_ended",
          {{"notification", notification.name}, {"result", notification_as_json(notification)}});
  }
  write("run_ended", {{"exit_code", info.exit_code},
                      {"duration_ms", milliseconds(outcome.duration)},
                      {"summary", summary_as_json(outcome)}});
}

void EventReporter::diagnostics(const diagnostic::Diagnostics& diagnostics) {
  for (const diagnostic::Diagnostic& one : diagnostics) {
    write("diagnostic", {{"diagnostic", diagnostic_as_json(one)}});
  }
}

void EventReporter::include_started(const manifest::Include& include) {
  write("include_started", {{"include", include.checkout.name}});
}

void EventReporter::include_ended(const reconcile::ResourceOutcome& outcome) {
  write("include_ended", {{"include", outcome.name}, {"result", include_as_json(outcome)}});
}

void EventReporter::resource_started(const manifest::Resource& resource) {
  write("resource_started", {{"resource", resource.name}});
}

void EventReporter::phase_started(const manifest::Resource& resource, reconcile::Phase phase) {
  write("phase_started", members_of(resource, phase));
}

void EventReporter::output_lines(const manifest::Resource& resource, reconcile::Phase phase,
                                 std::string_view lines) {
  text::for_each_line(lines, [&](std::string_view line) {
    Json members = members_of(resource, phase);
    members["line"] = visible(line);
    write("output_line", members);
  });
}

void EventReporter::phase_ended(const manifest::Resource& resource, reconcile::Phase phase) {
  write("phase_ended", members_of(resource, phase));
}

void EventReporter::resource_ended(const reconcile::ResourceOutcome& outcome) {
  write("resource_ended", {{"resource", outcome.name}, {"result", resource_as_json(outcome)}});
}

void EventReporter::write(std::string_view event, const Json& members) {
  Json object = {{"event", event}, {"time", iso_time_with_milliseconds(now_())}};
  object.update(members);
  out_(object.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n');
}

}  // namespace report
