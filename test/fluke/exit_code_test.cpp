#include "fluke/exit_code.h"

#include <gtest/gtest.h>

namespace {

using fluke::exit_code;
using fluke::ExitCode;
using reconcile::Cause;
using reconcile::Mode;
using reconcile::Outcome;

reconcile::ResourceOutcome resource(Outcome outcome, std::optional<Cause> cause = std::nullopt) {
  reconcile::ResourceOutcome result;
  result.outcome = outcome;
  result.cause = cause;
  return result;
}

reconcile::RunOutcome run_of(std::vector<reconcile::ResourceOutcome> resources) {
  reconcile::RunOutcome run;
  run.resources = std::move(resources);
  return run;
}

TEST(ExitCode, OfARunWithoutResourcesIsSuccess) {
  EXPECT_EQ(exit_code(run_of({}), Mode::run, false), ExitCode::success);
}

TEST(ExitCode, IsThatOfTheWorstResource) {
  std::vector<reconcile::ResourceOutcome> resources;
  const struct {
    Outcome outcome;
    std::optional<Cause> cause;
    ExitCode code;
  } steps[] = {
      {Outcome::satisfied, std::nullopt, ExitCode::success},
      {Outcome::disabled, std::nullopt, ExitCode::success},
      {Outcome::drifted, std::nullopt, ExitCode::drift},
      {Outcome::skipped, std::nullopt, ExitCode::drift},
      {Outcome::failed, Cause::locked, ExitCode::locked},
      {Outcome::failed, Cause::program_missing, ExitCode::unavailable},
      {Outcome::failed, Cause::misconfigured, ExitCode::misconfigured},
      {Outcome::failed, Cause::failed, ExitCode::failure},
  };
  for (const auto& [outcome, cause, code] : steps) {
    resources.push_back(resource(outcome, cause));
    EXPECT_EQ(exit_code(run_of(resources), Mode::check, false), code)
        << "after adding one that is " << name_of(outcome);
  }
}

TEST(ExitCode, OfTwoIsTheWorse) {
  EXPECT_EQ(worse(ExitCode::success, ExitCode::not_canonical), ExitCode::not_canonical);
  EXPECT_EQ(worse(ExitCode::report_not_written, ExitCode::drift), ExitCode::report_not_written);
  EXPECT_EQ(worse(ExitCode::report_not_written, ExitCode::failure), ExitCode::failure);
  EXPECT_EQ(worse(ExitCode::invalid_manifest, ExitCode::unreadable_manifest),
            ExitCode::unreadable_manifest);
}

TEST(ExitCode, TellsOfAppliedResourcesOnlyWhereThatWasAskedFor) {
  const reconcile::RunOutcome run = run_of({resource(Outcome::applied)});
  EXPECT_EQ(exit_code(run, Mode::run, false), ExitCode::success);
  EXPECT_EQ(exit_code(run, Mode::run, true), ExitCode::drift);
}

TEST(ExitCode, TellsOfDriftThatARunLeaves) {
  const reconcile::RunOutcome run =
      run_of({resource(Outcome::applied), resource(Outcome::drifted)});
  EXPECT_EQ(exit_code(run, Mode::run, false), ExitCode::drift);
}

TEST(ExitCode, TellsOfUpdatedFilesLikeOfAppliedResources) {
  reconcile::ResourceOutcome updated = resource(Outcome::satisfied);
  updated.git.emplace().updated = true;
  const reconcile::RunOutcome run = run_of({updated});
  EXPECT_EQ(exit_code(run, Mode::run, false), ExitCode::success);
  EXPECT_EQ(exit_code(run, Mode::run, true), ExitCode::drift);
}

}  // namespace
