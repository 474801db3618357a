#include "reconcile/engine.h"

#include <errno.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "executor/mise/settings.h"
#include "reconcile/site.h"

namespace reconcile {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

using testing::Site;

const process::Ending killed = process::Signalled{.signal = 9};
const std::string check_was_killed =
    R"(failed, phase check, cause failed: task "check" was killed by signal 9 (SIGKILL))";

TEST(Reconcile, WalksTheResourcesInOrder) {
  Site site({"database", "app"});
  const RunOutcome outcome = site.run();
  EXPECT_EQ(testing::dump(outcome), "database: satisfied\napp: satisfied\n");
  EXPECT_EQ(site.observer.events, R"(database: started
database: lock begins
database: lock ends
database: tasks begins
database: tasks ends
database: check begins
database: check | output of check
database: check ends
database: satisfied
app: started
app: lock begins
app: lock ends
app: tasks begins
app: tasks ends
app: check begins
app: check | output of check
app: check ends
app: satisfied
run of 2 ended
)");
  EXPECT_EQ(outcome.interrupted_by, std::nullopt);
  EXPECT_GT(outcome.started_at.time_since_epoch().count(), 0);
  EXPECT_GT(outcome.duration.count(), 0);
}

TEST(Reconcile, NotesWhenEachResourceWasBegun) {
  Site site({"database", "app", "skipped"});
  site.resources[2].enabled = false;
  const RunOutcome outcome = site.run();
  EXPECT_GE(outcome.resources[0].started_at, outcome.started_at);
  EXPECT_GE(outcome.resources[1].started_at,
            *outcome.resources[0].started_at + outcome.resources[0].duration);
  EXPECT_EQ(outcome.resources[2].started_at, std::nullopt);
}

TEST(Reconcile, EndsARunOfNothing) {
  Site site({});
  EXPECT_EQ(testing::dump(site.run()), "");
  EXPECT_EQ(site.observer.events, "run of 0 ended\n");
}

TEST(Reconcile, LeavesADisabledResourceAlone) {
  Site site({"app", "api"});
  site.resources[0].enabled = false;
  site.resources[1].depends_on = {"app"};
  EXPECT_EQ(testing::dump(site.run()), "app: disabled\napi: satisfied\n");
  EXPECT_TRUE(site.observer.events.starts_with("app: disabled\napi: started\n"));
}

TEST(Reconcile, GoesOnAfterAFailureExceptWithDependents) {
  Site site({"worker", "app", "api", "reports"});
  site.let_check_end("worker", killed);
  site.resources[1].depends_on = {"worker"};
  site.resources[2].depends_on = {"app"};
  EXPECT_EQ(testing::dump(site.run()), "worker: " + check_was_killed + R"(
app: skipped: depends on worker, which failed
api: skipped: depends on app, which was skipped
reports: satisfied
)");
  EXPECT_TRUE(site.observer.events.find("app: skipped\napi: skipped\nreports: started\n") !=
              std::string::npos);
}

TEST(Reconcile, TakesADependencyThatIsNotInTheRunAsMet) {
  Site site({"app"});
  site.resources[0].depends_on = {"database"};
  EXPECT_EQ(testing::dump(site.run()), "app: satisfied\n");
}

TEST(Reconcile, TakesADriftedDependencyAsMet) {
  Site site({"database", "app"});
  site.options.mode = Mode::check;
  site.let_check_end("database", process::Exited{.code = 1});
  site.resources[1].depends_on = {"database"};
  EXPECT_EQ(testing::dump(site.run()),
            "database: drifted: task \"check\" exited with status 1\napp: satisfied\n");
}

TEST(Reconcile, SkipsTheRestAfterAFailureWithFailFast) {
  Site site({"database", "worker", "app", "off", "api"});
  site.options.fail_fast = true;
  site.let_check_end("worker", killed);
  site.resources[2].depends_on = {"worker"};
  site.resources[3].enabled = false;
  EXPECT_EQ(testing::dump(site.run()), "database: satisfied\nworker: " + check_was_killed + R"(
app: skipped: depends on worker, which failed
off: disabled
api: skipped: not reached: worker failed and --fail-fast is set
)");
}

TEST(Reconcile, SkipsTheRestWhenInterrupted) {
  Site site({"worker", "app", "off"});
  site.options.fail_fast = true;
  site.resources[1].depends_on = {"worker"};
  site.resources[2].enabled = false;
  site.runner.on_run = [](const std::string&, const std::string&) -> process::Ending {
    testing::Signals::send_sigterm();
    return process::Cancelled{.signal = 15};
  };
  const RunOutcome outcome = site.run();
  EXPECT_EQ(testing::dump(outcome),
            R"(worker: failed, phase check, cause interrupted: interrupted by SIGTERM during check
app: skipped: not reached: interrupted by SIGTERM
off: disabled
)");
  EXPECT_EQ(outcome.interrupted_by, 15);
}

TEST(Reconcile, SaysThatMiseIsMissingBeforeAnythingIsDone) {
  Site site({"app"});
  site.mise.reset();
  site.resources[0].git = manifest::GitSource{.url = "file:///repo", .revision = {.name = "main"}};
  EXPECT_TRUE(testing::dump(site.run())
                  .starts_with("app: failed, phase tasks, cause program_missing: mise was not "
                               "found; looked on PATH"));
  EXPECT_EQ(site.observer.events, "app: started\napp: failed\nrun of 1 ended\n");
}

TEST(Reconcile, SaysThatGitIsMissingOnlyWhereItIsNeeded) {
  Site site({"app", "api"});
  site.resources[0].git = manifest::GitSource{.url = "file:///repo", .revision = {.name = "main"}};
  EXPECT_EQ(testing::dump(site.run()),
            "app: failed, phase sync, cause program_missing: git was not found on PATH; install it "
            "or name it with --git\napi: satisfied\n");
  EXPECT_EQ(site.runner.calls, "api: tasks ls --json --hidden\napi: run check\n");
}

TEST(Reconcile, RunsNeitherTaskWhereOneIsMissing) {
  Site site({"app"});
  site.runner.tasks = {"check", "deploy"};
  EXPECT_EQ(testing::dump(site.run()),
            R"(app: failed, phase tasks, cause misconfigured: task "apply" does not exist in ")" +
                site.resources[0].working_dir.string() + "\"; tasks there: check, deploy\n");
  EXPECT_EQ(site.runner.calls, "app: tasks ls --json --hidden\napp: run --dry-run apply\n");
}

