#include "report/junit.h"

#include <gtest/gtest.h>

#include "report/sample_run.h"
#include "support/golden.h"
#include "support/program.h"
#include "support/temporary_directory.h"

namespace report {
namespace {

std::string junit_of(std::string_view name) {
  const SampleRun run = sample_run(name);
  return to_junit(run.info, run.outcome, run.diagnostics);
}

TEST(Junit, HasATestCaseAResource) {
  support::check_golden("report/junit.txt", junit_of);
}

TEST(Junit, IsValid) {
  const std::filesystem::path xmllint = "/usr/bin/xmllint";
  if (!std::filesystem::exists(xmllint)) {
    GTEST_SKIP() << "xmllint is not installed";
  }
  const std::string schema = FLUKE_TEST_DIR "/report/junit.xsd";
  const support::TemporaryDirectory directory;
  for (const std::string name :
       {"everything", "check", "interrupted", "hostile", "invalid", "nothing"}) {
    const std::string file = directory.write(name + ".xml", junit_of(name));
    const support::Ran ran =
        support::run({.arguments = {xmllint, "--noout", "--nonet", "--schema", schema, file},
                      .directory = directory.path()});
    EXPECT_EQ(ran.status, 0) << name << ": " << ran.err;
  }
}

}  // namespace
}  // namespace report
