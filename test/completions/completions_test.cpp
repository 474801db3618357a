#include <gtest/gtest.h>

#include <set>

#include "completions/offered.h"
#include "docs/program.h"
#include "support/program.h"

namespace completions {
namespace {

using Words = std::vector<std::string>;

constexpr std::string_view two_resources = R"(
mise "web-1.a" {
  working_dir = "/srv/web"
}

mise "worker" {
  working_dir = "/srv/worker"
}
)";

/// The long options that a help text names, in alphabetical order.
Words options_of(const std::string& subcommand) {
  const std::set<std::string> options = docs::options_in(docs::help(subcommand));
  return {options.begin(), options.end()};
}

constexpr std::string_view no_terminals = "there are no terminals here: /dev/pts is not mounted";

class Completion : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!docs::is_on_path(GetParam())) {
      GTEST_SKIP() << GetParam() << " is not installed";
    }
    if (GetParam() == "zsh" && !support::has_terminals()) {
      GTEST_SKIP() << no_terminals;
    }
  }

  Prompt prompt{GetParam()};
};

TEST_P(Completion, OffersTheSubcommands) {
  EXPECT_EQ(prompt.offered("fluke "), docs::subcommands());
  EXPECT_EQ(prompt.offered("fluke va"), Words{"validate"});
}

TEST_P(Completion, OffersTheOptionsThatTheHelpOfEachSubcommandNames) {
  EXPECT_EQ(prompt.offered("fluke --"), options_of(""));
  for (const std::string& subcommand : docs::subcommands()) {
    EXPECT_EQ(prompt.offered("fluke " + subcommand + " --"), options_of(subcommand)) << subcommand;
  }
}

TEST_P(Completion, OffersTheValuesOfOptionsThatTakeOneOfAFewWords) {
  EXPECT_EQ(prompt.offered("fluke run --format "), (Words{"json", "jsonl", "text"}));
  EXPECT_EQ(prompt.offered("fluke list --format "), (Words{"json", "text"}));
  EXPECT_EQ(prompt.offered("fluke list --format=j"), Words{"json"});
  EXPECT_EQ(prompt.offered("fluke check --color "), (Words{"always", "auto", "never"}));
}

TEST_P(Completion, OffersShellsAndHelpTopics) {
  EXPECT_EQ(prompt.offered("fluke completion "), (Words{"bash", "fish", "zsh"}));
  EXPECT_EQ(prompt.offered("fluke help va"), Words{"validate"});
}

TEST_P(Completion, OffersFilesForManifests) {
  prompt.write("site.fluke.hcl", "");
  prompt.write("other.hcl", "");
  EXPECT_EQ(prompt.offered("fluke run --timeout 5m si"), Words{"site.fluke.hcl"});
}

TEST_P(Completion, OffersReportKindsAndThenFiles) {
  prompt.write("report.json", "");
  EXPECT_EQ(prompt.offered("fluke run --report "),
            (Words{"github", "html", "json", "jsonl", "junit", "prometheus"}));
  EXPECT_EQ(prompt.offered("fluke validate --report pro"), Words{"prometheus"});
  EXPECT_EQ(prompt.offered("fluke run --report json=re"), Words{"report.json"});
  EXPECT_EQ(prompt.offered("fluke run --report=json=re"), Words{"report.json"});
  EXPECT_EQ(prompt.offered("fluke check --report html=re"), Words{"report.json"});
}

TEST_P(Completion, OffersTheResourcesOfTheManifestOnTheLine) {
  prompt.write("site.fluke.hcl", two_resources);
  EXPECT_EQ(prompt.offered("fluke run site.fluke.hcl --only "), (Words{"web-1.a", "worker"}));
  EXPECT_EQ(prompt.offered("fluke check --format json site.fluke.hcl --skip=wo"), Words{"worker"});
}

TEST_P(Completion, OffersTheResourcesOfAllManifestsOnTheLine) {
  prompt.write("site.fluke.hcl", two_resources);
  prompt.write("more.fluke.hcl", "mise \"more\" {\n  working_dir = \"/srv/more\"\n}\n");
  EXPECT_EQ(prompt.offered("fluke list site.fluke.hcl more.fluke.hcl --only "),
            (Words{"more", "web-1.a", "worker"}));
}

TEST_P(Completion, SetsTheVariablesOnTheLineWhereItAsksForResources) {
  prompt.write("site.fluke.hcl", R"(
variable "a" {}
variable "b" {}
variable "c" {}
mise "web" { working_dir = "/${var.a}/${var.b}/${var.c}" }
)");
  prompt.write("b.hcl", "b = 2\n");
  EXPECT_EQ(prompt.offered("fluke run --var a=1 --var-file b.hcl --var=c=3 site.fluke.hcl --only "),
            Words{"web"});
  EXPECT_EQ(prompt.offered("fluke run --var-file b"), Words{"b.hcl"});
}

TEST_P(Completion, OffersInstancesAndTheBlockThatTheyComeFrom) {
  prompt.write("site.hcl", R"(
mise "site" {
  for_each    = toset(["a", "b"])
  working_dir = "/srv"
}
)");
  // fish quotes what it inserts only as it does so.
  const Words words = GetParam() == "fish" ? Words{"site", R"(site["a"])", R"(site["b"])"}
                                           : Words{"site", R"(site\[\"a\"\])", R"(site\[\"b\"\])"};
  EXPECT_EQ(prompt.offered("fluke run site.hcl --only "), words);
}

