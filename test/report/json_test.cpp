#include "report/json.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <nlohmann/json.hpp>

namespace report {
namespace {

using namespace std::chrono_literals;
using reconcile::Outcome;
using reconcile::Phase;
using Json = nlohmann::ordered_json;

const RunInfo info = {.version = "0.1.0",
                      .command = "run",
                      .manifests = {"site.hcl"},
                      .host = "web1",
                      .user = "root",
                      .exit_code = 1};

constexpr auto start = std::chrono::sys_days(2026y / 1 / 2) + 3h + 4min + 5s + 678ms;

reconcile::TaskRecord task(std::string name, process::Ending ending,
                           std::chrono::nanoseconds duration) {
  reconcile::TaskRecord record;
  record.task = std::move(name);
  record.source = "/opt/app/.mise.toml";
  record.ending = std::move(ending);
  record.duration = duration;
  return record;
}

reconcile::ResourceOutcome resource(std::string name, Outcome outcome) {
  reconcile::ResourceOutcome resource;
  resource.name = std::move(name);
  resource.type = "mise";
  resource.manifest = "site.hcl";
  resource.line = 12;
  resource.working_dir = "/opt/app";
  resource.outcome = outcome;
  return resource;
}

reconcile::ResourceOutcome applied_resource() {
  reconcile::ResourceOutcome deploy = resource("deploy", Outcome::applied);
  deploy.duration = 3140ms;
  deploy.git.emplace();
  deploy.git->url = "https://example.com/app.git";
  deploy.git->requested.name = "main";
  deploy.git->action = reconcile::GitAction::fast_forwarded;
  deploy.git->before = "4f2a91c";
  deploy.git->after = "b77e012";
  deploy.git->updated = true;
  deploy.git->notes = {R"(submodule "lib" cloned at 89abcde)"};
  deploy.git->edited = R"(local changes are kept: "a")";
  deploy.started_at = start + 10ms;
  deploy.check = task("check", process::Exited{1}, 21ms);
  deploy.check->output = "version 41 is running\n";
  deploy.apply = task("apply", process::Exited{0}, 3100ms);
  deploy.apply->output = "installing\n";
  deploy.verify = task("check", process::Exited{0}, 20ms);
  return deploy;
}

reconcile::RunOutcome run_of(std::vector<reconcile::ResourceOutcome> resources) {
  reconcile::RunOutcome run;
  run.resources = std::move(resources);
  run.started_at = start;
  run.duration = 3300ms;
  return run;
}

Json only_resource(reconcile::ResourceOutcome outcome) {
  return Json::parse(to_json(info, run_of({std::move(outcome)}), {})).at("resources").at(0);
}

TEST(Json, IsOneDocumentWithItsKeysInOrder) {
  reconcile::ResourceOutcome worker = resource("worker", Outcome::failed);
  worker.phase = Phase::lock;
  worker.reason = "/opt/app does not exist";
  EXPECT_EQ(to_json(info, run_of({applied_resource(), worker}), {}), R"({
  "schema": 1,
  "fluke": "0.1.0",
  "command": "run",
  "manifests": [
    "site.hcl"
  ],
  "host": "web1",
  "user": "root",
  "started_at": "2026-01-02T03:04:05Z",
  "duration_ms": 3300,
  "exit_code": 1,
  "summary": {
    "total": 2,
    "satisfied": 0,
    "applied": 1,
    "drifted": 0,
    "failed": 1,
    "skipped": 0,
    "disabled": 0
  },
  "other_hosts": 0,
  "includes": [],
  "resources": [
    {
      "name": "deploy",
      "type": "mise",
      "task": null,
      "description": null,
      "manifest": "site.hcl",
      "line": 12,
      "working_dir": "/opt/app",
      "outcome": "applied",
      "phase": null,
      "reason": null,
      "started_at": "2026-01-02T03:04:05.688Z",
      "duration_ms": 3140,
      "git": {
        "url": "https://example.com/app.git",
        "branch": "main",
        "requested": {
          "kind": "branch",
          "name": "main"
        },
        "action": "fast-forwarded",
        "before": "4f2a91c",
        "after": "b77e012",
        "signer": null,
        "updated": true,
        "notes": [
          "submodule \"lib\" cloned at 89abcde",
          "local changes are kept: \"a\""
        ]
      },
      "check": {
        "task": "check",
        "source": "/opt/app/.mise.toml",
        "exit_code": 1,
        "signal": null,
        "duration_ms": 21,
        "output": "version 41 is running\n"
      },
      "apply": {
        "task": "apply",
        "exit_code": 0,
        "signal": null,
        "duration_ms": 3100,
        "output": "installing\n"
      },
      "verify": {
        "task": "check",
        "exit_code": 0,
        "signal": null,
        "duration_ms": 20,
        "output": null,
        "attempts": 1
      },
      "output": null
    },
    {
      "name": "worker",
      "type": "mise",
      "task": null,
      "description": null,
      "manifest": "site.hcl",
      "line": 12,
      "working_dir": "/opt/app",
      "outcome": "failed",
      "phase": "lock",
      "reason": "/opt/app does not exist",
      "started_at": null,
      "duration_ms": 0,
      "git": null,
      "check": null,
      "apply": null,
      "verify": null,
      "output": null
    }
  ],
  "notifications": [],
  "diagnostics": []
}
)");
}

TEST(Json, OfARunThatNeverBeganHasDiagnosticsAndNoResources) {
  const diagnostic::SourceFile file("site.hcl", "mise \"a\" {\n  wörking_dri = 1\n}\n");
  diagnostic::Diagnostics diagnostics(2);
  diagnostics[0].kind = "unknown-attribute";
  diagnostics[0].summary = "unknown attribute \"wörking_dri\"";
  diagnostics[0].detail = "a mise block has no such attribute";
  diagnostics[0].file = &file;
  diagnostics[0].range = {.begin = 13, .end = 25};
  diagnostics[1].severity = diagnostic::Severity::warning;
  diagnostics[1].summary = "cannot read other.hcl";
  const RunInfo nothing_named = {.version = "0.1.0", .exit_code = 65};
  EXPECT_EQ(to_json(nothing_named, run_of({}), diagnostics), R"({
  "schema": 1,
  "fluke": "0.1.0",
  "command": null,
  "manifests": [],
  "host": null,
  "user": null,
  "started_at": "2026-01-02T03:04:05Z",
  "duration_ms": 3300,
  "exit_code": 65,
  "summary": {
    "total": 0,
    "satisfied": 0,
    "applied": 0,
    "drifted": 0,
    "failed": 0,
    "skipped": 0,
    "disabled": 0
  },
  "other_hosts": 0,
  "includes": [],
  "resources": [],
  "notifications": [],
  "diagnostics": [
    {
      "severity": "error",
      "kind": "unknown-attribute",
      "summary": "unknown attribute \"wörking_dri\"",
      "detail": "a mise block has no such attribute",
      "file": "site.hcl",
      "range": {
        "start": {
          "line": 2,
          "column": 3,
          "byte": 13
        },
        "end": {
          "line": 2,
          "column": 14,
          "byte": 25
        }
      }
    },
    {
      "severity": "warning",
      "kind": null,
      "summary": "cannot read other.hcl",
      "detail": null,
      "file": null,
      "range": null
    }
  ]
}
)");
}

