// What the client asks of a runner and makes of the answers.
#include "executor/mise/client.h"

#include <errno.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>

#include "support/fake_runner.h"

namespace {

using mise::Cause;
using process::Environment;
using process::Result;
using support::FakeRunner;

class ClientTest : public testing::Test {
 protected:
  [[nodiscard]] mise::Client client() {
    return mise::Client(runner_, "/opt/bin/mise", environment_);
  }

  /// The message and the output of the failure that `answer` leads to.
  [[nodiscard]] mise::Error failure(Result answer) {
    runner_.answer("tasks ls", std::move(answer));
    const auto tasks = client().tasks({.directory = "/srv/app"}, std::nullopt);
    EXPECT_FALSE(tasks);
    return tasks ? mise::Error{} : tasks.error();
  }

  [[nodiscard]] bool was_given(const std::string& entry) const {
    const std::vector<std::string>& given = runner_.commands().back().environment;
    return std::ranges::find(given, entry) != given.end();
  }

  [[nodiscard]] bool was_given_any(std::string_view name) const {
    const std::vector<std::string>& given = runner_.commands().back().environment;
    return std::ranges::any_of(given, [name](const std::string& entry) {
      return entry.starts_with(std::string(name) + "=");
    });
  }

  void ask_for_tasks() {
    runner_.answer("tasks ls", {.ending = process::Exited{0}, .output = "[]"});
    EXPECT_TRUE(client().tasks({.directory = "/srv/app"}, std::nullopt));
  }

  void run_check(const std::vector<std::pair<std::string, std::string>>& variables = {}) {
    runner_.answer("run check", {.ending = process::Exited{0}});
    static_cast<void>(
        client().run({"/srv/app", variables, {"/srv/app"}}, "check", std::nullopt, {}));
  }

