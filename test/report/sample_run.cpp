#include "report/sample_run.h"

#include <signal.h>

#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

namespace report {
namespace {

using namespace std::chrono_literals;
using reconcile::Cause;
using reconcile::Outcome;
using reconcile::Phase;
using reconcile::ResourceOutcome;

/// Resources that run one after the other.
class Timeline {
 public:
  ResourceOutcome& add(std::string name, Outcome outcome) {
    ResourceOutcome& resource = run_.resources.emplace_back();
    resource.name = std::move(name);
    resource.type = "mise";
    resource.manifest = "deploy/site.hcl";
    resource.line = 3 * run_.resources.size() - 2;
    resource.working_dir = "/opt/" + resource.name;
    resource.outcome = outcome;
    return resource;
  }

  /// The last resource goes through a phase.
  Timeline& phase(Phase phase, std::chrono::milliseconds duration) {
    ResourceOutcome& resource = run_.resources.back();
    resource.started_at = resource.started_at.value_or(start + now_);
    resource.phases.push_back({.phase = phase, .begin = now_, .duration = duration});
    now_ += duration;
    resource.duration += duration;
    return *this;
  }

  void task(std::optional<reconcile::TaskRecord> ResourceOutcome::*where, Phase phase,
            process::Ending ending, std::chrono::milliseconds duration, std::string output = "") {
    reconcile::TaskRecord& record = (run_.resources.back().*where).emplace();
    record.task = phase == Phase::apply ? "apply" : "check";
    record.source = run_.resources.back().working_dir / ".mise.toml";
    record.ending = std::move(ending);
    record.duration = duration;
    record.output = std::move(output);
    this->phase(phase, duration);
  }

  reconcile::RunOutcome end() {
    run_.started_at = start;
    run_.duration = now_ + 12ms;
    return std::move(run_);
  }

 private:
  static constexpr auto start = std::chrono::sys_days(2026y / 1 / 2) + 3h + 4min + 5s + 999ms;