TEST(Reconcile, RunsATaskThatTheListDoesNotShowAndMiseKnows) {
  Site site({"app"});
  site.runner.tasks = {"check", "apply"};
  site.runner.unlisted = {"check.prod"};
  auto settings = std::make_shared<mise::Settings>();
  settings->check_task = "check.prod";
  site.resources[0].settings = settings;
  const RunOutcome outcome = site.run();
  EXPECT_EQ(testing::dump(outcome), "app: satisfied\n");
  EXPECT_EQ(site.runner.calls,
            "app: tasks ls --json --hidden\napp: run --dry-run check.prod\n"
            "app: run check.prod\n");
  EXPECT_EQ(outcome.resources[0].check->source, "");
}

TEST(Reconcile, RunsTasksThatMiseCannotListAndRunsAllTheSame) {
  Site site({"app"});
  site.runner.tasks_ending = process::Exited{.code = 1};
  site.runner.runs_unlisted = true;
  EXPECT_EQ(testing::dump(site.run()), "app: satisfied\n");
}

TEST(Reconcile, DoesNotTakeACheckThatMiseRefusesForDrift) {
  for (const Mode mode : {Mode::run, Mode::check}) {
    Site site({"app"});
    site.options.mode = mode;
    site.runner.refused = {"check"};
    site.let_check_end("app", process::Exited{.code = 1});
    EXPECT_EQ(testing::dump(site.run()),
              "app: failed, phase check, cause misconfigured: mise refuses to run the task: \"mise "
              "run --dry-run check\" in \"" +
                  site.resources[0].working_dir.string() + "\" exited with status 1\n");
    EXPECT_EQ(site.runner.calls,
              "app: tasks ls --json --hidden\napp: run check\napp: run --dry-run check\n");
  }
}

TEST(Reconcile, AsksForTheTasksOfADirectoryOnceForEachEnvironment) {
  Site site({"app", "api", "worker"});
  site.resources[1].working_dir = site.resources[2].working_dir = site.resources[0].working_dir;
  site.resources[1].env = {{"MISE_ENV", "production"}};
  static_cast<void>(site.run());
  EXPECT_EQ(site.runner.calls, R"(app: tasks ls --json --hidden
app: run check
app: tasks ls --json --hidden
app: run check
app: run check
)");
}

