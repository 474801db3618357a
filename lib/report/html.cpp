#include "report/html.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnostic/render.h"
#include "report/markup.h"
#include "report/time.h"
#include "report/timeline.h"
#include "text/duration.h"

namespace report {
namespace {

constexpr std::string_view html_style = R"css(
:root { color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1c2128; --dim: #5b6470; --line: #d9dde3;
  --lock: #8a93a0; --sync: #7c5cd6; --tasks: #b0873a; --check: #2f7fd6; --apply: #e07b2a;
  --verify: #1f9d78; --good: #16794c; --changed: #a35708; --bad: #c62f2f; --quiet: #5b6470; }
@media (prefers-color-scheme: dark) { :root {
  --page: #0f1318; --card: #181d24; --text: #e4e8ee; --dim: #98a2b0; --line: #2c343f;
  --lock: #78828f; --sync: #9c82ee; --tasks: #cfa75a; --check: #55a0ee; --apply: #f09a52;
  --verify: #3fbf97; --good: #4fc48c; --changed: #f0a75c; --bad: #ff7b76; --quiet: #98a2b0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.25rem 3rem; background: var(--page);
  color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
code, pre, .name { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.facts, .legend, .axis, .time { color: var(--dim); }
.facts { margin: 0 0 1rem; overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.counts { display: flex; flex-wrap: wrap; gap: .6rem; margin: 0 0 1.25rem; padding: 0; list-style: none; }
.counts li { padding: .45rem .9rem; border-left: 4px solid; }
.counts b { font-size: 1.25rem; margin-right: .35rem; }
.satisfied { color: var(--good); } .applied, .drifted { color: var(--changed); }
.failed { color: var(--bad); } .skipped, .disabled { color: var(--quiet); }
.counts li { border-color: currentColor; border-top: 0; border-right: 0; border-bottom: 0; border-left: 4px solid; }
.legend { display: flex; flex-wrap: wrap; gap: 1rem; padding: .7rem 1rem 0; font-size: .85rem; }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 3px; margin-right: .35rem;
  vertical-align: -1px; }
.row, .axis { display: grid; grid-template-columns: minmax(7rem, 15rem) 6rem minmax(8rem, 1fr) 5rem;
  gap: 0 1rem; padding: .55rem 1rem; align-items: center; }
.axis { font-size: .75rem; padding-bottom: 0; }
.scale { grid-column: 3; position: relative; height: 1.2rem; }
.scale span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.scale span:first-child { transform: none; }
.row { border-top: 1px solid var(--line); }
.axis + .row { border-top: 0; }
.name { font-weight: 600; overflow-wrap: anywhere; }
.outcome { font-weight: 600; }
.time { text-align: right; font-variant-numeric: tabular-nums; }
.row svg { width: 100%; height: 18px; display: block; overflow: visible; }
.grid { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.lock { fill: var(--lock); background: var(--lock); } .sync { fill: var(--sync); background: var(--sync); }
.tasks { fill: var(--tasks); background: var(--tasks); } .check { fill: var(--check); background: var(--check); }
.apply { fill: var(--apply); background: var(--apply); } .verify { fill: var(--verify); background: var(--verify); }
.more { grid-column: 1 / -1; color: var(--dim); font-size: .9rem; overflow-wrap: anywhere; }
.more summary { cursor: pointer; width: max-content; margin-top: .3rem; }
pre { margin: .5rem 0 .3rem; padding: .8rem 1rem; max-height: 28rem; overflow: auto; font-size: .82rem;
  line-height: 1.45; color: var(--text); background: var(--page); border: 1px solid var(--line);
  border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
.diagnostics { padding: 1rem; margin-bottom: 1.25rem; } .diagnostics h2 { font-size: 1rem; margin: 0; }
@media (max-width: 42rem) { .row { grid-template-columns: 1fr auto auto; } .axis { display: none; }
  .row svg { grid-column: 1 / -1; grid-row: 2; margin-top: .35rem; } .time { text-align: right; } }
@media print { body { background: none; max-width: none; } .row { break-inside: avoid; } }
)css";

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
  std::string place = fmt::format("{}:{}", resource.manifest, resource.line);
  if (!resource.working_dir.empty()) {
    place += " in " + resource.working_dir.string();
  }
  if (!resource.description.empty()) {
    place = fmt::format("{} ({})", resource.description, place);
  }
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
  const std::vector<const ResourceOutcome*> all = outcome.all();
  if (all.empty()) {
    return "";
  }
  const Timeline timeline(outcome.duration);
  std::string rows;
  for (const ResourceOutcome* one : all) {
    rows += html_row(*one, timeline);
  }
  return fmt::format(
      "<main class=\"card\">\n{}<div class=\"axis\"><div "
      "class=\"scale\">{}</div></div>\n{}</main>\n",
      legend(), timeline.scale(), rows);
}

std::string notifications(const reconcile::RunOutcome& outcome) {
  std::string rows;
  for (const reconcile::NotificationOutcome& notification : outcome.notifications) {
    const bool failed = notification.cause.has_value();
    rows += fmt::format(
        "<p><span class=\"name\">{}</span> <span class=\"outcome {}\">{}</span> {}</p>{}",
        escaped(notification.name), failed ? "failed" : "satisfied", failed ? "failed" : "sent",
        escaped(notification.reason),
        notification.output.empty() ? ""
                                    : fmt::format("<pre>{}</pre>", escaped(notification.output)));
  }
  return rows.empty() ? ""
                      : fmt::format(
                            "<section class=\"card diagnostics\"><h2>Notifications</h2>"
                            "{}</section>\n",
                            rows);
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
                     counts(outcome), diagnostics_section(diagnostics),
                     notifications(outcome) + resources(outcome),
                     info.host.empty() ? "" : escaped(info.host) + ": ");
}

}  // namespace report
