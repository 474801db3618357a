// What goes to which stream: results on standard output, everything else on standard error.
#include <gtest/gtest.h>
#include <signal.h>

#include <nlohmann/json.hpp>

#include "e2e/deploy_host.h"

namespace {

using e2e::DeployHost;
using e2e::Host;

TEST(Streams, ApplyOutputIsPassedOnLiveBehindTheNameOfTheResource) {
  const DeployHost host(R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
run = "echo one; echo two >&2; touch done; test -f ../go || sleep 60"
)");
  support::Running running(host.fluke_program({"run", "--timeout", "0s", "site.hcl"}));
  e2e::wait_for(running, "deploy: one\n");
  e2e::wait_for(running, "deploy: two\n");
  running.send(SIGTERM);
  EXPECT_EQ(running.wait().signal, SIGTERM);
}

TEST(Streams, CheckShowsWhatTheCheckPrintedAsTheReasonOfADrift) {
  const DeployHost host("[tasks]\ncheck = 'echo no file done; test -f done'\napply = 'true'\n");
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"check", "site.hcl"}, {"check", "--quiet", "site.hcl"}}) {
    const support::Ran ran = host.fluke(arguments);
    EXPECT_EQ(ran.status, 2);
    EXPECT_NE(ran.out.find("deploy  drifted    task \"check\" exited with status 1"),
              std::string::npos)
        << ran.out;
    EXPECT_TRUE(ran.err.starts_with("deploy: last output of check:\n")) << ran.err;
    EXPECT_NE(ran.err.find("deploy: no file done\n"), std::string::npos) << ran.err;
  }
}

