#include "report/text.h"

#include <gtest/gtest.h>

#include "report/sample_run.h"
#include "report/script.h"
#include "support/golden.h"

namespace report {
namespace {

TEST(TextReporter, SaysInOneLineWhatBecameOfAResource) {
  support::check_golden("report/resources.txt", play);
}

TEST(TextReporter, CountsOutcomesInTheLastLine) {
  support::check_golden("report/totals.txt", play);
}

TEST(TextReporter, PassesOutputOnOrShowsItAfterAFailure) {
  support::check_golden("report/output.txt", play);
}

TEST(TextReporter, SaysOnlyWhatChangedOrFailedWhenQuiet) {
  support::check_golden("report/quiet.txt", play);
}

TEST(TextReporter, TellsPhasesAndSourcesWhenVerbose) {
  support::check_golden("report/verbose.txt", play);
}

TEST(TextReporter, ColoursOutcomesAndPrefixes) {
  support::check_golden("report/colour.txt", play);
}

TEST(TextReporter, WritesBytesOfChildrenUnchangedToWhatIsNoTerminal) {
  std::string written;
  manifest::Resource resource;
  resource.name = "deploy";
  TextReporter reporter(
      {}, [](std::string_view, Priority) {},
      [&](std::string_view text, Priority) { written += text; });
  reporter.output_lines(resource, reconcile::Phase::apply, "\x1b[32mgreen\xff\rred\r\n\n");
  EXPECT_EQ(written, "deploy: \x1b[32mgreen\xff\rred\ndeploy:\n");
}

TEST(TextReporter, ShowsIncludesBeforeResourcesAndLaysThemOutTogether) {
  std::string written;
  const WriteLines write = [&](std::string_view text, Priority) { written += text; };
  manifest::Resource resource;
  resource.name = "deploy-everything";
  const SampleRun run = sample_run("includes");
  TextReporter reporter({}, write, write);
  for (const reconcile::ResourceOutcome& include : run.outcome.includes) {
    reporter.include_ended(include);
  }
  reporter.expect({&resource});
  EXPECT_EQ(written,
            "down: last output of sync:\n"
            "down: fatal: could not resolve\n"
            "infra              satisfied  git aaaaaaa..bbbbbbb\n"
            "down               failed     sync: cannot reach the remote; the run goes on with "
            "ccccccc, which is checked out\n"
            "off                disabled\n");
}

TEST(TextReporter, TellsHowMuchEachLineMatters) {
  std::string written;
  manifest::Resource resource;
  resource.name = "deploy";
  const WriteLines write = [&](std::string_view text, Priority priority) {
    const char* name = priority == Priority::error     ? "error: "
                       : priority == Priority::warning ? "warning: "
                                                       : "info: ";
    written += name + std::string(text.substr(0, text.find("  "))) + "\n";
  };
  TextReporter reporter({}, write, write);
  reporter.expect({&resource});
  const auto end_with = [&](reconcile::Outcome outcome, const std::string& output) {
    reporter.resource_ended({.name = std::string(reconcile::name_of(outcome)),
                             .outcome = outcome,
                             .phase = reconcile::Phase::apply,
                             .output = output});
  };
  reporter.output_lines(resource, reconcile::Phase::apply, "building\n");
  end_with(reconcile::Outcome::satisfied, "");
  end_with(reconcile::Outcome::skipped, "");
  end_with(reconcile::Outcome::drifted, "no file\n");
  end_with(reconcile::Outcome::failed, "no space\n");
  EXPECT_EQ(written,
            "info: deploy: building\n\n"
            "info: satisfied\n"
            "warning: skipped\n"
            "warning: drifted\n"
            "warning: drifted: last output of check:\n\n"
            "warning: drifted: no file\n\n"
            "error: failed\n"
            "error: failed: last output of apply:\n\n"
            "error: failed: no space\n\n");
}

}  // namespace
}  // namespace report
