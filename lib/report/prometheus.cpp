#include "report/prometheus.h"

#include <fmt/format.h>

#include <set>
#include <string_view>

#include "report/last_success.h"
#include "report/time.h"
#include "text/utf8.h"

namespace report {
namespace {

using reconcile::Outcome;
using reconcile::ResourceOutcome;

/// The value of a label, between its quotes. Bytes that are not UTF-8 would make the whole file
/// unreadable and are replaced by U+FFFD.
std::string label(std::string_view value) {
  std::string out;
  while (!value.empty()) {
    const auto character = text::decode_utf8(value);
    const std::string_view bytes = value.substr(0, character ? character->length : 1);
    if (bytes == "\\" || bytes == "\"") {
      out += '\\';
    }
    out += bytes == "\n" ? "\\n" : character ? bytes : "\xef\xbf\xbd";
    value.remove_prefix(bytes.size());
  }
  return out;
}

void begin_metric(std::string& out, std::string_view name, std::string_view help) {
  out += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n", name, help);
}

void add_outcomes(std::string& out, const reconcile::RunOutcome& outcome) {
  begin_metric(out, "fluke_resource_outcome",
               "1 for the outcome of the resource in the last run, 0 for the others.");
  for (const ResourceOutcome& resource : outcome.resources) {
    for (const Outcome one : reconcile::all_outcomes) {
      out += fmt::format("fluke_resource_outcome{{resource=\"{}\",outcome=\"{}\"}} {}\n",
                         label(resource.name), reconcile::name_of(one),
                         resource.outcome == one ? 1 : 0);
    }
  }
}

void add_durations(std::string& out, const reconcile::RunOutcome& outcome) {
  begin_metric(out, "fluke_resource_duration_seconds",
               "How long each phase took in the last run, for the phases that were begun.");
  for (const ResourceOutcome& resource : outcome.resources) {
    for (const reconcile::PhaseTime& time : resource.phases) {
      out +=
          fmt::format("fluke_resource_duration_seconds{{resource=\"{}\",phase=\"{}\"}} {}\n",
                      label(resource.name), reconcile::name_of(time.phase), seconds(time.duration));
    }
  }
}

void add_times(std::string& out, std::string_view metric, std::string_view name_label,
               const LastTimes& times) {
  for (const auto& [name, time] : times) {
    out += fmt::format("{}{{{}=\"{}\"}} {:.3f}\n", metric, name_label, label(name), time);
  }
}

/// Forgets what is no longer declared. What a manifest declares that is not there is not known.
template <typename Declared, typename Name>
void keep_declared(LastTimes& times, const Declared& declared, const Name& name_of) {
  std::set<std::string_view> names;
  for (const auto& one : declared) {
    names.insert(name_of(one));
  }
  std::erase_if(times, [&](const auto& entry) { return !names.contains(entry.first); });
}

/// When the run ended, in seconds since 1970.
double end_of(const reconcile::RunOutcome& outcome) {
  const std::chrono::duration<double> end =
      (outcome.started_at + outcome.duration).time_since_epoch();
  return end.count();
}

/// Those of before that still count, and those of this run.
LastTimes last_success(const RunInfo& info, const reconcile::RunOutcome& outcome,
                       std::string_view previous) {
  LastTimes times = read_last_times(previous, last_success_metric, "resource");
  if (info.manifest != nullptr && !info.manifest->is_partial) {
    keep_declared(
        times, info.manifest->resources,
        [](const manifest::Resource& resource) -> const auto& { return resource.name; });
  }
  for (const ResourceOutcome& resource : outcome.resources) {
    if (resource.outcome == Outcome::satisfied || resource.outcome == Outcome::applied) {
      times[resource.name] = end_of(outcome);
    }
  }
  return times;
}

/// The same for includes: git has brought them up to date, or found that they are.
LastTimes last_sync(const RunInfo& info, const reconcile::RunOutcome& outcome,
                    std::string_view previous) {
  LastTimes times = read_last_times(previous, last_sync_metric, "include");
  if (info.manifest != nullptr) {
    keep_declared(
        times, info.manifest->includes,
        [](const manifest::Include& include) -> const auto& { return include.checkout.name; });
  }
  for (const ResourceOutcome& include : outcome.includes) {
    if (include.outcome == Outcome::satisfied) {
      times[include.name] = end_of(outcome);
    }
  }
  return times;
}

void add_includes(std::string& out, const reconcile::RunOutcome& outcome, const LastTimes& times) {
  if (outcome.includes.empty() && times.empty()) {
    return;
  }
  begin_metric(
      out, "fluke_include_synced",
      "1 where the last run found the include up to date or brought it there, 0 otherwise.");
  for (const ResourceOutcome& include : outcome.includes) {
    if (include.outcome != Outcome::disabled) {
      out += fmt::format("fluke_include_synced{{include=\"{}\"}} {}\n", label(include.name),
                         include.outcome == Outcome::satisfied ? 1 : 0);
    }
  }
  begin_metric(out, "fluke_include_commit_info",
               "1, with the commit that the manifests of the include were read from.");
  for (const ResourceOutcome& include : outcome.includes) {
    const bool is_behind = include.outcome == Outcome::drifted;
    const std::string commit = !include.git ? ""
                               : is_behind  ? include.git->before
                                            : include.git->after;
    if (!commit.empty()) {
      out += fmt::format("fluke_include_commit_info{{include=\"{}\",commit=\"{}\"}} 1\n",
                         label(include.name), label(commit));
    }
  }
  begin_metric(out, last_sync_metric, "When a run last synced the include.");
  add_times(out, last_sync_metric, "include", times);
}

void add_notifications(std::string& out,
                       const std::vector<reconcile::NotificationOutcome>& notifications) {
  if (notifications.empty()) {
    return;
  }
  begin_metric(out, "fluke_notify_sent",
               "For the notify blocks that the last run was a reason for: 1 where the task did its "
               "work, 0 otherwise.");
  for (const reconcile::NotificationOutcome& one : notifications) {
    out +=
        fmt::format("fluke_notify_sent{{notify=\"{}\"}} {}\n", label(one.name), one.cause ? 0 : 1);
  }
  begin_metric(out, "fluke_notify_duration_seconds",
               "How long the task of the notify block took, where it was begun.");
  for (const reconcile::NotificationOutcome& one : notifications) {
    if (one.task) {
      out += fmt::format("fluke_notify_duration_seconds{{notify=\"{}\"}} {}\n", label(one.name),
                         seconds(one.task->duration));
    }
  }
}

}  // namespace

std::string to_prometheus(const RunInfo& info, const reconcile::RunOutcome& outcome,
                          std::string_view previous) {
  std::string out;
  begin_metric(out, "fluke_build_info", "1, with the version of the fluke that ran last.");
  out += fmt::format("fluke_build_info{{version=\"{}\"}} 1\n", label(info.version));
  begin_metric(out, "fluke_run_timestamp_seconds", "When the last run ended.");
  out += fmt::format("fluke_run_timestamp_seconds {}\n",
                     unix_time(outcome.started_at + outcome.duration));
  begin_metric(out, "fluke_run_exit_code", "The exit code of the last run; 128 + n for signal n.");
  out += fmt::format("fluke_run_exit_code {}\n", info.exit_code);
  add_outcomes(out, outcome);
  add_durations(out, outcome);
  begin_metric(out, last_success_metric,
               "When a run last found the resource satisfied or applied it.");
  add_times(out, last_success_metric, "resource", last_success(info, outcome, previous));
  add_includes(out, outcome, last_sync(info, outcome, previous));
  add_notifications(out, outcome.notifications);
  return out;
}

}  // namespace report