TEST(Streams, ARunShowsCheckOutputOnlyIfTheCheckCouldNotRun) {
  const DeployHost host("[tasks]\ncheck = 'echo looking; test -f done'\napply = 'touch done'\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).err.find("looking"), std::string::npos);

  host.directory_with_tasks("app", "[tasks]\ncheck = 'echo looking; sleep 60'\napply = 'true'\n");
  const support::Ran ran = host.fluke({"run", "--timeout", "500ms", "site.hcl"});
  EXPECT_NE(ran.err.find("deploy: looking\n"), std::string::npos) << ran.err;
}

TEST(Streams, AFailedVerifyShowsWhatTheCheckPrinted) {
  const DeployHost host("[tasks]\ncheck = 'echo still broken; false'\napply = 'true'\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("deploy  failed     verify: apply succeeded but the check still fails"),
            std::string::npos)
      << ran.out;
  EXPECT_NE(ran.err.find("deploy: still broken\n"), std::string::npos) << ran.err;
}

TEST(Streams, QuietSaysNothingWhenEverythingIsSatisfied) {
  const DeployHost host;
  host.write("app/done", "");
  const support::Ran ran = host.fluke({"run", "--quiet", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out + ran.err, "");
}

TEST(Streams, QuietSaysWhatChanged) {
  const DeployHost host;
  host.directory_with_tasks("other", "[tasks]\ncheck = 'true'\napply = 'true'\n");
  host.write("other.hcl", "mise \"other\" {\n  working_dir = \"other\"\n}\n");
  const support::Ran ran = host.fluke({"run", "--quiet", "site.hcl", "other.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  applied    check <time>  apply <time>  verify <time>\n"
            "2 resources: 1 satisfied, 1 applied in <time>\n");
  EXPECT_EQ(ran.err, "");
}

TEST(Streams, QuietShowsTheOutputOfWhatFailed) {
  const DeployHost host("[tasks]\ncheck = 'false'\napply = 'echo no disk; exit 3'\n");
  const support::Ran ran = host.fluke({"run", "--quiet", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("deploy: no disk\n"), std::string::npos) << ran.err;
}

TEST(Streams, JsonIsTheOnlyThingOnStandardOutput) {
  const DeployHost host;
  const support::Ran ran = host.fluke({"run", "--format", "json", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  const auto document = nlohmann::json::parse(ran.out, nullptr, false);
  ASSERT_FALSE(document.is_discarded()) << ran.out;
  EXPECT_EQ(document["schema"], 1);
  EXPECT_EQ(document["command"], "run");
  EXPECT_EQ(document["exit_code"], 0);
  EXPECT_EQ(document["summary"]["applied"], 1);
  EXPECT_EQ(document["resources"][0]["name"], "deploy");
  EXPECT_EQ(document["resources"][0]["outcome"], "applied");
  EXPECT_EQ(document["resources"][0]["check"]["exit_code"], 1);
  EXPECT_EQ(document["resources"][0]["verify"]["exit_code"], 0);
}

TEST(Streams, TheJsonDocumentComesWithDiagnosticsWhenTheManifestIsInvalid) {
  const Host host;
  host.write("site.hcl", "mise \"deploy\" {\n}\n");
  const support::Ran ran = host.fluke({"run", "--format", "json", "site.hcl"});
  EXPECT_EQ(ran.status, 65);
  const auto document = nlohmann::json::parse(ran.out, nullptr, false);
  ASSERT_FALSE(document.is_discarded()) << ran.out;
  EXPECT_EQ(document["exit_code"], 65);
  EXPECT_EQ(document["resources"].size(), 0U);
  ASSERT_EQ(document["diagnostics"].size(), 1U);
  EXPECT_EQ(document["diagnostics"][0]["file"], "site.hcl");
  EXPECT_EQ(document["diagnostics"][0]["range"]["start"]["line"], 1);
}

TEST(Streams, TheJsonDocumentComesAlsoForAUsageError) {
  const Host host;
  const support::Ran ran = host.fluke({"run", "--format", "json", "--onyl", "x", "site.hcl"});
  EXPECT_EQ(ran.status, 64);
  const auto document = nlohmann::json::parse(ran.out, nullptr, false);
  ASSERT_FALSE(document.is_discarded()) << ran.out;
  EXPECT_EQ(document["exit_code"], 64);
  EXPECT_EQ(document["diagnostics"][0]["summary"],
            "unknown option \"--onyl\" for fluke run; did you mean \"--only\"?");
}

TEST(Streams, AJsonReportIsTheSameDocumentInAFile) {
  const DeployHost host;
  const support::Ran ran = host.fluke({"run", "--report", "json=report.json", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  const auto document = nlohmann::json::parse(host.read("report.json"), nullptr, false);
  ASSERT_FALSE(document.is_discarded());
  EXPECT_EQ(document["resources"][0]["outcome"], "applied");
}

TEST(Streams, APasswordInAUrlAppearsNowhere) {
  const Host host;
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = "app"
  git {
    url = "http://deploy:hunter2@127.0.0.1:1/app.git"
  }
}
)");
  for (const std::string format : {"text", "json"}) {
    const support::Ran ran = host.fluke({"run", "--verbose", "--format", format, "site.hcl"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ((ran.out + ran.err).find("hunter2"), std::string::npos) << ran.out << ran.err;
    EXPECT_NE((ran.out + ran.err).find("127.0.0.1"), std::string::npos) << ran.out << ran.err;
  }
  EXPECT_EQ(host.fluke({"list", "--format", "json", "site.hcl"}).out.find("hunter2"),
            std::string::npos);
}

TEST(Streams, NoBeginningOfASecretIsInACommandThatMiseCuts) {
  const DeployHost host(R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
run = ": {{env.TOKEN}}; touch done"
)");
  host.write("site.hcl", R"(variable "token" {
  type      = string
  sensitive = true
}
mise "deploy" {
  working_dir = "app"
  env         = { TOKEN = var.token }
}
)");
  std::string token;
  for (int i = 1000; i < 1050; ++i) {
    token += std::to_string(i);
  }
  const support::Ran ran =
      host.fluke({"run", "-v", "--var", "token=" + token, "--report", "json=r.json", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.err.find("$ : ***"), std::string::npos) << ran.err;
  for (const std::string& seen : {ran.out, ran.err, host.read("r.json")}) {
    EXPECT_EQ(seen.find("100010"), std::string::npos) << seen;
  }
}

TEST(Streams, ColourGoesOnlyToATerminalUnlessAskedFor) {
  const DeployHost host;
  host.write("app/done", "");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).out.find('\x1b'), std::string::npos);
  EXPECT_NE(host.fluke({"run", "--color", "always", "site.hcl"}).out.find('\x1b'),
            std::string::npos);
}

TEST(Streams, AManifestCanComeFromStandardInput) {
  const DeployHost host;
  support::Program program = host.fluke_program({"run", "-"});
  program.input = "mise \"deploy\" {\n  working_dir = \"app\"\n}\n";
  EXPECT_EQ(support::run(program).status, 0);
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(Streams, ListPrintsOneNameALine) {
  const Host host;
  host.write("a.fluke.hcl", "mise \"one\" {\n  working_dir = \".\"\n}\n");
  host.write("b/b.fluke.hcl", "mise \"two\" {\n  working_dir = \".\"\n}\n");
  EXPECT_EQ(host.fluke({"list", "."}).out, "one\ntwo\n");
}

TEST(Streams, ValidateSaysThatAllIsWell) {
  const DeployHost host;
  const support::Ran ran = host.fluke({"validate", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "1 resource in 1 manifest: valid\n");
}

}  // namespace