TEST(Json, TellsHowATaskEnded) {
  struct Row {
    const char* name;
    process::Ending ending;
    const char* expected;
  };
  const Row rows[] = {
      {"exited", process::Exited{127}, R"({"exit_code":127,"signal":null})"},
      {"killed", process::Signalled{SIGKILL}, R"({"exit_code":null,"signal":9})"},
      {"timed out", process::TimedOut{}, R"({"exit_code":null,"signal":null})"},
      {"stopped", process::Cancelled{SIGINT}, R"({"exit_code":null,"signal":null})"},
      {"not started", process::NotStarted{}, R"({"exit_code":null,"signal":null})"},
  };
  for (const Row& row : rows) {
    reconcile::ResourceOutcome outcome = resource("a", Outcome::failed);
    outcome.check = task("check", row.ending, 0ms);
    const Json check = only_resource(outcome).at("check");
    const Json ending = {{"exit_code", check.at("exit_code")}, {"signal", check.at("signal")}};
    EXPECT_EQ(ending.dump(), row.expected) << row.name;
  }
}

TEST(Json, NamesEveryOutcomeAndPhase) {
  for (const Outcome outcome : {Outcome::satisfied, Outcome::applied, Outcome::drifted,
                                Outcome::failed, Outcome::skipped, Outcome::disabled}) {
    const Json document = Json::parse(to_json(info, run_of({resource("a", outcome)}), {}));
    EXPECT_EQ(document.at("resources").at(0).at("outcome"), reconcile::name_of(outcome));
    EXPECT_EQ(document.at("summary").at(std::string(reconcile::name_of(outcome))), 1);
    EXPECT_EQ(document.at("summary").at("total"), 1);
  }
  for (const Phase phase :
       {Phase::lock, Phase::sync, Phase::tasks, Phase::check, Phase::apply, Phase::verify}) {
    reconcile::ResourceOutcome failed = resource("a", Outcome::failed);
    failed.phase = phase;
    EXPECT_EQ(only_resource(failed).at("phase"), reconcile::name_of(phase));
  }
}

