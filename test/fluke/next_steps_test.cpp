#include "fluke/next_steps.h"

#include <gtest/gtest.h>

namespace {

using fluke::next_steps;
using fluke::Options;
using fluke::Subcommand;
using reconcile::Cause;
using reconcile::Outcome;
using reconcile::ResourceOutcome;
using reconcile::RunOutcome;

ResourceOutcome failed(std::string name, Cause cause = Cause::failed) {
  return {.name = std::move(name), .outcome = Outcome::failed, .cause = cause};
}

Options options_of(std::vector<std::string> manifests) {
  Options options;
  options.manifests = std::move(manifests);
  return options;
}

Options check_of(std::vector<std::string> manifests) {
  Options options = options_of(std::move(manifests));
  options.subcommand = Subcommand::check;
  return options;
}

TEST(NextSteps, AreNoneWhereNothingIsLeftToDo) {
  const RunOutcome run{.resources = {{.name = "a", .outcome = Outcome::satisfied},
                                     {.name = "b", .outcome = Outcome::applied},
                                     {.name = "c", .outcome = Outcome::disabled}}};
  EXPECT_EQ(next_steps(options_of({"site.hcl"}), run), "");
}

TEST(NextSteps, TryFailuresAgainByName) {
  const RunOutcome run{.resources = {failed("site[\"a\"]"), failed("b")}};
  EXPECT_EQ(next_steps(options_of({"site.hcl", "my file.hcl"}), run),
            "next:\n"
            "  fluke run -v --only 'site[\"a\"]' --only b site.hcl 'my file.hcl'"
            "  # tries again what failed, and shows all that it prints\n");
}

TEST(NextSteps, NameNoMoreThanThreeFailures) {
  const RunOutcome run{.resources = {failed("a"), failed("b"), failed("c"), failed("d")}};
  Options options = check_of({"site.hcl"});
  options.skip = {"e*"};
  EXPECT_EQ(next_steps(options, run),
            "next:\n"
            "  fluke check -v --skip 'e*' site.hcl"
            "  # tries again what failed, and shows all that it prints\n");
}

TEST(NextSteps, ApplyWhatACheckFoundDrifted) {
  const RunOutcome run{.resources = {{.name = "a", .outcome = Outcome::drifted}}};
  Options options = check_of({"site.hcl"});
  options.only = {"a"};
  EXPECT_EQ(next_steps(options, run),
            "next:\n  fluke run --only a site.hcl  # applies what has drifted\n");
}

TEST(NextSteps, AskTheDoctorAboutTheHost) {
  for (const Cause cause : {Cause::misconfigured, Cause::program_missing}) {
    EXPECT_EQ(next_steps(options_of({"site.hcl"}), {.resources = {failed("a", cause)}}),
              "next:\n  fluke doctor site.hcl  # shows what this host lacks\n");
  }
}

TEST(NextSteps, WaitForTheOtherFluke) {
  EXPECT_EQ(next_steps(options_of({"site.hcl"}), {.resources = {failed("a", Cause::locked)}}),
            "next:\n  fluke run --lock-timeout 10m site.hcl  # waits for the other fluke\n");
}

TEST(NextSteps, GoOnAfterASignal) {
  const RunOutcome run{.resources = {failed("a", Cause::interrupted)}, .interrupted_by = 2};
  EXPECT_EQ(next_steps(options_of({"site.hcl"}), run),
            "next:\n  fluke run site.hcl  # does the rest\n");
}

TEST(NextSteps, HoldWhatElseTheCommandLineSaidButNoValues) {
  Options options = check_of({"-"});
  options.given = {{.is_file = true, .text = "host.hcl"}, {.text = "token=secret=1"}};
  options.mise = "/opt/mise";
  options.git = "/opt/git";
  EXPECT_EQ(next_steps(options, {.resources = {{.name = "a", .outcome = Outcome::drifted}}}),
            "next:\n"
            "  fluke run --var-file host.hcl --var token=... --mise /opt/mise --git /opt/git -"
            "  # applies what has drifted\n");
}

}  // namespace
