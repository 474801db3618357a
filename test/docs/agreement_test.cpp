// The help texts, the manual, the README and the scripts around them say the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <regex>

#include "docs/program.h"
#include "support/temporary_directory.h"

namespace docs {
namespace {

using Words = std::vector<std::string>;

std::string document(const std::string& relative) {
  return support::read_file(source_root() / relative);
}

std::set<std::string> all_options() {
  std::set<std::string> options = options_in(help(""));
  for (const std::string& subcommand : subcommands()) {
    options.merge(options_in(help(subcommand)));
  }
  return options;
}

std::set<std::string> as_set(const Words& words) {
  return {words.begin(), words.end()};
}

std::set<std::string> with_dashes(const Words& names) {
  std::set<std::string> options;
  for (const std::string& name : names) {
    options.insert("--" + name);
  }
  return options;
}

std::string variable_of(const std::string& option) {
  std::string name = "FLUKE_" + option.substr(2);
  std::ranges::transform(name, name.begin(), [](unsigned char c) {
    return c == '-' ? '_' : static_cast<char>(std::toupper(c));
  });
  return name;
}

TEST(Documents, TheHelpNamesEachSubcommand) {
  EXPECT_EQ(as_set(all_matches(help(""), "^  ([a-z]+) ")), as_set(subcommands()));
}

TEST(Documents, TheManualExplainsEachSubcommand) {
  const std::string manual = document("man/fluke.1");
  EXPECT_EQ(as_set(all_matches(manual, "^\\.It Cm ([a-z]+)$")), as_set(subcommands()));
  EXPECT_EQ(as_set(all_matches(manual, "^\\.Nm\\n\\.Cm ([a-z]+)$")), as_set(subcommands()));
}

TEST(Documents, TheReadmeNamesEachSubcommand) {
  EXPECT_EQ(as_set(all_matches(document("README.md"), "^\\| `fluke ([a-z]+)")),
            as_set(subcommands()));
}

TEST(Documents, TheManualExplainsEachOptionOfTheHelp) {
  EXPECT_EQ(with_dashes(all_matches(document("man/fluke.1"), "^\\.It Fl (?:\\w , )?-([a-z-]+)")),
            all_options());
}

TEST(Documents, TheManualNamesTheVariableOfEachOption) {
  // No option stands for the manifest.
  std::set<std::string> expected = {"FLUKE_MANIFEST"};
  for (const std::string& option : all_options()) {
    // That of --var bears the name of the variable that is set.
    if (option != "--help" && option != "--version" && option != "--var") {
      expected.insert(variable_of(option));
    }
  }
  EXPECT_EQ(as_set(all_matches(document("man/fluke.1"), "^\\.It Ev (FLUKE_[A-Z_]+)$")), expected);
}

TEST(Documents, HelpManualAndReadmeKnowEachKindOfReport) {
  const Words kinds = all_matches(document("cmd/fluke/options.h"), "ReportKindName\\{\"([a-z]+)\"");
  EXPECT_EQ(kinds.size(), 6U);
  EXPECT_EQ(
      as_set(all_matches(document("man/fluke.1"), "^\\.It Cm ([a-z]+)(?: Ns = Ns Ar file| Op.*)$")),
      as_set(kinds));
  for (const std::string& kind : kinds) {
    const std::string word = "\\b" + kind + "\\b";
    for (const std::string& text :
         {help("run"), help("check"), help("validate"), document("README.md")}) {
      EXPECT_FALSE(all_matches(text, "(" + word + ")").empty()) << kind << " in\n" << text;
    }
  }
}

TEST(Documents, TheReadmeSpeaksOnlyOfOptionsThatExist) {
  const std::set<std::string> options = all_options();
  for (const std::string& option : all_matches(document("README.md"), "`(--[a-z-]+)[ `]")) {
    EXPECT_TRUE(options.contains(option)) << option;
  }
}

TEST(Documents, TheReadmeAndTheManualHaveTheSameExitCodes) {
  const Words readme = all_matches(document("README.md"), "^\\| ([0-9].*) \\|$");
  Words manual = all_matches(document("man/fluke.1"), "^\\.It ([0-9].* Ta .*)$");
  for (std::string& row : manual) {
    row.replace(row.find(" Ta "), 4, " | ");
  }
  EXPECT_EQ(manual, readme);
}

TEST(Documents, TheExitCodesAreThoseOfTheProgram) {
  std::set<std::string> program =
      as_set(all_matches(document("cmd/fluke/exit_code.h"), "^  [a-z_]+ = (\\d+),$"));
  EXPECT_GT(program.size(), 1U);
  program.merge(std::set<std::string>{"129", "130", "131", "143"});
  std::set<std::string> readme;
  for (const std::string& codes : all_matches(document("README.md"), "^\\| ([0-9, ]+) \\|")) {
    readme.merge(as_set(all_matches(codes, "(\\d+)")));
  }
  EXPECT_EQ(readme, program);
}

TEST(Documents, EveryManifestInTheReadmeIsValid) {
  const Words manifests = all_matches(document("README.md"), "^```hcl\\n([^`]+)```$");
  EXPECT_GT(manifests.size(), 1U);
  for (const std::string& manifest : manifests) {
    const support::Ran ran = run({"fluke", "validate", "-"}, "/", manifest);
    EXPECT_EQ(ran.status, 0) << manifest << ran.err;
  }
}

TEST(Documents, TheFirstManifestOfTheReadmeHasSixLines) {
  const std::string manifest = all_matches(document("README.md"), "^```hcl\\n([^`]+)```$").front();
  EXPECT_EQ(std::ranges::count(manifest, '\n'), 6);
}

TEST(Documents, TheManualPagesAreCleanMdoc) {
  if (!is_on_path("mandoc")) {
    GTEST_SKIP() << "mandoc is not installed";
  }
  for (const std::string page : {"man/fluke.1", "man/fluke-manifest.5", "man/fluke-fleet.7"}) {
    const support::Ran ran = run({"mandoc", "-Tlint", "-W", "warning", page}, source_root());
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, "");
  }
}

TEST(Documents, TheChangelogBeginsWithTheVersionOfTheProgram) {
  const std::string version = run({"fluke", "--version"}, "/").out;
  const std::string newest = all_matches(document("CHANGELOG.md"), "^## (\\S+)").front();
  EXPECT_TRUE(version.starts_with("fluke " + newest + " (")) << version << newest;
}

/// A file as a literal display of a manual holds it: quotes that stay straight.
std::string in_a_manual(const std::string& text) {
  const std::string escaped = std::regex_replace(text, std::regex(R"(\\)"), R"(\e)");
  return std::regex_replace(escaped, std::regex("'"), R"(\(aq)");
}

TEST(Documents, ExamplesAndUnitsUseOptionsThatExist) {
  const std::set<std::string> options = all_options();
  std::string lines =
      all_matches(document("cmd/fluke/service/fluke.service"), "^ExecStart=(.*)$").front();
  for (const std::string example : {"fluke.cron", "fleet/site.yml", "fleet/over-ssh",
                                    "fleet/fluke.nomad.hcl", "fleet/cronjob.yaml"}) {
    lines += document("man/examples/" + example);
  }
  for (const std::string& option : all_matches(lines, "(--[a-z-]+)")) {
    EXPECT_TRUE(options.contains(option)) << option;
  }
}

TEST(Documents, TheUnitSetsByVariablesOnlyWhatItsSettingsMaySetOtherwise) {
  const std::string unit = document("cmd/fluke/service/fluke.service");
  // What stands on the command line counts more than any variable.
  EXPECT_EQ(all_matches(unit, "^ExecStart=(.*)$"), Words{"fluke run"});
  const std::set<std::string> known =
      as_set(all_matches(document("man/fluke.1"), "^\\.It Ev (FLUKE_[A-Z_]+)$"));
  const std::string settings = document("cmd/fluke/service/fluke.default");
  const Words used = all_matches(unit + settings, "\\b(FLUKE_[A-Z_]+)=");
  EXPECT_GT(used.size(), 5U);
  for (const std::string& variable : used) {
    EXPECT_TRUE(known.contains(variable)) << variable;
  }
}

TEST(Documents, TheUnitLooksForItsSettingsWhereTheyAreInstalled) {
  const Words files =
      all_matches(document("cmd/fluke/service/fluke.service"), "^EnvironmentFile=-(.*)$");
  EXPECT_EQ(files, (Words{"/usr/local/etc/default/fluke", "/etc/default/fluke"}));
  const std::string rules = document("cmd/fluke/service/CMakeLists.txt");
  EXPECT_NE(rules.find("fluke.default DESTINATION \"${CMAKE_INSTALL_SYSCONFDIR}/default\""),
            std::string::npos);
}

TEST(Documents, TheManualOfFleetsShowsItsExamplesAsTheyAre) {
  const std::string manual = document("man/fluke-fleet.7");
  for (const std::string example :
       {"fluke.cron", "systemd/fluke-failed.service", "systemd/on-failure.conf", "fleet/site.yml",
        "fleet/over-ssh", "fleet/fluke.nomad.hcl", "fleet/cronjob.yaml", "cloud-init.yaml",
        "repository/host.fluke.hcl", "repository/fleet.fluke.hcl"}) {
    const std::string text = document("man/examples/" + example);
    EXPECT_FALSE(text.empty());
    EXPECT_NE(manual.find(".Bd -literal\n" + in_a_manual(text) + ".Ed\n"), std::string::npos)
        << example;
  }
}

TEST(Documents, TheRepositoryOfTheManualGivesEachKindOfHostItsOwn) {
  const auto names = [](const std::string& role) {
    return run({"fluke", "list", "--label", "role=" + role, "fleet.fluke.hcl"},
               source_root() / "man/examples/repository")
        .out;
  };
  EXPECT_EQ(names("web"), "time\nweb/site\nweb/nginx\n");
  EXPECT_EQ(names("database"), "time\ndatabase/postgresql\ndatabase/schema\n");
  EXPECT_EQ(names("build"), "time\nbuild/user\nbuild/runner\n");
  EXPECT_EQ(run({"fluke", "fmt", "--check"}, source_root() / "man/examples/repository").status, 0);
  EXPECT_EQ(run({"fluke", "validate", "host.fluke.hcl"}, source_root() / "man/examples/repository")
                .status,
            0);
}

TEST(Documents, MiseHasTheWordsOfBootstrapAsTasks) {
  Words words = all_matches(run({"./bootstrap"}, source_root()).out, "^  ([a-z]+)(?: |$)");
  std::erase(words, "help");
  EXPECT_EQ(all_matches(document(".mise.toml"), "^\\[tasks\\.([a-z]+)\\]$"), words);
  EXPECT_EQ(all_matches(document(".mise.toml"), "^run = \"\\./bootstrap ([a-z]+)\"$"), words);
  EXPECT_EQ(all_matches(document("README.md"), "^\\| `\\./bootstrap ([a-z]+)` \\|"), words);
}

TEST(Bootstrap, RejectsAnUnknownWord) {
  const support::Ran ran = run({"./bootstrap", "tests"}, source_root());
  EXPECT_EQ(ran.status, 64);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "bootstrap: unknown word \"tests\": the words are deps, build, demo, test, asan, "
            "conformance, acceptance, elsewhere, package, repository, bench, fuzz, includes, "
            "nightly, tidy and help\n");
}

}  // namespace
}  // namespace docs
