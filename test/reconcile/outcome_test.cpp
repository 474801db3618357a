#include "reconcile/outcome.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "manifest/manifest.h"

namespace reconcile {
namespace {

TEST(Outcome, HasTheNamesOfTheReports) {
  std::string names;
  for (const Outcome outcome : {Outcome::satisfied, Outcome::applied, Outcome::drifted,
                                Outcome::failed, Outcome::skipped, Outcome::disabled}) {
    names += std::string(name_of(outcome)) + " ";
  }
  EXPECT_EQ(names, "satisfied applied drifted failed skipped disabled ");
}

TEST(Outcome, HasTheNamesThatManifestsKnow) {
  EXPECT_TRUE(std::ranges::equal(all_outcomes, manifest::outcome_names, {},
                                 [](Outcome outcome) { return name_of(outcome); }));
}

TEST(Phase, HasTheNamesOfTheReports) {
  std::string names;
  for (const Phase phase :
       {Phase::lock, Phase::sync, Phase::tasks, Phase::check, Phase::apply, Phase::verify}) {
    names += std::string(name_of(phase)) + " ";
  }
  EXPECT_EQ(names, "lock sync tasks check apply verify ");
}

TEST(RunOutcome, CountsTheResourcesOfEachOutcome) {
  RunOutcome run;
  run.resources = {
      {.outcome = Outcome::applied}, {.outcome = Outcome::failed}, {.outcome = Outcome::applied}};
  EXPECT_EQ(run.count(Outcome::applied), 2U);
  EXPECT_EQ(run.count(Outcome::failed), 1U);
  EXPECT_EQ(run.count(Outcome::skipped), 0U);
}

}  // namespace
}  // namespace reconcile
