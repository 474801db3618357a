#include "report/github.h"

#include <gtest/gtest.h>

#include "report/runner.h"
#include "report/sample_run.h"
#include "support/golden.h"

namespace report {
namespace {

const Workspace workspace = {.current_directory = "/home/runner/app/app/infra",
                             .root = "/home/runner/app/app"};

std::string annotations_of(std::string_view name) {
  const SampleRun run = sample_run(name);
  return github_annotations(run.outcome, run.diagnostics, workspace);
}

std::string step_summary_of(std::string_view name) {
  const SampleRun run = sample_run(name);
  return github_step_summary(run.info, run.outcome, run.diagnostics);
}

/// A failure of a resource that is declared in `manifest`.
reconcile::RunOutcome failure_in(std::string manifest) {
  reconcile::RunOutcome run;
  reconcile::ResourceOutcome& resource = run.resources.emplace_back();
  resource.name = "deploy";
  resource.manifest = std::move(manifest);
  resource.line = 7;
  resource.reason = "no";
  return run;
}

TEST(GitHub, AnnotatesFailuresDriftAndDiagnostics) {
  support::check_golden("report/github_annotations.txt", annotations_of);
}

TEST(GitHub, SumsAStepUpInMarkdown) {
  support::check_golden("report/github_step_summary.txt", step_summary_of);
}

TEST(GitHub, NamesFilesAsTheRunnerKnowsThem) {
  const auto annotation = [](const std::string& manifest, const Workspace& where) {
    return github_annotations(failure_in(manifest), {}, where);
  };
  EXPECT_EQ(annotation("../a.hcl", workspace),
            "::error file=a.hcl,line=7,title=deploy failed::no\n");
  EXPECT_EQ(annotation("/etc/fluke/a.hcl", workspace),
            "::error file=/etc/fluke/a.hcl,line=7,title=deploy failed::no\n");
  EXPECT_EQ(annotation("../../../other/a.hcl", workspace),
            "::error file=/home/runner/other/a.hcl,line=7,title=deploy failed::no\n");
  EXPECT_EQ(annotation("a.hcl", {.current_directory = "/work"}),
            "::error file=/work/a.hcl,line=7,title=deploy failed::no\n");
  EXPECT_EQ(annotation("<stdin>", workspace), "::error line=7,title=deploy failed::no\n");
}

TEST(GitHub, AnAnnotationIsOneCommandWhateverItHolds) {
  const std::string text = annotations_of("hostile");
  EXPECT_EQ(workflow_commands_in(text).size(), 1U);
  EXPECT_TRUE(text.starts_with("::error file=")) << text;
}

TEST(GitHub, AnAnnotationHasTheEndOfALongOutput) {
  reconcile::RunOutcome run = failure_in("a.hcl");
  for (int line = 0; line < 1000; ++line) {
    run.resources[0].output += "line " + std::to_string(line) + "\n";
  }
  const std::string text = github_annotations(run, {}, workspace);
  EXPECT_LT(text.size(), 4000U);
  EXPECT_NE(text.find("::no%0Aline "), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("line 999%0A\n")) << text;
}

TEST(GitHub, AStepSummaryIsNoLongerThanGitHubTakes) {
  SampleRun run = sample_run("nothing");
  for (int i = 0; i < 100; ++i) {
    run.outcome.resources.push_back(failure_in("a.hcl").resources[0]);
    run.outcome.resources.back().output = std::string(20'000, '<');
  }
  const std::string text = github_step_summary(run.info, run.outcome, {});
  EXPECT_LT(text.size(), std::size_t{1} << 20U);
  EXPECT_NE(text.find("more entries that this page has no room for"), std::string::npos);
}

}  // namespace
}  // namespace report
