#include "report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "text/duration.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace report {
namespace {

using reconcile::GitAction;
using reconcile::Outcome;

constexpr std::size_t outcome_width = std::string_view("satisfied").size();
constexpr std::string_view gap = "  ";

std::string_view colour_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::satisfied:
      return "\x1b[32m";
    case Outcome::applied:
    case Outcome::drifted:
      return "\x1b[33m";
    case Outcome::failed:
      return "\x1b[31m";
    case Outcome::skipped:
    case Outcome::disabled:
      return "\x1b[2m";
  }
  return "";
}

std::string coloured(Outcome outcome, bool colour) {
  const std::string_view name = reconcile::name_of(outcome);
  return colour ? fmt::format("{}{}\x1b[0m", colour_of(outcome), name) : std::string(name);
}

std::string short_id(const std::string& object_name) {
  constexpr std::size_t digits = 7;
  return object_name.substr(0, digits);
}

std::string describe_move(const reconcile::GitRecord& git) {
  if (git.action == GitAction::cloned) {
    return fmt::format("git cloned {}", short_id(git.after));
  }
  const bool moved = git.before != git.after;
  const std::string commits =
      moved ? fmt::format(" {}..{}", short_id(git.before), short_id(git.after)) : "";
  if (git.action == GitAction::switched) {
    const git::Revision& to = git.requested;
    return fmt::format(
        "git switched to {}{}",
        to.kind == git::Revision::Kind::commit ? short_id(to.name) : text::neutralised(to.name),
        commits);
  }
  if (git.action == GitAction::fast_forwarded) {
    return "git" + commits;
  }
  return git.updated ? "git updated submodules" : "";
}

/// Nothing where git had nothing to do, or was only asked: then the reason says so.
std::string describe(const reconcile::GitRecord& git) {
  std::string move = describe_move(git);
  if (!move.empty() && git.signer) {
    move += ", signed by " + text::neutralised(git.signer->principal, text::Colours::left_out);
  }
  return move;
}

std::string describe(std::string_view phase, const reconcile::TaskRecord& task) {
  std::string field = fmt::format("{} {}", phase, text::human_duration(task.duration));
  if (task.attempts > 1) {
    field += fmt::format(" ({} attempts)", task.attempts);
  }
  return field;
}

/// What explains a resource that was checked, in the order in which it happened.
std::vector<std::string> describe_run(const reconcile::ResourceOutcome& outcome) {
  std::vector<std::string> fields;
  if (outcome.git) {
    fields.push_back(describe(*outcome.git));
  }
  fields.push_back(text::neutralised(outcome.reason, text::Colours::left_out));
  if (outcome.check) {
    fields.push_back(describe("check", *outcome.check));
  }
  if (outcome.apply) {
    fields.push_back(describe("apply", *outcome.apply));
  }
  if (outcome.verify) {
    fields.push_back(describe("verify", *outcome.verify));
  }
  return fields;
}

std::vector<std::string> describe(const reconcile::ResourceOutcome& outcome) {
  switch (outcome.outcome) {
    case Outcome::satisfied:
    case Outcome::applied:
    case Outcome::drifted:
      return describe_run(outcome);
    case Outcome::failed:
      if (outcome.phase) {
        return {fmt::format("{}: {}", reconcile::name_of(*outcome.phase),
                            text::neutralised(outcome.reason, text::Colours::left_out))};
      }
      break;
    case Outcome::skipped:
    case Outcome::disabled:
      break;
  }
  return {text::neutralised(outcome.reason, text::Colours::left_out)};
}

/// Pads what fills `width` columns to `wanted` columns.
void pad(std::string& line, std::size_t width, std::size_t wanted) {
  line.append(wanted > width ? wanted - width : 0, ' ');
}

}  // namespace

std::size_t name_width(std::span<const std::string_view> names, std::size_t columns) {
  std::size_t widest = 0;
  for (const std::string_view name : names) {
    widest = std::max(widest, text::display_width(text::neutralised(name)));
  }
  return columns == 0 ? widest : std::min(widest, columns / 2);
}

std::string resource_line(const reconcile::ResourceOutcome& outcome, const SummaryStyle& style) {
  std::string line = text::neutralised(outcome.name);
  pad(line, text::display_width(line), style.name_width);
  line += gap;
  line += coloured(outcome.outcome, style.colour);
  // Padding waits for a field to stand behind it: no line ends in spaces.
  std::size_t width = reconcile::name_of(outcome.outcome).size();
  for (const std::string& field : describe(outcome)) {
    if (!field.empty()) {
      pad(line, width, outcome_width);
      width = outcome_width;
      line += gap;
      line += field;
    }
  }
  return line + '\n';
}

std::string totals_line(const reconcile::RunOutcome& outcome) {
  const std::string total = text::counted(outcome.resources.size(), "resource");
  std::string counts;
  for (const Outcome one : reconcile::all_outcomes) {
    if (const std::size_t count = outcome.count(one); count > 0) {
      counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, reconcile::name_of(one));
    }
  }
  if (counts.empty()) {
    return total + '\n';
  }
  constexpr std::chrono::seconds hundredths_below(1);
  return fmt::format("{}: {} in {}\n", total, counts,
                     text::human_duration(outcome.duration, hundredths_below));
}

}  // namespace report
