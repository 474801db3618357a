#include "reconcile/look_ahead.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "reconcile/site.h"

namespace reconcile {
namespace {

using std::chrono_literals::operator""ms;
using testing::Site;

const process::Ending drift = process::Exited{.code = 1};

/// Whether another process could lock the directory now.
bool is_free(const std::filesystem::path& directory) {
  testing::FakeClock clock;
  return DirectoryLock::acquire(directory, 0ms, clock).has_value();
}

TEST(LookAhead, ListsTheNextTasksWhileACheckRuns) {
  Site site({"database", "app"});
  EXPECT_EQ(testing::dump(site.run()), "database: satisfied\napp: satisfied\n");
  EXPECT_EQ(site.runner.calls, R"(database: tasks ls --json --hidden
database: run check
app: tasks ls --json --hidden (ahead)
app: run check
)");
}

TEST(LookAhead, AsksAnewAfterAnApply) {
  Site site({"database", "app"});
  site.options.mode = Mode::run;
  int checks = 0;
  site.runner.on_run = [&checks](const std::string& where, const std::string& task) {
    return where == "database" && task == "check" && checks++ == 0 ? drift
                                                                   : process::Exited{.code = 0};
  };
  EXPECT_EQ(testing::dump(site.run()), "database: applied\napp: satisfied\n");
  EXPECT_EQ(site.runner.calls, R"(database: tasks ls --json --hidden
database: run check
app: tasks ls --json --hidden (ahead)
database: run apply
database: run check
app: tasks ls --json --hidden (ahead)
app: run check
)");
}

TEST(LookAhead, HoldsTheNextDirectoryDuringACheckAndNotDuringAnApply) {
  Site site({"database", "app"});
  std::string free_during;
  site.runner.on_run = [&](const std::string& where, const std::string& task) -> process::Ending {
    if (where == "database" && is_free(site.resources[1].working_dir)) {
      free_during += task + " ";
    }
    return where == "database" && free_during.empty() ? drift : process::Exited{.code = 0};
  };
  EXPECT_EQ(testing::dump(site.run()), "database: applied\napp: satisfied\n");
  EXPECT_EQ(free_during, "apply ");
}

TEST(LookAhead, LeavesADirectoryAloneThatAnotherHolds) {
  Site site({"database", "app"});
  testing::FakeClock clock;
  std::optional<DirectoryLock> other(
      *DirectoryLock::acquire(site.resources[1].working_dir, 0ms, clock));
  site.runner.on_run = [&other](const std::string& /*where*/, const std::string& /*task*/) {
    other.reset();
    return process::Exited{.code = 0};
  };
  EXPECT_EQ(testing::dump(site.run()), "database: satisfied\napp: satisfied\n");
  EXPECT_EQ(site.runner.calls, R"(database: tasks ls --json --hidden
database: run check
app: tasks ls --json --hidden
app: run check
)");
}

TEST(LookAhead, LeavesACheckoutAloneThatHasYetToBeSynced) {
  Site site({"database", "app"});
  site.resources[1].git = manifest::GitSource{.url = "/nowhere", .branch = "main"};
  static_cast<void>(site.run());
  EXPECT_EQ(site.runner.calls, "database: tasks ls --json --hidden\ndatabase: run check\n");
}

TEST(LookAhead, PassesOverADisabledResource) {
  Site site({"database", "app", "web"});
  site.resources[1].enabled = false;
  EXPECT_EQ(testing::dump(site.run()), "database: satisfied\napp: disabled\nweb: satisfied\n");
  EXPECT_EQ(site.runner.calls, R"(database: tasks ls --json --hidden
database: run check
web: tasks ls --json --hidden (ahead)
web: run check
)");
}

TEST(LookAhead, GivesUpTheLockOfAResourceThatIsSkippedAfterAll) {
  Site site({"database", "app", "web"});
  site.resources[1].depends_on = {"database"};
  site.let_check_end("database", process::Signalled{.signal = 9});
  bool is_app_free = false;
  const auto fail = site.runner.on_run;
  site.runner.on_run = [&](const std::string& where, const std::string& task) {
    is_app_free = where == "web" && is_free(site.resources[1].working_dir);
    return fail(where, task);
  };
  const RunOutcome outcome = site.run();
  EXPECT_EQ(outcome.count(Outcome::skipped), 1U);
  EXPECT_TRUE(is_app_free);
}

TEST(LookAhead, AsksAgainWhereTheAnswerWasNone) {
  Site site({"database", "app"});
  site.runner.on_ahead = [](const std::string& /*directory*/) {
    return process::Ending(process::Signalled{.signal = 9});
  };
  EXPECT_EQ(testing::dump(site.run()), "database: satisfied\napp: satisfied\n");
  EXPECT_EQ(site.runner.calls, R"(database: tasks ls --json --hidden
database: run check
app: tasks ls --json --hidden (ahead)
app: tasks ls --json --hidden
app: run check
)");
}

}  // namespace
}  // namespace reconcile
