// The page of a job in GitHub Actions, as GitHub's Markdown. Foreign text is spelled in character
// references where a character could mean something.
#include <fmt/format.h>

#include <algorithm>

#include "diagnostic/render.h"
#include "report/github.h"
#include "report/markup.h"
#include "report/summary.h"
#include "text/duration.h"
#include "text/quote.h"

namespace report {
namespace {

using reconcile::Outcome;
using reconcile::ResourceOutcome;

/// GitHub takes 1 MiB; what is left is for the last line.
constexpr std::size_t room = 1'000'000;

std::string_view icon_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::satisfied:
      return "✅";
    case Outcome::applied:
      return "🔧";
    case Outcome::drifted:
      return "⚠️";
    case Outcome::failed:
      return "❌";
    case Outcome::skipped:
      return "⏭️";
    case Outcome::disabled:
      return "➖";
  }
  return "";
}

/// `text` as plain words in a cell of a table.
std::string cell(std::string_view text) {
  constexpr std::string_view special = "!\"#$&'()*+-:<=>@[\\]^_`{|}~";
  std::string out;
  for (const char c : text::neutralised(text)) {
    out += special.find(c) == std::string_view::npos ? std::string(1, c)
                                                     : fmt::format("&#{};", static_cast<int>(c));
  }
  return out;
}

std::string row(const ResourceOutcome& resource) {
  const bool failed = resource.outcome == Outcome::failed && resource.phase;
  const std::string phase = failed ? fmt::format("{}: ", reconcile::name_of(*resource.phase)) : "";
  const std::string time = resource.phases.empty() ? "" : text::human_duration(resource.duration);
  return fmt::format("| {} | {} {} | {} | {} |\n", cell(resource.name), icon_of(resource.outcome),
                     reconcile::name_of(resource.outcome), time, cell(phase + resource.reason));
}

std::string row(const reconcile::NotificationOutcome& notification) {
  const std::string time =
      notification.task ? text::human_duration(notification.task->duration) : "";
  return fmt::format("| notify {} | {} | {} | {} |\n", cell(notification.name),
                     notification.cause ? "❌ failed" : "📨 sent", time, cell(notification.reason));
}

std::string folded(std::string_view title, std::string_view output) {
  constexpr std::size_t enough = 16'000;
  output.remove_prefix(output.size() - std::min(output.size(), enough));
  return fmt::format("\n<details><summary>{}</summary>\n\n<pre>\n{}</pre>\n\n</details>\n",
                     escaped_attribute(title), escaped(output));
}

/// Appends parts for as long as there is room, and counts those for which there is none.
class Page {
 public:
  void add(std::string_view part) {
    if (text_.size() + part.size() > room) {
      ++left_out_;
    } else {
      text_ += part;
    }
  }

  [[nodiscard]] std::string take() {
    if (left_out_ > 0) {
      text_ += fmt::format("\n… and {} that this page has no room for\n",
                           text::counted(left_out_, "more entry", "more entries"));
    }
    return std::move(text_);
  }

 private:
  std::string text_;
  std::size_t left_out_ = 0;
};

}  // namespace

std::string github_step_summary(const RunInfo& info, const reconcile::RunOutcome& outcome,
                                const diagnostic::Diagnostics& diagnostics) {
  Page page;
  std::string totals = totals_line(outcome);
  totals.pop_back();
  page.add(fmt::format(
      "### fluke {}: {}\n", info.command,
      diagnostic::has_errors(diagnostics) ? "ended before its first resource" : totals));
  const std::vector<const ResourceOutcome*> all = outcome.all();
  if (!all.empty() || !outcome.notifications.empty()) {
    page.add("\n| resource | outcome | time | |\n|---|---|---|---|\n");
  }
  for (const ResourceOutcome* one : all) {
    page.add(row(*one));
  }
  for (const reconcile::NotificationOutcome& one : outcome.notifications) {
    page.add(row(one));
  }
  for (const ResourceOutcome* one : all) {
    if (!one->output.empty()) {
      page.add(folded(fmt::format("{}: last output of {}", one->name,
                                  reconcile::name_of(reconcile::phase_of_output(*one))),
                      one->output));
    }
  }
  if (!diagnostics.empty()) {
    page.add(folded(text::counted(diagnostics.size(), "diagnostic"),
                    diagnostic::render(diagnostics, diagnostic::Colour::off)));
  }
  return page.take();
}

}  // namespace report
