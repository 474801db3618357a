#include "reconcile/resource_run.h"

#include <errno.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reconcile/harness.h"
#include "reconcile/lock.h"
#include "support/fake_runner.h"
#include "support/temporary_directory.h"

namespace reconcile {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

/// One resource in a directory of its own, and everything that a test may turn.
struct Bench {
  using Directory = std::shared_ptr<const support::TemporaryDirectory>;

  explicit Bench(Directory own = std::make_shared<support::TemporaryDirectory>())
      : directory(std::move(own)), resource(testing::resource("deploy", directory->path())) {}

  ResourceOutcome run() {
    World world{.runner = runner, .cancellation = signals.cancellation(), .environment = {}};
    const RunContext context{
        .options = options, .world = world, .clock = clock, .observer = observer};
    return ResourceRun(resource, executor, context).run();
  }

  Directory directory;
  manifest::Resource resource;
  testing::FakeExecutor executor;
  Options options;
  testing::Signals signals;
  support::FakeRunner runner;
  testing::FakeClock clock;
  testing::RecordingObserver observer;
};

const process::Ending yes = process::Exited{.code = 0};
const process::Ending no = process::Exited{.code = 1};
const process::Ending late = process::TimedOut{.deadline = 5s};

TEST(ResourceRun, LeavesASatisfiedResourceAlone) {
  Bench bench;
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(testing::dump(outcome), "satisfied");
  EXPECT_EQ(bench.executor.calls, "prepare check ");
  EXPECT_TRUE(outcome.check);
  EXPECT_FALSE(outcome.apply);
  EXPECT_FALSE(outcome.verify);
  EXPECT_EQ(outcome.check->output, "");
  EXPECT_EQ(outcome.output, "");
}

TEST(ResourceRun, AppliesAndVerifiesAfterDrift) {
  Bench bench;
  bench.executor.checks = {no, yes};
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(testing::dump(outcome), "applied");
  EXPECT_EQ(bench.executor.calls, "prepare check apply check ");
  EXPECT_EQ(outcome.check->ending.index(), no.index());
  EXPECT_EQ(outcome.verify->attempts, 1);
  EXPECT_EQ(outcome.output, "");
}

TEST(ResourceRun, KeepsWhyItAppliedAndWhatThatPrinted) {
  Bench bench;
  bench.executor.checks = {no, yes};
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(outcome.check->output, "checking\n");
  EXPECT_EQ(outcome.apply->output, "applying\n");
  EXPECT_EQ(outcome.verify->output, "");
}

TEST(ResourceRun, NotesWhenEachPhaseRan) {
  Bench bench;
  bench.executor.checks = {no, no, yes};
  bench.resource.settle = 10s;
  bench.clock.advance(2s);
  bench.executor.on_apply = [&] { bench.clock.advance(3s); };
  std::string times;
  for (const PhaseTime& time : bench.run().phases) {
    times += fmt::format("{} {}+{} ", name_of(time.phase), time.begin / 1ms, time.duration / 1ms);
  }
  EXPECT_EQ(times, "lock 2000+0 tasks 2000+0 check 2000+0 apply 2000+3000 verify 5000+100 ");
}

TEST(ResourceRun, TellsOfEachPhaseAndOfWhatItPrints) {
  Bench bench;
  bench.executor.checks = {no, yes};
  static_cast<void>(bench.run());
  EXPECT_EQ(bench.observer.events, R"(deploy: lock begins
deploy: lock ends
deploy: tasks begins
deploy: tasks ends
deploy: check begins
deploy: check | checking
deploy: check ends
deploy: apply begins
deploy: apply | applying
deploy: apply ends
deploy: verify begins
deploy: verify | checking
deploy: verify ends
)");
}

TEST(ResourceRun, OnlyTellsDriftInModeCheck) {
  Bench bench;
  bench.options.mode = Mode::check;
  bench.executor.checks = {no};
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(testing::dump(outcome), R"(drifted: task "check" exited with status 1)");
  EXPECT_EQ(bench.executor.calls, "prepare check ");
}

TEST(ResourceRun, TakesWhatTheCheckPrintedForTheReasonOfADrift) {
  Bench bench;
  bench.options.mode = Mode::check;
  bench.options.secrets.add("king");
  bench.executor.checks = {no};
  EXPECT_EQ(bench.run().output, "chec***\n");
}

TEST(ResourceRun, FailsWhereTheCheckSaysThatItCannotTell) {
  for (const Mode mode : {Mode::run, Mode::check}) {
    Bench bench;
    bench.options.mode = mode;
    bench.executor.unknown = {3, 75};
    bench.executor.checks = {process::Exited{.code = 75}};
    const ResourceOutcome outcome = bench.run();
    EXPECT_EQ(
        testing::dump(outcome),
        R"(failed, phase check, cause failed: task "check" cannot tell: it exited with status 75)");
    EXPECT_EQ(bench.executor.calls, "prepare check ");
    EXPECT_EQ(outcome.output, "checking\n");
  }
}

TEST(ResourceRun, TakesAStatusThatIsNotListedForDrift) {
  Bench bench;
  bench.options.mode = Mode::check;
  bench.executor.unknown = {3, 75};
  bench.executor.checks = {process::Exited{.code = 2}};
  EXPECT_EQ(testing::dump(bench.run()), R"(drifted: task "check" exited with status 2)");
}

TEST(ResourceRun, GivesACheckThatCannotTellTimeToSettle) {
  Bench bench;
  bench.resource.settle = 10s;
  bench.executor.unknown = {3};
  const process::Ending cannot_tell = process::Exited{.code = 3};
  bench.executor.checks = {no, cannot_tell, yes};
  EXPECT_EQ(testing::dump(bench.run()), "applied");
  bench.executor.checks = {no, cannot_tell};
  EXPECT_EQ(testing::dump(bench.run()),
            "failed, phase verify, cause failed: apply succeeded but the check cannot tell "
            R"((task "check" exited with status 3, 10 attempts in 10.0s))");
}

struct CheckCase {
  const char* name;
  process::Ending ending;
  const char* expected;
};

TEST(ResourceRun, FailsWhereTheCheckGaveNoAnswer) {
  const CheckCase cases[] = {
      {"killed", process::Signalled{.signal = 9},
       R"(failed, phase check, cause failed: task "check" was killed by signal 9 (SIGKILL))"},
      {"timed out", late,
       R"(failed, phase check, cause failed: task "check" ran past its deadline of 5s)"},
      {"not started",
       process::NotStarted{.operation = "posix_spawn", .error = ENOENT, .path = "/opt/mise"},
       R"(failed, phase check, cause program_missing: task "check" could not be started: /opt/mise: No such file or directory)"},
      {"not to be entered",
       process::NotStarted{.operation = "chdir", .error = EACCES, .path = "/opt/app"},
       R"(failed, phase check, cause misconfigured: task "check" could not be started: cannot enter /opt/app: Permission denied)"},
      {"cancelled", process::Cancelled{.signal = 15},
       R"(failed, phase check, cause interrupted: interrupted by SIGTERM during check)"},
  };
  for (const CheckCase& row : cases) {
    for (const Mode mode : {Mode::run, Mode::check}) {
      Bench bench;
      bench.options.mode = mode;
      bench.executor.checks = {row.ending};
      const ResourceOutcome outcome = bench.run();
      EXPECT_EQ(testing::dump(outcome), row.expected) << row.name;
      EXPECT_EQ(bench.executor.calls, "prepare check ") << row.name;
      EXPECT_EQ(outcome.output, "checking\n") << row.name;
    }
  }
}

TEST(ResourceRun, FailsWhereApplyFails) {
  const CheckCase cases[] = {
      {"status", process::Exited{.code = 3},
       R"(failed, phase apply, cause failed: task "apply" exited with status 3)"},
      {"killed", process::Signalled{.signal = 9},
       R"(failed, phase apply, cause failed: task "apply" was killed by signal 9 (SIGKILL))"},
      {"timed out", late,
       R"(failed, phase apply, cause failed: task "apply" ran past its deadline of 5s)"},
      {"cancelled", process::Cancelled{.signal = 15},
       R"(failed, phase apply, cause interrupted: interrupted by SIGTERM during apply)"},
  };
  for (const CheckCase& row : cases) {
    Bench bench;
    bench.executor.checks = {no};
    bench.executor.apply_ending = row.ending;
    const ResourceOutcome outcome = bench.run();
    EXPECT_EQ(testing::dump(outcome), row.expected) << row.name;
    EXPECT_EQ(bench.executor.calls, "prepare check apply ") << row.name;
    EXPECT_EQ(outcome.output, "applying\n") << row.name;
  }
}

TEST(ResourceRun, ShowsNoSecretOfAnOutputNorWhatIsLeftOfOneWhereItWasCut) {
  Bench bench;
  bench.options.secrets.add("hunter2");
  bench.executor.checks = {no};
  bench.executor.apply_ending = process::Exited{.code = 3};
  bench.executor.apply_output = "ter2 hunter2\n";
  EXPECT_EQ(bench.run().output, "ter2 ***\n");
  bench.executor.apply_output_is_cut = true;
  EXPECT_EQ(bench.run().output, "*** ***\n");
}

TEST(ResourceRun, FailsWhereTheCheckStillFailsAfterApply) {
  Bench bench;
  bench.executor.checks = {no};
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(testing::dump(outcome),
            "failed, phase verify, cause failed: apply succeeded but the check still fails "
            R"((task "check" exited with status 1))");
  EXPECT_EQ(outcome.output, "checking\n");
}

TEST(ResourceRun, GivesTheCheckTimeToSettle) {
  Bench bench;
  bench.resource.settle = 10s;
  bench.executor.checks = {no, no, no, yes};
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(testing::dump(outcome), "applied");
  EXPECT_EQ(outcome.verify->attempts, 3);
  EXPECT_EQ(bench.clock.pauses(), "100ms 200ms");
}

TEST(ResourceRun, SaysHowLongItWaitedForTheCheckToSettle) {
  Bench bench;
  bench.resource.settle = 10s;
  bench.executor.checks = {no};
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(testing::dump(outcome),
            "failed, phase verify, cause failed: apply succeeded but the check still fails "
            R"((task "check" exited with status 1, 10 attempts in 10.0s))");
  EXPECT_EQ(outcome.verify->attempts, 10);
  EXPECT_EQ(outcome.duration, 10s);
}

TEST(ResourceRun, DoesNotRepeatAVerifyThatGaveNoAnswer) {
  Bench bench;
  bench.resource.settle = 10s;
  bench.executor.checks = {no, late};
  EXPECT_EQ(testing::dump(bench.run()),
            "failed, phase verify, cause failed: apply succeeded but could not be verified: "
            R"(task "check" ran past its deadline of 5s)");
  EXPECT_EQ(bench.executor.calls, "prepare check apply check ");
}

TEST(ResourceRun, StopsSettlingWhenInterrupted) {
  Bench bench;
  bench.resource.settle = 10s;
  bench.executor.checks = {no};
  bench.clock.on_pause = [] {
    testing::Signals::send_sigterm();
    return false;
  };
  EXPECT_EQ(testing::dump(bench.run()),
            "failed, phase verify, cause interrupted: interrupted by SIGTERM during verify");
  EXPECT_EQ(bench.executor.calls, "prepare check apply check ");
}

TEST(ResourceRun, DoesNotTakeACheckForDriftWhenInterruptedMeanwhile) {
  for (const Mode mode : {Mode::run, Mode::check}) {
    Bench bench;
    bench.options.mode = mode;
    bench.executor.checks = {no};
    bench.executor.on_check = testing::Signals::send_sigterm;
    EXPECT_EQ(testing::dump(bench.run()),
              "failed, phase check, cause interrupted: interrupted by SIGTERM during check");
    EXPECT_EQ(bench.executor.calls, "prepare check ");
  }
}

TEST(ResourceRun, LooksForASignalOnceMoreBeforeApply) {
  Bench bench;
  bench.executor.checks = {no};
  bench.observer.on_phase = [](Phase phase) {
    if (phase == Phase::apply) {
      testing::Signals::send_sigterm();
    }
  };
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(testing::dump(outcome),
            "failed, phase apply, cause interrupted: interrupted by SIGTERM before apply");
  EXPECT_EQ(bench.executor.calls, "prepare check ");
  EXPECT_FALSE(outcome.apply);
}

TEST(ResourceRun, RunsNothingWhereTheExecutorIsNotReady) {
  Bench bench;
  bench.executor.not_ready = Failure{
      .cause = Cause::misconfigured, .reason = "no such task", .output = "what mise printed"};
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(testing::dump(outcome), "failed, phase tasks, cause misconfigured: no such task");
  EXPECT_EQ(bench.executor.calls, "prepare ");
  EXPECT_EQ(outcome.output, "what mise printed");
}

TEST(ResourceRun, SaysThatItWasInterruptedWhileAskingForTasks) {
  Bench bench;
  bench.executor.not_ready =
      Failure{.cause = Cause::interrupted, .reason = "mise says", .output = ""};
  EXPECT_EQ(testing::dump(bench.run()),
            "failed, phase tasks, cause interrupted: interrupted by SIGTERM during tasks");
}

TEST(ResourceRun, FailsWhereTheWorkingDirectoryIsAbsent) {
  Bench bench;
  bench.resource.working_dir = "/absent/app";
  EXPECT_EQ(testing::dump(bench.run()),
            R"(failed, phase lock, cause misconfigured: working directory "/absent/app" does not )"
            "exist; create it, or add a git block to have it cloned");
  EXPECT_EQ(bench.executor.calls, "");
}

TEST(ResourceRun, FailsWhereTheWorkingDirectoryIsAFile) {
  for (const bool with_git : {false, true}) {
    Bench bench;
    bench.resource.working_dir = bench.directory->write("app", "");
    if (with_git) {
      bench.resource.git = manifest::GitSource{.url = "file:///repo", .revision = {.name = "main"}};
    }
    EXPECT_EQ(testing::dump(bench.run()),
              "failed, phase lock, cause misconfigured: working directory \"" +
                  bench.resource.working_dir.string() +
                  "\" is not a directory; move it away or name another");
  }
}

TEST(ResourceRun, SaysWhyTheDirectoryForACloneCannotBeMade) {
  Bench bench;
  if (geteuid() == 0) {
    // Root may write everywhere but here.
    bench.resource.working_dir = "/proc/fluke-test";
  } else {
    bench.resource.working_dir = "/fluke-test";
  }
  bench.resource.git = manifest::GitSource{.url = "file:///repo", .revision = {.name = "main"}};
  const std::string expected =
      "failed, phase lock, cause failed: cannot create working directory \"" +
      bench.resource.working_dir.string() + "\": ";
  EXPECT_TRUE(testing::dump(bench.run()).starts_with(expected)) << testing::dump(bench.run());
}

TEST(ResourceRun, CallsAnAbsentCheckoutDriftInModeCheckAndLeavesItAbsent) {
  Bench bench;
  bench.options.mode = Mode::check;
  bench.resource.working_dir = bench.directory->path() / "app";
  bench.resource.git =
      manifest::GitSource{.url = "https://me:secret@host/repo", .revision = {.name = "main"}};
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(testing::dump(outcome), "drifted, phase sync: not yet cloned");
  EXPECT_EQ(outcome.git->action, GitAction::not_cloned);
  EXPECT_EQ(outcome.git->url, "https://me:***@host/repo");
  EXPECT_EQ(bench.executor.calls, "");
  EXPECT_FALSE(std::filesystem::exists(bench.resource.working_dir));
}

TEST(ResourceRun, FailsWhereAnotherHoldsTheDirectory) {
  Bench bench;
  const auto held = DirectoryLock::acquire(bench.directory->path(), 0ms, bench.clock);
  ASSERT_TRUE(held);
  // This process, where the kernel tells.
  const std::string holder = lock_holder(bench.directory->path());
  const std::string reason = "failed, phase lock, cause locked: " +
                             (holder.empty() ? "another process" : "process " + holder) +
                             " holds \"" + bench.directory->path().string() + "\"";
  EXPECT_EQ(testing::dump(bench.run()), reason);
  bench.options.lock_timeout = 5s;
  EXPECT_EQ(testing::dump(bench.run()), reason + "; waited 5s");
  EXPECT_EQ(bench.executor.calls, "");
}

TEST(ResourceRun, SaysThatItWasInterruptedWhileWaitingForTheLock) {
  Bench bench;
  const auto held = DirectoryLock::acquire(bench.directory->path(), 0ms, bench.clock);
  bench.options.lock_timeout = 5s;
  bench.clock.on_pause = [] {
    testing::Signals::send_sigterm();
    return false;
  };
  EXPECT_EQ(testing::dump(bench.run()),
            "failed, phase lock, cause interrupted: interrupted by SIGTERM during lock");
}

TEST(ResourceRun, HoldsTheLockUntilTheLastPhase) {
  Bench bench;
  bench.executor.checks = {no, yes};
  std::string kinds;
  bench.executor.on_check = bench.executor.on_apply = [&] {
    kinds += DirectoryLock::acquire(bench.directory->path(), 0ms, bench.clock) ? "free " : "held ";
  };
  static_cast<void>(bench.run());
  EXPECT_EQ(kinds, "held held held ");
  EXPECT_TRUE(DirectoryLock::acquire(bench.directory->path(), 0ms, bench.clock));
}

TEST(ResourceRun, SaysWhereTheResourceWasDeclared) {
  Bench bench;
  const diagnostic::SourceFile file("site.hcl", "\n\nmise \"deploy\" {}\n");
  bench.resource.file = &file;
  bench.resource.range = {.begin = 2, .end = 15};
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(outcome.name, "deploy");
  EXPECT_EQ(outcome.type, "mise");
  EXPECT_EQ(outcome.manifest, "site.hcl");
  EXPECT_EQ(outcome.line, 3U);
  EXPECT_EQ(outcome.working_dir, bench.directory->path());
}

TEST(DeadlineOf, PrefersTheManifestAndTakesZeroForNone) {
  manifest::Resource resource = testing::resource("deploy", "/");
  Options options;
  EXPECT_EQ(deadline_of(resource, options), std::chrono::minutes(30));
  options.timeout = 0ms;
  EXPECT_EQ(deadline_of(resource, options), std::nullopt);
  resource.timeout = 5s;
  EXPECT_EQ(deadline_of(resource, options), 5s);
  options.timeout = 7s;
  resource.timeout = 0ms;
  EXPECT_EQ(deadline_of(resource, options), std::nullopt);
}

/// The status by which the check says that it cannot tell.
constexpr int unknown_status = 75;

/// Every way in which a task can end.
const std::vector<process::Ending> endings = {
    process::Exited{.code = 0},        process::Exited{.code = 1},
    process::Exited{.code = 127},      process::Exited{.code = unknown_status},
    process::Signalled{.signal = 9},   process::NotStarted{.operation = "x", .error = ENOENT},
    process::TimedOut{.deadline = 5s}, process::Cancelled{.signal = 15}};

/// When fluke is asked to stop.
enum class Stop { never, during_check, before_apply };

/// One row of the table of all endings: what a run must do, worked out from the rule alone.
struct Row {
  Mode mode;
  Stop stop;
  process::Ending check;
  process::Ending apply;
  process::Ending verify;