/// A block for each, n1 and so on, whose only instance has that key.
std::string manifest_with_keys(const Words& keys) {
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    text += "mise \"n" + std::to_string(i) + "\" {\n  for_each    = toset([\"" + keys[i] +
            "\"])\n  working_dir = \"/srv\"\n}\n";
  }
  return text;
}

TEST_P(Completion, QuotesNamesSoThatTheyArriveAsTheyAre) {
  if (!support::has_terminals()) {
    GTEST_SKIP() << no_terminals;
  }
  const Words keys = {"a b",    R"(q\"t\\x)", R"(line\nend)", "it's",
                      "x[1]*?", "$HOME`;&|",  "a=b:c,d",      "ü"};
  prompt.write("site.hcl", manifest_with_keys(keys));
  Words lines;
  Words expected;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string begin = "n" + std::to_string(i);
    for (const std::string& typed : {begin + "\\[", "'" + begin + "["}) {
      lines.push_back("fluke run site.hcl --only " + typed);
      expected.push_back(begin + "[\"" + keys[i] + "\"]");
    }
  }
  EXPECT_EQ(prompt.typed(lines), expected);
}

TEST_P(Completion, OffersTheVariablesThatTheManifestsDeclareAndThenAnEqualsSign) {
  if (!support::has_terminals()) {
    GTEST_SKIP() << no_terminals;
  }
  prompt.write("site.hcl", R"(
variable "release" {
  description = "Branch to deploy"
}
variable "stage" {}
mise "web" { working_dir = local.mistake }
)");
  EXPECT_EQ(prompt.offered("fluke run site.hcl --var "), (Words{"release", "stage"}));
  EXPECT_EQ(prompt.offered("fluke run site.hcl --var=st"), Words{"stage"});
  EXPECT_EQ(prompt.offered("fluke run site.hcl --var release=s"), Words{});
  EXPECT_EQ(prompt.typed({"fluke run site.hcl --var rel"}), Words{"release="});
}

TEST_P(Completion, OffersNamesBeforeEveryVariableIsSet) {
  prompt.write("site.hcl", "variable \"a\" {}\nmise \"web\" { working_dir = var.a }\n");
  EXPECT_EQ(prompt.offered("fluke run site.hcl --only "), Words{"web"});
}

TEST_P(Completion, DoesNotWaitForAPipe) {
  EXPECT_EQ(prompt.run({"mkfifo", "pipe.hcl"}).status, 0);
  EXPECT_EQ(prompt.offered("fluke run pipe.hcl --only "), Words{});
  EXPECT_EQ(prompt.offered("fluke run pipe.hcl --var "), Words{});
}

TEST_P(Completion, OffersNoResourceWithoutAManifest) {
  EXPECT_EQ(prompt.offered("fluke run --only "), Words{});
}

TEST_P(Completion, StaysSilentWhenTheManifestIsBroken) {
  prompt.write("broken.hcl", "mise {");
  EXPECT_EQ(prompt.offered("fluke run broken.hcl --only "), Words{});
}

TEST_P(Completion, IsPrintedByTheProgramAsItLiesInTheSourceTree) {
  const support::Ran printed = prompt.run({"fluke", "completion", GetParam()});
  EXPECT_EQ(printed.status, 0);
  EXPECT_EQ(printed.out, support::read_file(script_of(GetParam())));
}

TEST_P(Completion, CanBeSourcedInAStartupFile) {
  const std::string set_up = GetParam() == "zsh" ? "autoload -Uz compinit; compinit -u -D; " : "";
  const support::Ran ran =
      prompt.run({GetParam(), "-c", set_up + "source " + script_of(GetParam()).string()});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out + ran.err, "");
}

TEST(Complete, DescribesWhatItOffers) {
  const support::TemporaryDirectory directory;
  directory.write("site.hcl", R"(
variable "release" {
  description = "Branch\tto deploy"
}
mise "site" {
  for_each    = toset(["a"])
  working_dir = "/srv/${each.key}"
}
mise "web" {
  working_dir = "/web"
}
)");
  const auto complete = [&](const std::string& option) {
    const support::Ran ran =
        docs::run({"fluke", "complete", "run", "site.hcl", option}, directory.path());
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
    return ran.out;
  };
  EXPECT_EQ(complete("--only="),
            "words\t--only=\nsite\tall of its instances\nsite[\"a\"]\t/srv/a\nweb\t/web\n");
  EXPECT_EQ(complete("--var="), "words\t--var=\nrelease=\tBranch to deploy\n");
}

TEST(Complete, IsHiddenFromPeople) {
  EXPECT_EQ(docs::help("").find("complete "), std::string::npos);
  const support::Ran ran = docs::run({"fluke", "completee"}, "/");
  EXPECT_EQ(ran.err, "fluke: unknown command \"completee\"; did you mean \"completion\"?\n");
}

INSTANTIATE_TEST_SUITE_P(Shells, Completion, testing::Values("bash", "zsh", "fish"),
                         [](const auto& shell) { return shell.param; });

}  // namespace
}  // namespace completions