TEST(Reconcile, AsksForTheTasksOfADirectoryOnce) {
  Site site({"app", "api"});
  site.resources[1].working_dir = site.resources[0].working_dir;
  static_cast<void>(site.run());
  EXPECT_EQ(site.runner.calls, "app: tasks ls --json --hidden\napp: run check\napp: run check\n");
}

TEST(Reconcile, AsksForTheTasksAgainAfterAnApplyAnywhere) {
  Site site({"app", "worker", "api"});
  site.resources[2].working_dir = site.resources[0].working_dir;
  int checks = 0;
  site.runner.on_run = [&](const std::string& directory, const std::string& task) {
    const bool drifted = directory == "worker" && task == "check" && ++checks == 1;
    return process::Exited{.code = drifted ? 1 : 0};
  };
  EXPECT_EQ(testing::dump(site.run()), "app: satisfied\nworker: applied\napi: satisfied\n");
  EXPECT_EQ(site.runner.calls, R"(app: tasks ls --json --hidden
app: run check
worker: tasks ls --json --hidden
worker: run check
worker: run --dry-run check
worker: run apply
worker: run check
app: tasks ls --json --hidden
app: run check
)");
}

bool holds(const process::Command& command, const std::string& entry) {
  return std::ranges::find(command.environment, entry) != command.environment.end();
}

TEST(Reconcile, GivesEachQuestionAndEachTaskTheResourcesEnvironmentAndDeadline) {
  Site site({"app"});
  site.environment.set("HOME", "/root");
  site.environment.set("GIT_DIR", "/somewhere/.git");
  site.resources[0].env = {{"NODE_ENV", "production"}};
  site.resources[0].timeout = 5s;
  site.let_check_end("app", process::Exited{.code = 1});
  static_cast<void>(site.run());
  ASSERT_EQ(site.runner.commands.size(), 5U);
  for (const process::Command& command : site.runner.commands) {
    EXPECT_TRUE(holds(command, "NODE_ENV=production"));
    EXPECT_TRUE(holds(command, "HOME=/root"));
    EXPECT_FALSE(holds(command, "GIT_DIR=/somewhere/.git"));
    EXPECT_EQ(command.deadline, 5s);
  }
}

TEST(Reconcile, SetsNoDeadlineWhereItIsZero) {
  Site site({"app"});
  site.options.timeout = 0ms;
  static_cast<void>(site.run());
  for (const process::Command& command : site.runner.commands) {
    EXPECT_EQ(command.deadline, std::nullopt);
  }
}

TEST(Reconcile, TellsTheFileThatDefinesEachTask) {
  Site site({"app"});
  const RunOutcome outcome = site.run();
  EXPECT_EQ(outcome.resources[0].check->task, "check");
  EXPECT_EQ(outcome.resources[0].check->source,
            site.resources[0].working_dir.string() + "/mise.toml");
}

struct MiseCase {
  const char* name;
  process::Ending ending;
  Cause cause;
};

TEST(Reconcile, TellsWhyMiseDidNotListItsTasks) {
  const MiseCase cases[] = {
      {"configuration", process::Exited{.code = 1}, Cause::misconfigured},
      {"not started", process::NotStarted{.operation = "posix_spawn", .error = ENOENT},
       Cause::program_missing},
      {"timed out", process::TimedOut{.deadline = 5s}, Cause::failed},
      {"cancelled", process::Cancelled{.signal = 15}, Cause::interrupted},
  };
  for (const MiseCase& row : cases) {
    Site site({"app"});
    site.runner.tasks_ending = row.ending;
    const ResourceOutcome outcome = site.run().resources.at(0);
    EXPECT_EQ(outcome.phase, Phase::tasks) << row.name;
    EXPECT_EQ(outcome.cause, row.cause) << row.name;
    EXPECT_NE(outcome.reason, "") << row.name;
    EXPECT_TRUE(site.runner.calls.starts_with("app: tasks ls --json --hidden\n")) << row.name;
    EXPECT_EQ(site.runner.calls.find("app: run check"), std::string::npos) << row.name;
  }
}

}  // namespace
}  // namespace reconcile
