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

void add_last_success(std::string& out, const LastSuccess& times) {
  begin_metric(out, last_success_metric,
               "When a run last found the resource satisfied or applied it.");
  for (const auto& [resource, time] : times) {
    out +=
        fmt::format("{}{{resource=\"{}\"}} {:.3f}\n", last_success_metric, label(resource), time);
  }
}

/// Those of before that still count, and those of this run.
LastSuccess last_success(const RunInfo& info, const reconcile::RunOutcome& outcome,
                         std::string_view previous) {
  LastSuccess times = read_last_success(previous);
  if (info.manifest != nullptr) {
    std::set<std::string_view> declared;
    for (const manifest::Resource& resource : info.manifest->resources) {
      declared.insert(resource.name);
    }
    std::erase_if(times, [&](const auto& entry) { return !declared.contains(entry.first); });
  }
  const std::chrono::duration<double> end =
      (outcome.started_at + outcome.duration).time_since_epoch();
  for (const ResourceOutcome& resource : outcome.resources) {
    if (resource.outcome == Outcome::satisfied || resource.outcome == Outcome::applied) {
      times[resource.name] = end.count();
    }
  }
  return times;
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
  add_last_success(out, last_success(info, outcome, previous));
  return out;
}

}  // namespace report