  reconcile::RunOutcome run_;
  std::chrono::nanoseconds now_{0};
};

void fail(ResourceOutcome& resource, Phase phase, Cause cause, std::string reason,
          std::string output = "") {
  resource.phase = phase;
  resource.cause = cause;
  resource.reason = std::move(reason);
  resource.output = std::move(output);
}

void add_applied(Timeline& timeline) {
  ResourceOutcome& deploy = timeline.add("deploy", Outcome::applied);
  deploy.git = reconcile::GitRecord{.url = "https://deploy:***@example.org/app.git",
                                    .requested = {.name = "main"},
                                    .action = reconcile::GitAction::fast_forwarded,
                                    .before = "4f2a91c4f2a91c4f2a91c4f2a91c4f2a91c4f2a91",
                                    .after = "b77e012b77e012b77e012b77e012b77e012b77e0",
                                    .updated = true,
                                    .duration = 640ms};
  timeline.phase(Phase::lock, 1ms).phase(Phase::sync, 640ms).phase(Phase::tasks, 90ms);
  timeline.task(&ResourceOutcome::check, Phase::check, process::Exited{1}, 210ms,
                "version 41 is running, 42 is wanted\n");
  timeline.task(&ResourceOutcome::apply, Phase::apply, process::Exited{0}, 3100ms,
                "installing version 42\n");
  timeline.task(&ResourceOutcome::verify, Phase::verify, process::Exited{0}, 200ms);
}

void add_satisfied(Timeline& timeline, std::string name) {
  timeline.add(std::move(name), Outcome::satisfied);
  timeline.phase(Phase::lock, 0ms).phase(Phase::tasks, 40ms);
  timeline.task(&ResourceOutcome::check, Phase::check, process::Exited{0}, 180ms);
}

void add_failed_apply(Timeline& timeline, std::string name, const std::string& output) {
  fail(timeline.add(std::move(name), Outcome::failed), Phase::apply, Cause::failed,
       "task \"apply\" exited with status 3", output);
  timeline.phase(Phase::lock, 0ms).phase(Phase::tasks, 60ms);
  timeline.task(&ResourceOutcome::check, Phase::check, process::Exited{1}, 150ms);
  timeline.task(&ResourceOutcome::apply, Phase::apply, process::Exited{3}, 1450ms, output);
}

void add_unverified(Timeline& timeline) {
  const std::string output = "waiting for port 6379\nwaiting for port 6379\n";
  fail(timeline.add("cache", Outcome::failed), Phase::verify, Cause::failed,
       "apply succeeded but the check still fails (task \"check\" exited with status 1, 3 attempts "
       "in 0.40s)",
       output);
  timeline.phase(Phase::lock, 0ms).phase(Phase::tasks, 30ms);
  timeline.task(&ResourceOutcome::check, Phase::check, process::Exited{1}, 50ms);
  timeline.task(&ResourceOutcome::apply, Phase::apply, process::Exited{0}, 700ms,
                "starting the cache\n");
  timeline.task(&ResourceOutcome::verify, Phase::verify, process::Exited{1}, 400ms, output);
}

SampleRun everything() {
  Timeline timeline;
  add_applied(timeline);
  add_satisfied(timeline, "api");
  add_failed_apply(timeline, "worker", "resolving packages\nerror: no space left on device\n");
  timeline.add("reports", Outcome::skipped).reason = "depends on worker, which failed";
  timeline.add("legacy", Outcome::disabled);
  fail(
      timeline.add("metrics", Outcome::failed), Phase::lock, Cause::misconfigured,
      "working directory \"/opt/metrics\" does not exist; create it, or add a git block to have it "
      "cloned");
  timeline.phase(Phase::lock, 0ms);
  add_unverified(timeline);
  return {.info = {.command = "run", .exit_code = 1}, .outcome = timeline.end()};
}

SampleRun check() {
  Timeline timeline;
  add_satisfied(timeline, "api");
  ResourceOutcome& deploy = timeline.add("deploy", Outcome::drifted);
  deploy.reason = "task \"check\" exited with status 1";
  deploy.output = "version 41 is running, 42 is wanted\n";
  timeline.phase(Phase::lock, 0ms).phase(Phase::tasks, 40ms);
  timeline.task(&ResourceOutcome::check, Phase::check, process::Exited{1}, 75ms, deploy.output);
  return {.info = {.command = "check", .exit_code = 2}, .outcome = timeline.end()};
}

SampleRun interrupted() {
  Timeline timeline;
  fail(timeline.add("deploy", Outcome::failed), Phase::apply, Cause::interrupted,
       "interrupted by SIGTERM during apply", "half done\n");
  timeline.phase(Phase::lock, 0ms).phase(Phase::tasks, 40ms);
  timeline.task(&ResourceOutcome::check, Phase::check, process::Exited{1}, 75ms);
  timeline.task(&ResourceOutcome::apply, Phase::apply, process::Cancelled{SIGTERM}, 800ms);
  timeline.add("api", Outcome::skipped).reason = "not reached: interrupted by SIGTERM";
  SampleRun run{.info = {.command = "run", .exit_code = 143}, .outcome = timeline.end()};
  run.outcome.interrupted_by = SIGTERM;
  reconcile::NotificationOutcome sent{
      .name = "chat", .manifest = "deploy/site.hcl", .line = 8, .working_dir = "/opt/ops"};
  sent.task = {.task = "chat", .source = "/opt/ops/mise.toml", .ending = process::Exited{0}};
  reconcile::NotificationOutcome failed = sent;
  failed.name = "<mail>";
  failed.task->ending = process::Exited{7};
  failed.cause = Cause::failed;
  failed.reason = "task \"mail\" exited with status 7";
  failed.output = "no <route> to host\n";
  run.outcome.notifications = {std::move(sent), std::move(failed)};
  return run;
}

SampleRun hostile() {
  Timeline timeline;
  ResourceOutcome& site = timeline.add("site[\"<b>&\\|\"]", Outcome::failed);
  site.manifest = "si,te:%0A<i>.hcl";
  fail(site, Phase::apply, Cause::failed, "task \"<script>alert('x')</script>\" ]]> 100% ::error::",
       "\x1b[31mred\x1b[0m <b>&amp; ]]>\r\n::error file=x::boo\n##[error]boo\ninvalid "
       "\xff\xef\xbf\xbf"
       "\n\n</pre></details>```\n| a | *b* | [c](http://d) |\n");
  timeline.phase(Phase::lock, 0ms).phase(Phase::apply, 10ms);
  return {.info = {.command = "run", .exit_code = 1}, .outcome = timeline.end()};
}

SampleRun invalid() {
  Timeline timeline;
  SampleRun run{.info = {.command = "run", .exit_code = 65}, .outcome = timeline.end()};
  run.file = std::make_unique<diagnostic::SourceFile>(
      "deploy/site.hcl", "mise \"a\" {\n  working_dri = \"<dir>\"\n}\n");
  diagnostic::Diagnostic& error = run.diagnostics.emplace_back();
  error.kind = "unknown-attribute";
  error.summary = "unknown attribute \"working_dri\"";
  error.detail = "a mise block has no such attribute; did you mean \"working_dir\"?";
  error.file = run.file.get();
  error.range = {.begin = 13, .end = 24};
  diagnostic::Diagnostic& warning = run.diagnostics.emplace_back();
  warning.severity = diagnostic::Severity::warning;
  warning.kind = "unreadable";
  warning.summary = "cannot read \"other.hcl\"";
  return run;
}

SampleRun includes() {
  Timeline timeline;
  timeline.add("deploy", Outcome::satisfied);
  timeline.phase(Phase::lock, 0ms);
  timeline.task(&ResourceOutcome::check, Phase::check, process::Exited{0}, 20ms);
  SampleRun run{.info = {.command = "run", .exit_code = 1}, .outcome = timeline.end()};
  const auto add = [&](std::string name, Outcome outcome) -> ResourceOutcome& {
    return run.outcome.includes.emplace_back(ResourceOutcome{.name = name,
                                                             .type = "include",
                                                             .manifest = "host.hcl",
                                                             .line = 1,
                                                             .working_dir = "/srv/" + name,
                                                             .outcome = outcome});
  };
  const auto record = [](std::string before, std::string after) {
    return reconcile::GitRecord{.url = "https://example.org/infra.git",
                                .requested = {.name = "main"},
                                .action = reconcile::GitAction::fast_forwarded,
                                .before = std::move(before),
                                .after = std::move(after),
                                .updated = true};
  };
  ResourceOutcome& infra = add("infra", Outcome::satisfied);
  infra.git = record(std::string(40, 'a'), std::string(40, 'b'));
  infra.phases.push_back({.phase = Phase::sync, .duration = 9ms});
  infra.started_at = run.outcome.started_at;
  infra.duration = 9ms;
  ResourceOutcome& down = add("down", Outcome::failed);
  down.git = record(std::string(40, 'c'), std::string(40, 'c'));
  down.git->action.reset();
  down.git->updated = false;
  fail(down, Phase::sync, Cause::failed,
       "cannot reach the remote; the run goes on with ccccccc, which is checked out",
       "fatal: could not resolve\n");
  add("files", Outcome::satisfied);
  add("off", Outcome::disabled);
  return run;
}

}  // namespace

SampleRun sample_run(std::string_view name) {
  static const std::map<std::string, SampleRun (*)(), std::less<>> samples = {
      {"everything", everything},
      {"check", check},
      {"interrupted", interrupted},
      {"hostile", hostile},
      {"invalid", invalid},
      {"includes", includes},
      {"nothing",
       [] { return SampleRun{.info = {.command = "run"}, .outcome = Timeline().end()}; }},
  };
  const auto found = samples.find(name.substr(0, name.find('\n')));
  if (found == samples.end()) {
    throw std::invalid_argument("no such sample: " + std::string(name));
  }
  SampleRun run = found->second();
  run.info.version = "0.1.0";
  run.info.manifests = {"deploy/site.hcl"};
  run.info.host = "web1";
  run.info.user = "root";
  return run;
}

}  // namespace report
