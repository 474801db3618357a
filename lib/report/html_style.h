// The style sheet of the HTML report.
#pragma once

#include <string_view>

namespace report {

inline constexpr std::string_view html_style = R"css(
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

}  // namespace report
