#include "report/html.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnostic/render.h"
#include "report/html_style.h"
#include "report/markup.h"
#include "report/time.h"
#include "report/timeline.h"
#include "text/duration.h"

namespace report {
namespace {

using reconcile::Outcome;
using reconcile::Phase;
using reconcile::ResourceOutcome;

/// "root on web1 · ".
std::string who_and_where(const RunInfo& info) {
  return info.host.empty() ? ""
                           : fmt::format("{} on {} · ", escaped(info.user), escaped(info.host));
}

std::string facts(const RunInfo& info, const reconcile::RunOutcome& outcome) {
  std::string manifests;
  for (const std::string& manifest : info.manifests) {
    manifests += fmt::format(" <code>{}</code>", escaped(manifest));
  }
  return fmt::format("<p class=\"facts\">{}{} · {} · exit code {} · fluke {} ·{}</p>\n",
                     who_and_where(info), iso_time(outcome.started_at) + "Z",
                     text::human_duration(outcome.duration), info.exit_code, escaped(info.version),
                     manifests);
}

std::string counts(const reconcile::RunOutcome& outcome) {
  std::string items;
  for (const Outcome one : reconcile::all_outcomes) {
    if (const std::size_t count = outcome.count(one); count > 0) {
      items +=
          fmt::format("<li class=\"card {0}\"><b>{1}</b>{0}</li>", reconcile::name_of(one), count);
    }
  }
  return items.empty() ? "" : fmt::format("<ul class=\"counts\">{}</ul>\n", items);
}

std::string legend() {
  std::string items;
  for (const Phase phase : reconcile::all_phases) {
    items += fmt::format("<span><i class=\"{0}\"></i>{0}</span>", reconcile::name_of(phase));
  }
  return fmt::format("<div class=\"legend\">{}</div>\n", items);
}

std::string output_of(Phase phase, std::string_view text, bool is_open) {
  return text.empty()
             ? ""
             : fmt::format("<details{}><summary>last output of {}</summary><pre>{}</pre></details>",
                           is_open ? " open=\"\"" : "", reconcile::name_of(phase), escaped(text));
}

/// What explains the outcome, and folded below it what the other tasks printed.
std::string outputs(const ResourceOutcome& resource) {
  const std::pair<Phase, const std::optional<reconcile::TaskRecord>&> tasks[] = {
      {Phase::check, resource.check},
      {Phase::apply, resource.apply},
      {Phase::verify, resource.verify}};
  const Phase last = reconcile::phase_of_output(resource);
  std::string out = output_of(last, resource.output, true);
  for (const auto& [phase, task] : tasks) {
    if (task && (phase != last || resource.output.empty())) {
      out += output_of(phase, task->output, false);
    }
  }
  return out;
}

/// "git fast-forwarded from 4f2a91c4f2a9 to b77e012b77e0".
std::string described(const reconcile::GitRecord& git) {
  const auto commit = [](std::string_view word, const std::string& name) {
    constexpr std::size_t digits = 12;
    return name.empty() ? ""
                        : fmt::format(" {} <code>{}</code>", word, escaped(name.substr(0, digits)));
  };
  return fmt::format("git {}{}{}", git.action ? reconcile::name_of(*git.action) : "",
                     commit("from", git.before), commit("to", git.after));
}

/// What explains the outcome, below the timeline.
std::string html_explanation(const ResourceOutcome& resource) {
  std::string out;
  if (!resource.reason.empty()) {
    const bool failed = resource.outcome == Outcome::failed && resource.phase;
    const std::string phase =
        failed ? fmt::format("{}: ", reconcile::name_of(*resource.phase)) : "";
    out += phase + escaped(resource.reason);
  }
  if (resource.git && resource.git->before != resource.git->after && !resource.git->after.empty()) {
    out += (out.empty() ? "" : " · ") + described(*resource.git);
  }
  out += outputs(resource);
  return out.empty() ? "" : fmt::format("<div class=\"more\">{}</div>", out);
}

std::string html_row(const ResourceOutcome& resource, const Timeline& timeline) {
  const std::string place =
      fmt::format("{}:{} in {}", resource.manifest, resource.line, resource.working_dir.string());
  const std::string time = resource.phases.empty() ? "" : text::human_duration(resource.duration);
  const std::string start =
      resource.started_at
          ? fmt::format(" title=\"began at {}\"", iso_time_with_milliseconds(*resource.started_at))
          : "";
  return fmt::format(
      "<div class=\"row\"><span class=\"name\" title=\"{}\">{}</span><span class=\"outcome "
      "{}\">{}</span>"
      "{}<span class=\"time\"{}>{}</span>{}</div>\n",
      escaped_attribute(place), escaped(resource.name), reconcile::name_of(resource.outcome),
      reconcile::name_of(resource.outcome), timeline.bars_of(resource), start, time,
      html_explanation(resource));
}

std::string resources(const reconcile::RunOutcome& outcome) {
  if (outcome.resources.empty()) {
    return "";
  }
  const Timeline timeline(outcome.duration);
  std::string rows;
  for (const ResourceOutcome& resource : outcome.resources) {
    rows += html_row(resource, timeline);
  }
  return fmt::format(
      "<main class=\"card\">\n{}<div class=\"axis\"><div "
      "class=\"scale\">{}</div></div>\n{}</main>\n",
      legend(), timeline.scale(), rows);
}

std::string diagnostics_section(const diagnostic::Diagnostics& diagnostics) {
  if (diagnostics.empty()) {
    return "";
  }
  return fmt::format(
      "<section class=\"card diagnostics\"><h2>Diagnostics</h2><pre>{}</pre></section>\n",
      escaped(diagnostic::render(diagnostics, diagnostic::Colour::off)));
}

}  // namespace

std::string to_html(const RunInfo& info, const reconcile::RunOutcome& outcome,
                    const diagnostic::Diagnostics& diagnostics) {
  const std::string title = info.command.empty() ? "fluke" : "fluke " + info.command;
  // The policy forbids whatever could come from elsewhere or run, should the page ever hold it.
  return fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{7}{0}: exit code {1}</title>
<style>{2}</style>
</head>
<body>
<h1>{0}</h1>
{3}{4}{5}{6}</body>
</html>
)",
                     escaped(title), info.exit_code, html_style, facts(info, outcome),
                     counts(outcome), diagnostics_section(diagnostics), resources(outcome),
                     info.host.empty() ? "" : escaped(info.host) + ": ");
}

}  // namespace report