  Environment environment_;
  FakeRunner runner_;
};

TEST_F(ClientTest, AsksForTheListInTheDirectory) {
  runner_.answer("mise tasks ls --json --hidden", {.ending = process::Exited{0}, .output = "[]"});
  EXPECT_TRUE(client().tasks({.directory = "/srv/app"}, std::chrono::seconds(5)));
  const process::Command& command = runner_.commands().back();
  EXPECT_EQ(command.program, "/opt/bin/mise");
  EXPECT_EQ(command.working_dir, "/srv/app");
  EXPECT_EQ(command.streams, process::Streams::separate);
  EXPECT_EQ(command.deadline, std::chrono::seconds(5));
}

TEST_F(ClientTest, RunsTheTaskAndPassesItsLinesOn) {
  runner_.answer("mise run two words", {.ending = process::Exited{3}, .output = "a\nb\n"});
  std::vector<std::string> lines;
  const Result result =
      client().run({.directory = "/srv/app"}, "two words", std::chrono::seconds(5),
                   [&lines](std::string_view line) { lines.emplace_back(line); });
  EXPECT_EQ(describe(result.ending), "exited with status 3");
  EXPECT_EQ(lines, (std::vector<std::string>{"a\nb\n"}));
  const process::Command& command = runner_.commands().back();
  EXPECT_EQ(command.arguments, (std::vector<std::string>{"run", "two words"}));
  EXPECT_EQ(command.working_dir, "/srv/app");
  EXPECT_EQ(command.streams, process::Streams::merged);
  EXPECT_EQ(command.deadline, std::chrono::seconds(5));
}

TEST_F(ClientTest, TrustsTheDirectoryBesidesWhatTheUserTrusts) {
  environment_.set("MISE_TRUSTED_CONFIG_PATHS", "/home/me/src");
  run_check();
  EXPECT_TRUE(was_given("MISE_TRUSTED_CONFIG_PATHS=/home/me/src:/srv/app"));
}

TEST_F(ClientTest, TrustsNothingThatItIsNotTold) {
  ask_for_tasks();
  EXPECT_FALSE(was_given_any("MISE_TRUSTED_CONFIG_PATHS"));
}

TEST_F(ClientTest, TrustsTheSamePathsBesideThoseOfTheResource) {
  run_check({{"MISE_TRUSTED_CONFIG_PATHS", "/srv/shared"}});
  EXPECT_TRUE(was_given("MISE_TRUSTED_CONFIG_PATHS=/srv/shared:/srv/app"));
}

TEST_F(ClientTest, TellsTheDirectoryAsAShellDoes) {
  environment_.set("PWD", "/where/fluke/was/called");
  run_check();
  EXPECT_TRUE(was_given("PWD=/srv/app"));
}

TEST_F(ClientTest, AddsTheVariablesOfTheResource) {
  environment_.set("STAGE", "test");
  run_check({{"STAGE", "production"}, {"COLOUR", "blue"}});
  EXPECT_TRUE(was_given("STAGE=production"));
  EXPECT_TRUE(was_given("COLOUR=blue"));
}

TEST_F(ClientTest, LeavesOutWhatAnOuterTaskSaysOfItself) {
  const std::vector<std::string> about_the_task = {
      "MISE_TASK_NAME",   "MISE_TASK_FILE",    "MISE_TASK_DIR",
      "MISE_TASK_COLOR",  "MISE_TASK_TIMINGS", "MISE_TASK_PGID_MANAGED",
      "MISE_CONFIG_ROOT", "MISE_PROJECT_ROOT", "MISE_ORIGINAL_CWD"};
  for (const std::string& name : about_the_task) {
    environment_.set(name, "x");
  }
  run_check();
  for (const std::string& name : about_the_task) {
    EXPECT_FALSE(was_given_any(name)) << name;
  }
}

TEST_F(ClientTest, KeepsWhatAUserSteersMiseWith) {
  for (const char* name : {"MISE_ENV", "MISE_DATA_DIR", "MISE_CONFIG_DIR", "MISE_TASK_TIMINGS"}) {
    environment_.set(name, "x");
  }
  run_check();
  for (const char* name : {"MISE_ENV", "MISE_DATA_DIR", "MISE_CONFIG_DIR", "MISE_TASK_TIMINGS"}) {
    EXPECT_TRUE(was_given_any(name)) << name;
  }
}

TEST_F(ClientTest, SaysThatTheConfigurationCannotBeRead) {
  const mise::Error error =
      failure({.ending = process::Exited{1}, .error_output = "Invalid TOML\n"});
  EXPECT_EQ(error.cause, Cause::bad_config);
  EXPECT_EQ(error.message,
            "mise cannot read the configuration here: \"mise tasks ls --json --hidden\" in "
            "\"/srv/app\" exited with status 1");
  EXPECT_EQ(error.output, "Invalid TOML\n");
}

TEST_F(ClientTest, SaysThatMiseWasKilled) {
  const mise::Error error = failure({.ending = process::Signalled{SIGKILL}});
  EXPECT_EQ(error.cause, Cause::bad_config);
  EXPECT_EQ(error.message,
            "\"mise tasks ls --json --hidden\" in \"/srv/app\" was killed by signal 9 (SIGKILL)");
}

TEST_F(ClientTest, SaysThatMiseCannotBeStarted) {
  const mise::Error error =
      failure({.ending = process::NotStarted{"posix_spawn", ENOENT, "/opt/bin/mise"}});
  EXPECT_EQ(error.cause, Cause::not_started);
  EXPECT_EQ(error.message, "mise could not be started: /opt/bin/mise: No such file or directory");
}

TEST_F(ClientTest, SaysThatTheDirectoryCannotBeEntered) {
  const mise::Error error = failure({.ending = process::NotStarted{"chdir", EACCES, "/srv/app"}});
  EXPECT_EQ(error.cause, Cause::bad_config);
  EXPECT_EQ(error.message, "mise could not be started: cannot enter /srv/app: Permission denied");
}

TEST_F(ClientTest, SaysThatTheDeadlinePassed) {
  const mise::Error error = failure({.ending = process::TimedOut{std::chrono::seconds(5)}});
  EXPECT_EQ(error.cause, Cause::timed_out);
  EXPECT_EQ(error.message,
            "\"mise tasks ls --json --hidden\" in \"/srv/app\" ran past its deadline of 5s");
}

TEST_F(ClientTest, SaysThatItWasStopped) {
  const mise::Error error = failure({.ending = process::Cancelled{SIGINT}});
  EXPECT_EQ(error.cause, Cause::cancelled);
  EXPECT_EQ(error.message,
            "\"mise tasks ls --json --hidden\" in \"/srv/app\" was stopped by SIGINT");
}

TEST_F(ClientTest, ShowsTheBeginningOfAnAnswerThatIsNonsense) {
  const mise::Error error =
      failure({.ending = process::Exited{0}, .output = "Welcome!\n" + std::string(100, '.')});
  EXPECT_EQ(error.cause, Cause::unexpected_answer);
  EXPECT_EQ(error.message,
            "\"/opt/bin/mise\" does not answer as mise does: \"mise tasks ls --json --hidden\" "
            "printed \"Welcome!\\n" +
                std::string(71, '.') + "\"…");
}

TEST_F(ClientTest, SaysThatTheAnswerIsEmpty) {
  EXPECT_EQ(failure({.ending = process::Exited{0}}).message,
            "\"/opt/bin/mise\" does not answer as mise does: \"mise tasks ls --json --hidden\" "
            "printed nothing");
}

TEST_F(ClientTest, SaysThatTheAnswerIsTooLong) {
  EXPECT_EQ(
      failure({.ending = process::Exited{0}, .output = "[]", .output_truncated = true}).message,
      "\"/opt/bin/mise\" does not answer as mise does: \"mise tasks ls --json --hidden\" "
      "printed more than 4 MiB");
}

TEST_F(ClientTest, AsksWhetherMiseWouldRunATask) {
  runner_.answer("mise run --dry-run a.b", {.ending = process::Exited{0}});
  EXPECT_TRUE(client().would_run({.directory = "/srv/app"}, "a.b", std::nullopt));
}

TEST_F(ClientTest, SaysThatMiseRefusesToRunATask) {
  runner_.answer("run --dry-run",
                 {.ending = process::Exited{1}, .error_output = "no task a.b found\n"});
  const auto answer = client().would_run({.directory = "/srv/app"}, "a.b", std::nullopt);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().cause, Cause::bad_config);
  EXPECT_EQ(answer.error().message,
            "mise refuses to run the task: \"mise run --dry-run a.b\" in \"/srv/app\" exited with "
            "status 1");
  EXPECT_EQ(answer.error().output, "no task a.b found\n");
}

