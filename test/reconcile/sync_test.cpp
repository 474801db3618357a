// The sync phase within a run, with the real git and a mise that is never started.
#include "reconcile/sync.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "process/posix_runner.h"
#include "reconcile/engine.h"
#include "reconcile/harness.h"
#include "reconcile/lock.h"
#include "reconcile/mise_runner.h"
#include "support/temporary_directory.h"

namespace reconcile {
namespace {

using std::chrono_literals::operator""ms;

process::Environment plain_environment(const std::filesystem::path& home) {
  process::Environment environment = process::Environment::from(environ);
  environment.set("HOME", home.string());
  environment.set("GIT_CONFIG_NOSYSTEM", "1");
  environment.unset("XDG_CONFIG_HOME");
  for (const char* who : {"AUTHOR", "COMMITTER"}) {
    environment.set(std::string("GIT_") + who + "_NAME", "Tester");
    environment.set(std::string("GIT_") + who + "_EMAIL", "tester@example.org");
  }
  return environment;
}

/// An upstream repository with one commit, and a resource that is cloned from it.
struct Checkout {
  Checkout()
      : posix(signals.cancellation()),
        environment(plain_environment(directory.path())),
        git(process::find_program("git", environment).value()),
        app(testing::resource("app", directory.path() / "site/app")) {
    mise.other = &posix;
    app.git = manifest::GitSource{.url = upstream.string(), .revision = {.name = "main"}};
    std::filesystem::create_directory(upstream);
    in_upstream({"init", "-q", "-b", "main"});
    commit();
  }

  void in_upstream(const std::vector<std::string>& arguments) {
    const process::Result result = posix.run({.program = git,
                                              .arguments = arguments,
                                              .environment = environment.entries(),
                                              .working_dir = upstream},
                                             {});
    ASSERT_TRUE(process::succeeded(result.ending)) << result.output;
  }
  void commit() { in_upstream({"commit", "-q", "--allow-empty", "-m", "change"}); }

  RunOutcome run(const std::vector<const manifest::Resource*>& resources) {
    World world{.runner = mise,
                .cancellation = signals.cancellation(),
                .environment = environment,
                .programs = {{"git", git}, {"mise", "/opt/mise"}}};
    return reconcile(resources, options, world, observer);
  }
  ResourceOutcome run() { return run({&app}).resources.at(0); }

  support::TemporaryDirectory directory;
  std::filesystem::path upstream = directory.path() / "upstream";
  testing::Signals signals;
  process::PosixRunner posix;
  testing::MiseRunner mise;
  testing::RecordingObserver observer;
  process::Environment environment;
  std::filesystem::path git;
  Options options;
  manifest::Resource app;
};

TEST(Sync, ClonesWhatIsAbsentAndThenRunsTheTasks) {
  Checkout checkout;
  const ResourceOutcome outcome = checkout.run();
  EXPECT_EQ(testing::dump(outcome), "satisfied");
  EXPECT_EQ(outcome.git->action, GitAction::cloned);
  EXPECT_EQ(outcome.git->url, checkout.upstream);
  EXPECT_EQ(outcome.git->requested.name, "main");
  EXPECT_EQ(outcome.git->before, "");
  EXPECT_EQ(outcome.git->after.size(), 40U);
  EXPECT_GT(outcome.git->duration.count(), 0);
  EXPECT_TRUE(checkout.observer.events.starts_with(
      "app: started\napp: lock begins\napp: lock ends\napp: sync begins\n"));
}

TEST(Sync, KeepsTheLockOnTheDirectoryThatItCloned) {
  Checkout checkout;
  std::string state;
  checkout.mise.on_run = [&](const std::string&, const std::string&) {
    testing::FakeClock clock;
    state = DirectoryLock::acquire(checkout.app.working_dir, 0ms, clock) ? "free" : "held";
    return process::Exited{.code = 0};
  };
  static_cast<void>(checkout.run());
  EXPECT_EQ(state, "held");
}

TEST(Sync, LeavesNoDirectoryBehindWhereTheCloneFails) {
  Checkout checkout;
  checkout.app.git->revision.name = "absent";
  const ResourceOutcome outcome = checkout.run();
  EXPECT_EQ(outcome.phase, Phase::sync);
  EXPECT_EQ(outcome.cause, Cause::failed);
  EXPECT_NE(outcome.reason, "");
  EXPECT_EQ(outcome.git->action, std::nullopt);
  EXPECT_EQ(outcome.git->requested.name, "absent");
  EXPECT_EQ(checkout.mise.calls, "");
  EXPECT_FALSE(std::filesystem::exists(checkout.directory.path() / "site"));
}

/// Nobody listens there.
constexpr const char* silent = "http://localhost:1/app.git";

/// A sync of a remote that does not answer, with a clock that need not be waited for.
struct Unreachable : Checkout {
  Unreachable() {
    source.url = silent;
    source.revision.name = "main";
  }

