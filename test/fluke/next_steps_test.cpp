#include "fluke/next_steps.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "support/temporary_directory.h"

namespace {

using fluke::CheckOptions;
using fluke::next_steps;
using reconcile::Cause;
using reconcile::Outcome;
using reconcile::ResourceOutcome;
using reconcile::RunOutcome;

ResourceOutcome failed(std::string name, Cause cause = Cause::failed) {
  return {.name = std::move(name), .outcome = Outcome::failed, .cause = cause};
}

CheckOptions options_of(std::vector<std::string> manifests) {
  return {.inputs = {.manifests = std::move(manifests)}};
}

TEST(NextSteps, AreNoneWhereNothingIsLeftToDo) {
  const RunOutcome run{.resources = {{.name = "a", .outcome = Outcome::satisfied},
                                     {.name = "b", .outcome = Outcome::applied},
                                     {.name = "c", .outcome = Outcome::disabled}}};
  EXPECT_EQ(next_steps("run", options_of({"site.hcl"}), {}, run), "");
}

TEST(NextSteps, TryFailuresAgainByName) {
  const RunOutcome run{.resources = {failed("site[\"a\"]"), failed("b")}};
  EXPECT_EQ(next_steps("run", options_of({"site.hcl", "my file.hcl"}), {}, run),
            "next:\n"
            "  fluke run -v --only 'site[\"a\"]' --only b site.hcl 'my file.hcl'"
            "  # tries again what failed, and shows all that it prints\n");
}

TEST(NextSteps, NameNoMoreThanThreeFailures) {
  const RunOutcome run{.resources = {failed("a"), failed("b"), failed("c"), failed("d")}};
  CheckOptions options = options_of({"site.hcl"});
  options.selection.skip = {"e*"};
  EXPECT_EQ(next_steps("check", options, {}, run),
            "next:\n"
            "  fluke check -v --skip 'e*' site.hcl"
            "  # tries again what failed, and shows all that it prints\n");
}

TEST(NextSteps, ApplyWhatACheckFoundDrifted) {
  const RunOutcome run{.resources = {{.name = "a", .outcome = Outcome::drifted}}};
  CheckOptions options = options_of({"site.hcl"});
  options.selection.only = {"a"};
  EXPECT_EQ(next_steps("check", options, {}, run),
            "next:\n  fluke run --only a site.hcl  # applies what has drifted\n");
}

TEST(NextSteps, AskTheDoctorAboutTheHost) {
  for (const Cause cause : {Cause::misconfigured, Cause::program_missing}) {
    EXPECT_EQ(next_steps("run", options_of({"site.hcl"}), {}, {.resources = {failed("a", cause)}}),
              "next:\n  fluke doctor site.hcl  # shows what this host lacks\n");
  }
}

TEST(NextSteps, WaitForTheOtherFluke) {
  EXPECT_EQ(
      next_steps("run", options_of({"site.hcl"}), {}, {.resources = {failed("a", Cause::locked)}}),
      "next:\n  fluke run --lock-timeout 10m site.hcl  # waits for the other fluke\n");
}

TEST(NextSteps, GoOnAfterASignal) {
  const RunOutcome run{.resources = {failed("a", Cause::interrupted)}, .interrupted_by = 2};
  EXPECT_EQ(next_steps("run", options_of({"site.hcl"}), {}, run),
            "next:\n  fluke run site.hcl  # does the rest\n");
}

TEST(NextSteps, HoldWhatElseTheCommandLineSaid) {
  CheckOptions options = options_of({"-"});
  options.inputs.given = {{.is_file = true, .text = "host.hcl"}, {.text = "release=v2 beta"}};
  options.programs.mise = "/opt/mise";
  options.programs.git = "/opt/git";
  EXPECT_EQ(
      next_steps("check", options, {}, {.resources = {{.name = "a", .outcome = Outcome::drifted}}}),
      "next:\n"
      "  fluke run --var-file host.hcl --var 'release=v2 beta' --mise /opt/mise --git "
      "/opt/git -  # applies what has drifted\n");
}

TEST(NextSteps, ApplyDriftThatARunHasLeft) {
  CheckOptions options = options_of({"site.hcl"});
  options.inputs.labels = {"role=web"};
  EXPECT_EQ(
      next_steps("run", options, {}, {.resources = {{.name = "a", .outcome = Outcome::drifted}}}),
      "next:\n  fluke run --remediate --label role=web site.hcl  # applies what has drifted\n");
}

/// The words that a shell makes of the command, a line each; what it says where it makes none.
std::string as_a_shell_reads(const std::string& steps, const std::string& before) {
  const std::string command = steps.substr(steps.find("fluke "));
  const support::TemporaryDirectory directory;
  const std::string script =
      directory.write("script", before + "\nfluke() { printf '%s\\n' \"$@\"; }\n" + command);
  std::string read;
  FILE* shell = ::popen(("sh " + script + " 2>&1").c_str(), "r");
  for (int c = std::fgetc(shell); c != EOF; c = std::fgetc(shell)) {
    read += static_cast<char>(c);
  }
  ::pclose(shell);
  return read;
}

TEST(NextSteps, StopAtASecretThatIsNotSet) {
  CheckOptions options = options_of({"site.hcl"});
  options.inputs.given = {{.text = "api-key=hunter2"}};
  const std::string steps = next_steps("check", options, {.sensitive_variables = {"api-key"}},
                                       {.resources = {{.name = "a", .outcome = Outcome::drifted}}});
  EXPECT_EQ(steps,
            "next:\n"
            "  fluke run --var api-key=\"${api_key:?set it to the secret value}\" site.hcl"
            "  # applies what has drifted\n");
  EXPECT_EQ(as_a_shell_reads(steps, "api_key='hunter 2'"),
            "run\n--var\napi-key=hunter 2\nsite.hcl\n");
  const std::string stopped = as_a_shell_reads(steps, "unset api_key");
  EXPECT_NE(stopped.find("api_key: set it to the secret value\n"), std::string::npos) << stopped;
  EXPECT_EQ(stopped.find("run\n"), std::string::npos) << stopped;
}

}  // namespace
