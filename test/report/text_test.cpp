#include "report/text.h"

#include <gtest/gtest.h>

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
      {&resource}, {}, [](std::string_view) {}, [&](std::string_view text) { written += text; });
  reporter.output_lines(resource, reconcile::Phase::apply, "\x1b[32mgreen\xff\rred\r\n\n");
  EXPECT_EQ(written, "deploy: \x1b[32mgreen\xff\rred\ndeploy:\n");
}

}  // namespace
}  // namespace report
