#include "report/html.h"

#include <gtest/gtest.h>

#include "report/sample_run.h"
#include "support/golden.h"
#include "support/program.h"
#include "support/temporary_directory.h"

namespace report {
namespace {

std::string page_of(std::string_view name) {
  const SampleRun run = sample_run(name);
  return to_html(run.info, run.outcome, run.diagnostics);
}

/// The page without its style sheet, which says nothing.
std::string body_of(std::string_view name) {
  const std::string page = page_of(name);
  return page.substr(page.find("<body>"));
}

TEST(Html, ShowsARunOnATimeline) {
  support::check_golden("report/html.txt", body_of);
}

TEST(Html, HasNoScriptAndLoadsNothing) {
  for (const std::string name : {"everything", "hostile", "invalid"}) {
    const std::string page = page_of(name);
    for (const std::string_view forbidden :
         {"<script", "src=", "href=", "url(", "@import", "<b>&amp", "onload"}) {
      EXPECT_EQ(page.find(forbidden), std::string::npos) << name << ": " << forbidden;
    }
    EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  }
}

TEST(Html, IsWellFormed) {
  const std::filesystem::path xmllint = "/usr/bin/xmllint";
  if (!std::filesystem::exists(xmllint)) {
    GTEST_SKIP() << "xmllint is not installed";
  }
  const support::TemporaryDirectory directory;
  for (const std::string name :
       {"everything", "check", "interrupted", "hostile", "invalid", "nothing"}) {
    // Below its head, the page is XML too: every element is closed, every "&" a reference.
    const std::string body = body_of(name);
    const std::string file = directory.write(name + ".xml", body.substr(0, body.find("</html>")));
    const support::Ran ran = support::run(
        {.arguments = {xmllint, "--noout", "--nonet", file}, .directory = directory.path()});
    EXPECT_EQ(ran.status, 0) << name << ": " << ran.err;
  }
}

}  // namespace
}  // namespace report
