#include "reconcile/harness.h"

#include <fmt/format.h>
#include <signal.h>

#include <memory>
#include <utility>

#include "executor/mise/settings.h"
#include "executor/mise/type.h"
#include "text/duration.h"
#include "text/lines.h"

namespace reconcile::testing {
namespace {

std::string_view name_of(Cause cause) {
  switch (cause) {
    case Cause::failed:
      return "failed";
    case Cause::misconfigured:
      return "misconfigured";
    case Cause::program_missing:
      return "program_missing";
    case Cause::locked:
      return "locked";
    case Cause::interrupted:
      return "interrupted";
  }
  return "";
}

}  // namespace

bool FakeClock::pause(std::chrono::milliseconds duration) {
  pauses_.push_back(duration);
  if (on_pause && !on_pause()) {
    return false;
  }
  now_ += duration;
  return true;
}

std::string FakeClock::pauses() const {
  std::vector<std::string> texts;
  for (const std::chrono::milliseconds pause : pauses_) {
    texts.push_back(text::format_duration(pause));
  }
  return fmt::format("{}", fmt::join(texts, " "));
}

void RecordingObserver::resource_started(const manifest::Resource& resource) {
  events += fmt::format("{}: started\n", resource.name);
}

void RecordingObserver::phase_started(const manifest::Resource& resource, Phase phase) {
  events += fmt::format("{}: {} begins\n", resource.name, reconcile::name_of(phase));
  if (on_phase) {
    on_phase(phase);
  }
}

void RecordingObserver::output_lines(const manifest::Resource& resource, Phase phase,
                                     std::string_view lines) {
  text::for_each_line(lines, [&](std::string_view line) {
    events += fmt::format("{}: {} | {}\n", resource.name, reconcile::name_of(phase), line);
  });
}

void RecordingObserver::phase_ended(const manifest::Resource& resource, Phase phase) {
  events += fmt::format("{}: {} ends\n", resource.name, reconcile::name_of(phase));
}

void RecordingObserver::resource_ended(const ResourceOutcome& outcome) {
  events += fmt::format("{}: {}\n", outcome.name, reconcile::name_of(outcome.outcome));
}

void RecordingObserver::run_ended(const RunOutcome& outcome) {
  events += fmt::format("run of {} ended\n", outcome.resources.size());
}

tl::expected<void, Failure> FakeExecutor::prepare() {
  calls += "prepare ";
  if (not_ready) {
    return tl::unexpected(*not_ready);
  }
  return {};
}

Executor::Ran FakeExecutor::check(const process::LineSink& on_line) {
  calls += "check ";
  on_line("checking");
  if (on_check) {
    on_check();
  }
  process::Ending ending = checks.front();
  if (checks.size() > 1) {
    checks.pop_front();
  }
  return {.record = {.task = "check", .ending = ending, .output = "checking\n"},
          .result = result_of(ending, unknown)};
}

tl::expected<void, Failure> FakeExecutor::confirm(const TaskRecord&) {
  if (not_confirmed) {
    return tl::unexpected(*not_confirmed);
  }
  return {};
}

Executor::Ran FakeExecutor::apply(const process::LineSink& on_line) {
  calls += "apply ";
  on_line("applying");
  if (on_apply) {
    on_apply();
  }
  return {.record = {.task = "apply", .ending = apply_ending, .output = apply_output},
          .is_cut = apply_output_is_cut};
}

Signals::Signals() : cancellation_(process::Cancellation::create().value()) {}

Signals::~Signals() {
  static_cast<void>(cancellation_.requested());
}

void Signals::send_sigterm() {
  raise(SIGTERM);
}

manifest::Resource resource(std::string name, std::filesystem::path working_dir) {
  manifest::Resource resource;
  resource.name = std::move(name);
  resource.working_dir = std::move(working_dir);
  resource.type = &mise::resource_type();
  resource.settings = std::make_shared<mise::Settings>();
  resource.settle = std::chrono::milliseconds(0);
  return resource;
}

std::string dump(const ResourceOutcome& outcome) {
  std::string text(reconcile::name_of(outcome.outcome));
  if (outcome.phase) {
    text += fmt::format(", phase {}", reconcile::name_of(*outcome.phase));
  }
  if (outcome.cause) {
    text += fmt::format(", cause {}", name_of(*outcome.cause));
  }
  if (!outcome.reason.empty()) {
    text += ": " + outcome.reason;
  }
  return text;
}

std::string dump(const RunOutcome& outcome) {
  std::string text;
  for (const ResourceOutcome& resource : outcome.resources) {
    text += fmt::format("{}: {}\n", resource.name, dump(resource));
  }
  return text;
}

}  // namespace reconcile::testing
