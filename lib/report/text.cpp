#include "report/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "git/revision.h"
#include "process/result.h"
#include "reconcile/sync.h"
#include "text/lines.h"
#include "text/quote.h"

namespace report {
namespace {

using reconcile::Outcome;
using reconcile::Phase;

/// "branch main".
std::string described(const manifest::GitSource& source) {
  const git::Revision followed = reconcile::record_of(source).requested;
  return fmt::format("{} {}", git::name_of(followed.kind), followed.name);
}

/// What a phase does, for those who want to follow it by hand.
std::string describe(const manifest::Resource& resource, Phase phase) {
  switch (phase) {
    case Phase::lock:
      return resource.working_dir.empty() ? resource.settings->subject().value_or(resource.name)
                                          : resource.working_dir.string();
    case Phase::sync:
      // Not the url: it may hold a password.
      return resource.git ? "git, " + described(*resource.git) : "git";
    case Phase::tasks:
      return resource.settings->command(manifest::Operation::prepare);
    case Phase::check:
    case Phase::verify:
      return resource.settings->command(manifest::Operation::check);
    case Phase::apply:
      return resource.settings->command(manifest::Operation::apply);
  }
  return "";
}

Priority priority_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::failed:
      return Priority::error;
    case Outcome::drifted:
    case Outcome::skipped:
      return Priority::warning;
    case Outcome::satisfied:
    case Outcome::applied:
    case Outcome::disabled:
      break;
  }
  return Priority::info;
}

}  // namespace

TextReporter::TextReporter(TextOptions options, WriteLines out, WriteLines err)
    : options_(options),
      out_(std::move(out)),
      err_(std::move(err)),
      style_{.colour = options.colour_out} {}

void TextReporter::expect(const std::vector<const manifest::Resource*>& resources) {
  std::vector<std::string_view> names;
  names.reserve(includes_.size() + resources.size());
  for (const reconcile::ResourceOutcome& include : includes_) {
    names.emplace_back(include.name);
  }
  for (const manifest::Resource* resource : resources) {
    names.emplace_back(resource->name);
  }
  style_.name_width = name_width(names, options_.columns);
  for (const reconcile::ResourceOutcome& include : includes_) {
    // Other files on this host are no news.
    if (include.git || include.outcome != Outcome::satisfied) {
      print_outcome(include);
    }
  }
}

void TextReporter::include_ended(const reconcile::ResourceOutcome& outcome) {
  print_notes(outcome);
  if (!passed_on_) {
    print_output(outcome);
  }
  passed_on_ = false;
  includes_.push_back(outcome);
}

void TextReporter::phase_started(const manifest::Resource& resource, Phase phase) {
  passed_on_ = false;
  if (options_.verbosity == Verbosity::verbose) {
    print(resource.name, fmt::format("{}: {}", reconcile::name_of(phase),
                                     text::neutralised(describe(resource, phase))));
  }
}

void TextReporter::output_lines(const manifest::Resource& resource, Phase phase,
                                std::string_view lines) {
  const bool live = phase == Phase::apply ? options_.verbosity != Verbosity::quiet
                                          : options_.verbosity == Verbosity::verbose;
  if (live) {
    passed_on_ = true;
    print(resource.name, lines);
  }
}

void TextReporter::resource_ended(const reconcile::ResourceOutcome& outcome) {
  if (options_.verbosity == Verbosity::verbose) {
    print_sources(outcome);
  }
  print_notes(outcome);
  print_outcome(outcome);
  if (!passed_on_) {
    print_output(outcome);
  }
  passed_on_ = false;
}

void TextReporter::print_outcome(const reconcile::ResourceOutcome& outcome) {
  if (options_.summary && is_worth_printing(outcome)) {
    out_(resource_line(outcome, style_), priority_of(outcome.outcome));
  }
}

void TextReporter::run_ended(const reconcile::RunOutcome& outcome) {
  if (outcome.interrupted_by) {
    print_interruption(outcome);
  }
  const auto is_printed = [this](const reconcile::ResourceOutcome* one) {
    return is_worth_printing(*one);
  };
  const bool anything =
      options_.verbosity != Verbosity::quiet || std::ranges::any_of(outcome.all(), is_printed);
  if (options_.summary && anything) {
    out_(totals_line(outcome), Priority::info);
  }
}

bool TextReporter::is_worth_printing(const reconcile::ResourceOutcome& outcome) const {
  if (options_.verbosity != Verbosity::quiet || changed_something(outcome)) {
    return true;
  }
  return outcome.outcome != Outcome::satisfied && outcome.outcome != Outcome::disabled;
}

void TextReporter::print_sources(const reconcile::ResourceOutcome& outcome) {
  const auto print_source = [&](const std::optional<reconcile::TaskRecord>& task) {
    if (task && !task->source.empty()) {
      print(outcome.name, fmt::format("task {} is defined in {}", text::quoted(task->task),
                                      text::neutralised(task->source)));
    }
  };
  print_source(outcome.check);
  print_source(outcome.apply);
  if (outcome.git && outcome.git->signer) {
    const git::Signer& signer = *outcome.git->signer;
    print(outcome.name, fmt::format("git: {} is signed by {} ({})", outcome.git->after.substr(0, 7),
                                    text::neutralised(signer.principal, text::Colours::left_out),
                                    text::neutralised(signer.fingerprint)));
  }
}

void TextReporter::print_output(const reconcile::ResourceOutcome& outcome) {
  if (outcome.output.empty()) {
    return;
  }
  const Priority priority = priority_of(outcome.outcome);
  print(outcome.name,
        fmt::format("last output of {}:", reconcile::name_of(reconcile::phase_of_output(outcome))),
        priority);
  print(outcome.name, outcome.output, priority);
}

void TextReporter::print_notes(const reconcile::ResourceOutcome& outcome) {
  if (outcome.git) {
    for (const std::string& note : outcome.git->notes) {
      print(outcome.name, "git: " + text::neutralised(note));
    }
    // They stay as they are from run to run.
    if (!outcome.git->edited.empty() && is_worth_printing(outcome)) {
      print(outcome.name, "git: " + text::neutralised(outcome.git->edited));
    }
  }
}

void TextReporter::print_interruption(const reconcile::RunOutcome& outcome) {
  std::string line =
      fmt::format("fluke: stopped by {}", process::signal_name(*outcome.interrupted_by));
  if (const std::size_t skipped = outcome.count(Outcome::skipped); skipped > 0) {
    line += fmt::format("; {} not run", text::counted(skipped, "resource was", "resources were"));
  }
  err_(line + '\n', Priority::error);
}

void TextReporter::print(std::string_view name, std::string_view lines, Priority priority) {
  const std::string_view format = options_.colour_err ? "\x1b[34m{}:\x1b[0m " : "{}: ";
  const std::string prefix = fmt::format(fmt::runtime(format), text::neutralised(name));
  const auto colours = options_.colour_err ? text::Colours::kept : text::Colours::left_out;
  printed_.clear();
  text::for_each_line(lines, [&](std::string_view line) {
    // No space before nothing: no line ends in one of ours.
    printed_.append(prefix, 0, prefix.size() - (line.empty() ? 1 : 0));
    if (options_.neutralised_err) {
      printed_ += text::neutralised(line, colours);
    } else {
      printed_ += line;
    }
    printed_ += '\n';
  });
  err_(printed_, priority);
}

}  // namespace report