  static bool succeeded(const process::Ending& ending) {
    const auto* exit = std::get_if<process::Exited>(&ending);
    return exit != nullptr && exit->code == 0;
  }
  static bool says_no(const process::Ending& ending) {
    const auto* exit = std::get_if<process::Exited>(&ending);
    return exit != nullptr && exit->code != 0 && exit->code != unknown_status;
  }
  [[nodiscard]] bool must_apply() const {
    return mode == Mode::run && stop == Stop::never && says_no(check);
  }
  [[nodiscard]] std::string calls() const {
    if (!must_apply()) {
      return "prepare check ";
    }
    return succeeded(apply) ? "prepare check apply check " : "prepare check apply ";
  }
  [[nodiscard]] Outcome outcome() const {
    if (succeeded(check)) {
      return Outcome::satisfied;
    }
    if (mode == Mode::check && stop != Stop::during_check && says_no(check)) {
      return Outcome::drifted;
    }
    return must_apply() && succeeded(apply) && succeeded(verify) ? Outcome::applied
                                                                 : Outcome::failed;
  }
  [[nodiscard]] std::string name() const {
    return std::string(mode == Mode::run ? "run" : "check") + ", stop " +
           std::to_string(static_cast<int>(stop)) + ": check " + process::describe(check) +
           ", apply " + process::describe(apply) + ", verify " + process::describe(verify);
  }
};

void expect_rule(const Row& row, const Bench::Directory& directory) {
  Bench bench(directory);
  bench.options.mode = row.mode;
  bench.executor.unknown = {unknown_status};
  bench.executor.checks = {row.check, row.verify};
  bench.executor.apply_ending = row.apply;
  if (row.stop == Stop::during_check) {
    bench.executor.on_check = testing::Signals::send_sigterm;
  }
  bench.observer.on_phase = [&](Phase phase) {
    if (phase == Phase::apply && row.stop == Stop::before_apply) {
      testing::Signals::send_sigterm();
    }
  };
  const ResourceOutcome outcome = bench.run();
  EXPECT_EQ(bench.executor.calls, row.calls()) << row.name();
  EXPECT_EQ(outcome.outcome, row.outcome()) << row.name();
  EXPECT_EQ(outcome.cause.has_value(), row.outcome() == Outcome::failed) << row.name();
}

TEST(ResourceRun, AppliesOnlyAfterACheckThatExitedNonZeroAndUninterrupted) {
  const auto directory = std::make_shared<support::TemporaryDirectory>();
  for (const Mode mode : {Mode::run, Mode::check}) {
    for (const Stop stop : {Stop::never, Stop::during_check, Stop::before_apply}) {
      for (const process::Ending& check : endings) {
        for (const process::Ending& apply : endings) {
          for (const process::Ending& verify : endings) {
            expect_rule({mode, stop, check, apply, verify}, directory);
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace reconcile