TEST_F(ClientTest, DoesNotWaitForADryRunThatStopsInTheMiddle) {
  runner_.answer("run --dry-run", {.ending = process::TimedOut{std::chrono::seconds(5)},
                                   .error_output = "[other] $ true\n"});
  EXPECT_TRUE(client().would_run({.directory = "/srv/app"}, "check", std::nullopt));
  EXPECT_EQ(runner_.commands().size(), 1U);
  EXPECT_EQ(runner_.commands().back().deadline, std::chrono::seconds(5));
}

TEST_F(ClientTest, WaitsForADryRunThatDoesNotBegin) {
  runner_.answer("run --dry-run", {.ending = process::TimedOut{std::chrono::seconds(5)}});
  runner_.answer("run --dry-run", {.ending = process::TimedOut{std::chrono::minutes(30)}});
  const auto answer =
      client().would_run({.directory = "/srv/app"}, "check", std::chrono::minutes(30));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().cause, Cause::timed_out);
  EXPECT_EQ(runner_.commands().size(), 2U);
  EXPECT_EQ(runner_.commands().back().deadline, std::chrono::minutes(30));
}

TEST_F(ClientTest, SaysThatAQuestionWasStopped) {
  runner_.answer("run --dry-run", {.ending = process::Cancelled{SIGTERM}});
  const auto answer = client().would_run({.directory = "/srv/app"}, "a.b", std::nullopt);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().cause, Cause::cancelled);
}

}  // namespace