  tl::expected<GitRecord, Failure> sync(std::optional<std::chrono::milliseconds> deadline = {}) {
    git::Client client(posix, git, environment);
    return reconcile::sync(client,
                           {.directory = app.working_dir,
                            .source = source,
                            .deadline = deadline,
                            .retries = retries,
                            .clock = &clock},
                           {});
  }

  manifest::GitSource source;
  int retries = 3;
  testing::FakeClock clock;
};

TEST(Sync, IsTriedAgainWhereTheRemoteDoesNotAnswer) {
  Unreachable scene;
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().reason,
            std::string("cannot read from \"") + silent +
                "\": git clone exited with status 128, tried 4 times in 7.00s");
  EXPECT_EQ(synced.error().cause, Cause::failed);
  EXPECT_EQ(scene.clock.pauses(), "1s 2s 4s");
  scene.source.retry = 0;
  EXPECT_EQ(scene.sync().error().reason,
            std::string("cannot read from \"") + silent + "\": git clone exited with status 128");
}

TEST(Sync, IsNotTriedAgainPastItsDeadline) {
  Unreachable scene;
  EXPECT_NE(scene.sync(std::chrono::seconds(7)).error().reason.find("tried 3 times in 3.00s"),
            std::string::npos);
  EXPECT_EQ(scene.clock.pauses(), "1s 2s");
}

TEST(Sync, IsNotTriedAgainWhereThatIsInVain) {
  Unreachable scene;
  scene.source.url = scene.upstream.string();
  scene.source.revision.name = "absent";
  EXPECT_EQ(scene.sync().error().reason.find("tried"), std::string::npos);
  EXPECT_EQ(scene.clock.pauses(), "");
}

TEST(Sync, ThatIsTriedAgainEndsWithTheRemoteThatAnswersOrWithASignal) {
  Unreachable scene;
  scene.clock.on_pause = [] { return false; };
  EXPECT_EQ(scene.sync().error().cause, Cause::interrupted);
  scene.clock.on_pause = [&] {
    std::ofstream(scene.directory.path() / ".gitconfig")
        << "[url \"" << scene.upstream.string() << "\"]\n\tinsteadOf = " << silent << '\n';
    return true;
  };
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().reason << synced.error().output;
  EXPECT_EQ(synced->action, GitAction::cloned);
}

TEST(Sync, AsksForTheTasksAgainOnlyAfterAChange) {
  Checkout checkout;
  const manifest::Resource other = testing::resource("other", checkout.directory.path() / "other");
  std::filesystem::create_directory(other.working_dir);
  static_cast<void>(checkout.run({&other, &checkout.app, &other, &checkout.app, &other}));
  EXPECT_EQ(checkout.mise.calls, R"(other: tasks ls --json --hidden
other: run check
app: tasks ls --json --hidden
app: run check
other: tasks ls --json --hidden
other: run check
app: run check
other: run check
)");
}

TEST(Sync, TellsHowFarACheckoutIsBehindAndStillRunsTheCheck) {
  Checkout checkout;
  static_cast<void>(checkout.run());
  checkout.options.mode = Mode::check;
  checkout.commit();
  EXPECT_EQ(testing::dump(checkout.run()), "drifted, phase sync: 1 commit behind main");
  checkout.commit();
  checkout.mise.calls.clear();
  checkout.mise.on_run = [](const std::string&, const std::string&) {
    return process::Exited{.code = 1};
  };
  const ResourceOutcome outcome = checkout.run();
  EXPECT_EQ(testing::dump(outcome),
            R"(drifted, phase sync: 2 commits behind main; task "check" exited with status 1)");
  EXPECT_EQ(checkout.mise.calls,
            "app: tasks ls --json --hidden\napp: run check\napp: run --dry-run check\n");
  EXPECT_EQ(outcome.git->action, GitAction::behind);
  EXPECT_EQ(outcome.git->commits_behind, 2U);
}

TEST(Sync, FailsWhereTheCheckOfACheckoutThatIsBehindCannotRun) {
  Checkout checkout;
  static_cast<void>(checkout.run());
  checkout.options.mode = Mode::check;
  checkout.commit();
  checkout.mise.on_run = [](const std::string&, const std::string&) {
    return process::Signalled{.signal = 9};
  };
  EXPECT_EQ(testing::dump(checkout.run()),
            R"(failed, phase check, cause failed: task "check" was killed by signal 9 (SIGKILL))");
}

TEST(Sync, CallsACheckoutOfAnotherBranchDrift) {
  Checkout checkout;
  static_cast<void>(checkout.run());
  checkout.in_upstream({"branch", "next"});
  checkout.app.git->revision.name = "next";
  checkout.options.mode = Mode::check;
  const ResourceOutcome outcome = checkout.run();
  EXPECT_EQ(outcome.outcome, Outcome::drifted);
  EXPECT_EQ(outcome.phase, Phase::sync);
  EXPECT_EQ(outcome.git->action, GitAction::elsewhere);
  EXPECT_NE(outcome.reason, "");
}

TEST(Sync, CallsAnEmptyDirectoryNotYetCloned) {
  Checkout checkout;
  std::filesystem::create_directories(checkout.app.working_dir);
  checkout.options.mode = Mode::check;
  EXPECT_EQ(testing::dump(checkout.run()), "drifted, phase sync: not yet cloned");
  EXPECT_EQ(checkout.mise.calls, "");
  EXPECT_TRUE(std::filesystem::is_empty(checkout.app.working_dir));
}

TEST(Sync, TellsThatOriginHadAnotherUrl) {
  Checkout checkout;
  static_cast<void>(checkout.run());
  const std::string config = checkout.app.working_dir / ".git/config";
  std::ofstream(config, std::ios::app)
      << "[remote \"origin\"]\n\turl = https://user:secret@example.org/old.git\n";
  checkout.in_upstream({"config", "--file", config, "--unset", "remote.origin.url", "upstream"});
  const ResourceOutcome outcome = checkout.run();
  EXPECT_EQ(testing::dump(outcome), "satisfied");
  EXPECT_EQ(
      outcome.git->notes,
      std::vector<std::string>{"origin was \"https://user:***@example.org/old.git\" and is \"" +
                               checkout.upstream.string() + "\" now"});
  EXPECT_EQ(checkout.run().git->notes, std::vector<std::string>{});
}

TEST(Sync, TellsThatACheckHasRemovedALock) {
  Checkout checkout;
  static_cast<void>(checkout.run());
  const std::filesystem::path git = checkout.app.working_dir / ".git";
  std::ofstream(git / "HEAD.lock");
  std::ofstream(git / "fluke-fetch");
  checkout.options.mode = Mode::check;
  const ResourceOutcome outcome = checkout.run();
  EXPECT_EQ(testing::dump(outcome), "satisfied");
  EXPECT_EQ(outcome.git->notes,
            std::vector<std::string>{"removed \"" + (git / "HEAD.lock").string() +
                                     "\", which a git that was ended had left"});
}

TEST(Sync, NamesALinkThatPointsToNothing) {
  for (const Mode mode : {Mode::run, Mode::check}) {
    for (const char* below : {"", "app"}) {
      Checkout checkout;
      checkout.options.mode = mode;
      const std::filesystem::path link = checkout.directory.path() / "link";
      std::filesystem::create_symlink("nowhere", link);
      checkout.app.working_dir = *below == 0 ? link : link / below;
      EXPECT_EQ(testing::dump(checkout.run()),
                "failed, phase lock, cause misconfigured: working directory \"" +
                    checkout.app.working_dir.string() + "\" does not exist: \"" + link.string() +
                    "\" is a symbolic link to \"nowhere\", which is absent; create that, or "
                    "remove the link");
      EXPECT_FALSE(std::filesystem::exists(link));
    }
  }
}

TEST(Sync, SaysThatItWasInterrupted) {
  Checkout checkout;
  checkout.observer.on_phase = [](Phase phase) {
    if (phase == Phase::sync) {
      testing::Signals::send_sigterm();
    }
  };
  EXPECT_EQ(testing::dump(checkout.run()),
            "failed, phase sync, cause interrupted: interrupted by SIGTERM during sync");
}

TEST(Sync, FailsAsAMissingProgramWhereGitCannotBeStarted) {
  Checkout checkout;
  checkout.git = "/absent/git";
  const ResourceOutcome outcome = checkout.run();
  EXPECT_EQ(outcome.phase, Phase::sync);
  EXPECT_EQ(outcome.cause, Cause::program_missing);
}

}  // namespace
}  // namespace reconcile