TEST(Json, HasNullForWhatGitDidNotTell) {
  reconcile::ResourceOutcome outcome = resource("a", Outcome::failed);
  outcome.git.emplace();
  outcome.git->url = "https://example.com/app.git";
  outcome.git->requested.name = "main";
  EXPECT_EQ(
      only_resource(outcome).at("git").dump(),
      R"({"url":"https://example.com/app.git","branch":"main","requested":{"kind":"branch","name":"main"},"action":null,"before":null,"after":null,"signer":null,"updated":false,"notes":[]})");
}

TEST(Json, NamesWhatIsFollowedAndWhoSigned) {
  reconcile::ResourceOutcome outcome = resource("a", Outcome::satisfied);
  outcome.git.emplace();
  outcome.git->requested = {.kind = git::Revision::Kind::tag, .name = "v1.2"};
  outcome.git->signer = {.principal = "alice@example.org", .fingerprint = "SHA256:abc"};
  const auto git = only_resource(outcome).at("git");
  EXPECT_EQ(git.at("branch").dump(), "null");
  EXPECT_EQ(git.at("requested").dump(), R"({"kind":"tag","name":"v1.2"})");
  EXPECT_EQ(git.at("signer").dump(),
            R"({"principal":"alice@example.org","fingerprint":"SHA256:abc"})");
}

TEST(Json, CountsTheAttemptsOfVerify) {
  reconcile::ResourceOutcome outcome = applied_resource();
  outcome.verify->attempts = 3;
  EXPECT_EQ(only_resource(outcome).at("verify").at("attempts"), 3);
}

TEST(Json, HoldsNoBytesThatAreNotUtf8AndNoEscapeSequences) {
  reconcile::ResourceOutcome outcome = resource("a\xff", Outcome::failed);
  outcome.working_dir = "/opt/\xff";
  outcome.reason = "cannot enter /opt/\xff";
  outcome.output = "half \xe2\x82\n\x1b[31mred\x1b[2J";
  outcome.check.emplace().output = outcome.output;
  outcome.git.emplace().notes = {"\x1b[31mnote"};
  const Json json = only_resource(outcome);
  EXPECT_EQ(json.at("name"), "a\uFFFD");
  EXPECT_EQ(json.at("working_dir"), "/opt/\uFFFD");
  EXPECT_EQ(json.at("reason"), R"(cannot enter /opt/\xff)");
  EXPECT_EQ(json.at("output"), "half \\xe2\\x82\nred\\x1b[2J");
  EXPECT_EQ(json.at("check").at("output"), json.at("output"));
  EXPECT_EQ(json.at("git").at("notes").at(0), "note");

  const Json diagnostic = diagnostic_as_json({.summary = "a\x1b[1mb", .detail = "\x1b]0;c"});
  EXPECT_EQ(diagnostic.at("summary"), "ab");
  EXPECT_EQ(diagnostic.at("detail"), R"(\x1b]0;c)");

  RunInfo foreign = info;
  foreign.manifests = {"si\xffte.hcl"};
  EXPECT_EQ(Json::parse(to_json(foreign, run_of({}), {})).at("manifests").at(0), "si\uFFFDte.hcl");
}

TEST(Json, RoundsDurationsToMilliseconds) {
  reconcile::ResourceOutcome outcome = resource("a", Outcome::satisfied);
  outcome.duration = 1'600us;
  EXPECT_EQ(only_resource(outcome).at("duration_ms"), 2);
}

}  // namespace
}  // namespace report
