#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "fluke/build_info.h"
#include "fluke/command_line.h"
#include "fluke/commands.h"

namespace {

/// A variable of the environment, for as long as this lives.
class WithVariable {
 public:
  WithVariable(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  WithVariable(const WithVariable&) = delete;
  WithVariable& operator=(const WithVariable&) = delete;
  ~WithVariable() { unsetenv(name_); }

 private:
  const char* name_;
};

tl::expected<fluke::CommandLine, fluke::UsageError> parse(std::string_view line) {
  std::istringstream words{std::string(line)};
  std::vector<std::string> arguments{"fluke"};
  for (std::string word; words >> word;) {
    arguments.push_back(word);
  }
  std::vector<const char*> argv;
  for (const std::string& argument : arguments) {
    argv.push_back(argument.c_str());
  }
  return fluke::parse_command_line(static_cast<int>(argv.size()), argv.data());
}

/// The options of a command line that is right.
template <typename T = fluke::RunOptions>
T options(std::string_view line) {
  const auto parsed = parse(line);
  if (!parsed) {
    ADD_FAILURE() << line << ": " << parsed.error().message;
    return {};
  }
  return std::get<T>(parsed->options);
}

fluke::Invocation invocation(std::string_view line) {
  return parse(line).value().invocation;
}

fluke::Inputs inputs(std::string_view line) {
  return std::visit(
      [](const auto& options) {
        if constexpr (requires { options.inputs; }) {
          return options.inputs;
        }
        return fluke::Inputs();
      },
      parse(line).value().options);
}

std::string error(std::string_view line) {
  const auto parsed = parse(line);
  return parsed ? "(no error)" : parsed.error().message;
}

TEST(Options, TakeManifestsInTheOrderGiven) {
  EXPECT_EQ(inputs("run b.hcl - a.hcl").manifests,
            (std::vector<std::string>{"b.hcl", "-", "a.hcl"}));
}

TEST(Options, MayStandBeforeAndAfterManifests) {
  const fluke::RunOptions parsed = options("run --only x a.hcl --only y,z b.hcl --fail-fast");
  EXPECT_EQ(parsed.inputs.manifests, (std::vector<std::string>{"a.hcl", "b.hcl"}));
  EXPECT_EQ(parsed.selection.only, (std::vector<std::string>{"x", "y", "z"}));
  EXPECT_TRUE(parsed.fail_fast);
}

TEST(Options, TakeEverythingBehindTwoDashesAsManifests) {
  EXPECT_EQ(inputs("run -- -odd.hcl").manifests, std::vector<std::string>{"-odd.hcl"});
}

/// "a=b, file c": what gives values to variables, in its order.
std::string given_by(std::string_view line) {
  std::string out;
  for (const manifest::GivenArgument& argument : inputs(line).given) {
    out += out.empty() ? "" : ", ";
    out += (argument.is_file ? "file " : "") + argument.text;
  }
  return out;
}

TEST(Options, KeepTheOrderOfVariablesAndTheirFiles) {
  EXPECT_EQ(given_by("run a.hcl"), "");
  EXPECT_EQ(given_by("run --var a=1 --var-file f a.hcl --var=b=2,3 --var-file=g --var a="),
            "a=1, file f, b=2,3, file g, a=");
  EXPECT_EQ(given_by("list a.hcl --var a=[1]"), "a=[1]");
  EXPECT_EQ(given_by("validate --var a=1 a.hcl"), "a=1");
}

TEST(Options, AFileOfVariablesInTheEnvironmentIsTheWeakest) {
  const WithVariable file("FLUKE_VAR_FILE", "f");
  EXPECT_EQ(given_by("check a.hcl --var a=1"), "file f, a=1");
  EXPECT_EQ(given_by("check a.hcl --var a=1 --var-file g"), "a=1, file g");
}

TEST(Options, ReadDurations) {
  const fluke::RunOptions parsed =
      options("run a.hcl --timeout 1h30m --lock-timeout 250ms --splay 5m");
  EXPECT_EQ(parsed.splay, std::chrono::minutes(5));
  EXPECT_EQ(parsed.timeout, std::chrono::minutes(90));
  EXPECT_EQ(parsed.lock_timeout, std::chrono::milliseconds(250));
}

TEST(Options, ReadACount) {
  EXPECT_EQ(options("run a.hcl").retries, 0);
  EXPECT_EQ(options("run a.hcl --retry 3").retries, 3);
}

TEST(Options, TheLastOfTwoWins) {
  EXPECT_EQ(options("run a.hcl --timeout 1s --timeout 2s").timeout, std::chrono::seconds(2));
}

TEST(Options, ComeFromTheEnvironmentToo) {
  const WithVariable timeout("FLUKE_LOCK_TIMEOUT", "5m");
  const WithVariable only("FLUKE_ONLY", R"(a,site["b,\"c"],d)");
  const WithVariable flag("FLUKE_FAIL_FAST", "true");
  const fluke::RunOptions parsed = options("run a.hcl");
  EXPECT_EQ(parsed.lock_timeout, std::chrono::minutes(5));
  EXPECT_EQ(parsed.selection.only, (std::vector<std::string>{"a", R"(site["b,\"c"])", "d"}));
  EXPECT_TRUE(parsed.fail_fast);
}

TEST(Options, OnTheCommandLineWinOverTheEnvironment) {
  const WithVariable format("FLUKE_FORMAT", "json");
  EXPECT_EQ(options("run a.hcl --format text").output.format, fluke::Format::text);
}

TEST(Options, OnTheCommandLineWinOverTheVariableOfTheirOpposite) {
  {
    const WithVariable quiet("FLUKE_QUIET", "1");
    const fluke::RunOptions parsed = options("run a.hcl -v");
    EXPECT_TRUE(parsed.verbose);
    EXPECT_FALSE(parsed.output.quiet);
    EXPECT_TRUE(options("run a.hcl --verbose=false").output.quiet);
    EXPECT_EQ(error("run a.hcl -qv"), "--quiet and --verbose exclude each other");
  }
  const WithVariable verbose("FLUKE_VERBOSE", "1");
  const auto parsed = options<fluke::CheckOptions>("check a.hcl --quiet");
  EXPECT_TRUE(parsed.output.quiet);
  EXPECT_FALSE(parsed.verbose);
}

TEST(Options, OfTwoVariablesThatAreOppositesTheOneThatShowsMoreWins) {
  const WithVariable quiet("FLUKE_QUIET", "1");
  const WithVariable verbose("FLUKE_VERBOSE", "1");
  EXPECT_TRUE(options("run a.hcl").verbose);
  EXPECT_FALSE(options("run a.hcl").output.quiet);
}

TEST(Options, NameTheVariableThatIsWrong) {
  const struct {
    const char* variable;
    const char* value;
    std::string_view message;
  } cases[] = {
      {"FLUKE_TIMEOUT", "5",
       "FLUKE_TIMEOUT is \"5\", which is not a duration; write it as 90s, 5m or 1h30m"},
      {"FLUKE_LOCK_TIMEOUT", "5",
       "FLUKE_LOCK_TIMEOUT is \"5\", which is not a duration; write it as 90s, 5m or 1h30m"},
      {"FLUKE_SPLAY", "x",
       "FLUKE_SPLAY is \"x\", which is not a duration; write it as 90s, 5m or 1h30m"},
      {"FLUKE_FORMAT", "yaml", "FLUKE_FORMAT is \"yaml\", but must be one of: json, jsonl, text"},
      {"FLUKE_COLOR", "red", "FLUKE_COLOR is \"red\", but must be one of: always, auto, never"},
      {"FLUKE_QUIET", "maybe", "FLUKE_QUIET takes true or false, not \"maybe\""},
      {"FLUKE_FAIL_FAST", "maybe", "FLUKE_FAIL_FAST takes true or false, not \"maybe\""},
      {"FLUKE_REPORT", "xml=f",
       "FLUKE_REPORT knows no kind \"xml\"; the kinds are: json, jsonl, junit, prometheus, html, "
       "github"},
      {"FLUKE_REPORT", "json", "FLUKE_REPORT=json needs a file; write FLUKE_REPORT=json=FILE"},
      {"FLUKE_REPORT", "junit=-",
       "FLUKE_REPORT writes to a file; for standard output, name /dev/stdout"},
  };
  for (const auto& [variable, value, message] : cases) {
    const WithVariable set(variable, value);
    EXPECT_EQ(error("run a.hcl"), message) << variable;
  }
  const WithVariable format("FLUKE_FORMAT", "jsonl");
  EXPECT_EQ(error("list a.hcl"),
            "FLUKE_FORMAT is \"jsonl\", but fluke list has no events to print; it takes text or "
            "json");
}

TEST(Options, AnOptionThatIsWrongIsNamedThoughItsVariableIsSetToo) {
  const WithVariable timeout("FLUKE_TIMEOUT", "5");
  EXPECT_EQ(error("run a.hcl --timeout 6"),
            "--timeout is \"6\", which is not a duration; write it as 90s, 5m or 1h30m");
}

TEST(Options, TakeTheManifestThatTheEnvironmentNamesOrElseTheCurrentDirectory) {
  EXPECT_EQ(inputs("run").manifests, std::vector<std::string>{"."});
  EXPECT_TRUE(inputs("run").assumes_manifest);
  EXPECT_TRUE(inputs("doctor").manifests.empty());
  const WithVariable manifest("FLUKE_MANIFEST", "/etc/fluke");
  for (const std::string_view command : {"run", "check", "validate", "list", "doctor"}) {
    EXPECT_EQ(inputs(command).manifests, std::vector<std::string>{"/etc/fluke"});
  }
  EXPECT_FALSE(inputs("run").assumes_manifest);
  EXPECT_EQ(inputs("run a.hcl").manifests, std::vector<std::string>{"a.hcl"});
  EXPECT_EQ(options<fluke::FmtOptions>("fmt").files, std::vector<std::string>{"."});
}

TEST(Options, AnEmptyVariableIsAnUnsetOne) {
  const WithVariable format("FLUKE_FORMAT", "");
  const WithVariable flag("FLUKE_QUIET", "");
  EXPECT_EQ(options("run a.hcl").output.format, fluke::Format::text);
  EXPECT_FALSE(options("run a.hcl").output.quiet);
}

TEST(Options, AFlagVariableCanSayNo) {
  const WithVariable flag("FLUKE_QUIET", "0");
  EXPECT_FALSE(options("run a.hcl").output.quiet);
}

TEST(Options, TellWhatIsWrong) {
  const struct {
    std::string_view line;
    std::string_view message;
  } cases[] = {
      {"", "no command was given; see fluke --help"},
      {"rnu a.hcl", "unknown command \"rnu\"; did you mean \"run\"?"},
      {"xyzzy a.hcl", "unknown command \"xyzzy\"; see fluke --help"},
      {"help rnu", "unknown command \"rnu\"; did you mean \"run\"?"},
      {"run a.hcl --onyl x", "unknown option \"--onyl\" for fluke run; did you mean \"--only\"?"},
      {"check a.hcl --detailed-exitcode",
       "unknown option \"--detailed-exitcode\" for fluke check; see fluke check --help"},
      {"--quiet run a.hcl", "unknown option \"--quiet\" for fluke; see fluke --help"},
      {"run a.hcl --timeout", "option --timeout needs a value"},
      {"run a.hcl --timeout 30",
       "--timeout is \"30\", which is not a duration; write it as 90s, 5m or 1h30m"},
      {"run a.hcl --format yaml", "--format is \"yaml\", but must be one of: json, jsonl, text"},
      {"run a.hcl --color red", "--color is \"red\", but must be one of: always, auto, never"},
      {"run a.hcl -q -v", "--quiet and --verbose exclude each other"},
      {"list a.hcl --format jsonl",
       "--format is \"jsonl\", but fluke list has no events to print; it takes text or json"},
      {"doctor a.hcl --format jsonl",
       "--format is \"jsonl\", but fluke doctor has no events to print; it takes text or json"},
      {"plan a.hcl",
       "unknown command \"plan\"; fluke check shows what a run would change, and changes nothing"},
      {"lint a.hcl",
       "unknown command \"lint\"; fluke validate finds mistakes in manifests, and fluke fmt "
       "--check "
       "those in their layout"},
      {"version", "unknown command \"version\"; fluke --version prints the version"},
      {"-V", "unknown option \"-V\" for fluke; fluke --version prints the version"},
      {"run -V", "unknown option \"-V\" for fluke run; fluke --version prints the version"},
      {"apply a.hcl",
       "unknown command \"apply\"; fluke run brings resources to their desired state"},
      {"run --dry-run a.hcl",
       "unknown option \"--dry-run\" for fluke run; fluke check shows what a run would change, and "
       "changes nothing"},
      {"run -n a.hcl",
       "unknown option \"-n\" for fluke run; fluke check shows what a run would change, and "
       "changes "
       "nothing"},
      {"run --yes a.hcl",
       "unknown option \"--yes\" for fluke run; fluke run asks no questions, and fluke check "
       "changes "
       "nothing"},
      {"run --watch-interval 5m a.hcl",
       "unknown option \"--watch-interval\" for fluke run; fluke runs once, and cron or a systemd "
       "timer starts it again; see man fluke-fleet"},
      {"fmt --dry-run a.hcl", "unknown option \"--dry-run\" for fluke fmt; see fluke fmt --help"},
      {"run a.hcl --splay soon",
       "--splay is \"soon\", which is not a duration; write it as 90s, 5m or 1h30m"},
      {"run a.hcl --retry often",
       "--retry is \"often\", which is not a whole number from 0 to 100"},
      {"run a.hcl --retry 101", "--retry is \"101\", which is not a whole number from 0 to 100"},
      {"run a.hcl --report xml=f",
       "--report knows no kind \"xml\"; the kinds are: json, jsonl, junit, prometheus, html, "
       "github"},
      {"run a.hcl --report jnuit=f", "--report knows no kind \"jnuit\"; did you mean \"junit\"?"},
      {"run a.hcl --report json", "--report json needs a file; write --report json=FILE"},
      {"run a.hcl --report html=", "--report html needs a file; write --report html=FILE"},
      {"run a.hcl --report json=-",
       "--report writes to a file; for standard output, write --format json"},
      {"run a.hcl --report junit=-",
       "--report writes to a file; for standard output, name /dev/stdout"},
      {"run a.hcl --report github=f",
       "--report github takes no file; write --report github, or --report github=off"},
      {"run a.hcl --var hunter2", "--var needs a name and a value; write --var NAME=VALUE"},
      {"run a.hcl --var =hunter2", "--var needs a name and a value; write --var NAME=VALUE"},
      {"fmt a.hcl --var a=hunter2", "unknown option \"--var\" for fluke fmt; see fluke fmt --help"},
      {"run a.hcl --quiet=maybe", "--quiet takes true or false, not \"maybe\""},
      {"completion", "fluke completion needs a shell: bash, zsh or fish"},
      {"completion csh", "the shell is \"csh\", but must be one of: bash, fish, zsh"},
      {"completion bash zsh", "unexpected argument \"zsh\""},
  };
  for (const auto& [line, message] : cases) {
    EXPECT_EQ(error(line), message) << "fluke " << line;
  }
}

TEST(Options, TakeSeveralReports) {
  const WithVariable nowhere("GITHUB_ACTIONS", "");
  const std::string_view line = "run a.hcl --report json=a=b --report html=c --report github";
  const fluke::RunOptions parsed = options(line);
  ASSERT_EQ(parsed.output.reports.size(), 2U);
  EXPECT_EQ(parsed.output.reports[0].kind, fluke::ReportKind::json);
  EXPECT_EQ(parsed.output.reports[0].path, "a=b");
  EXPECT_EQ(parsed.output.reports[1].kind, fluke::ReportKind::html);
  EXPECT_TRUE(invocation(line).github);
}

TEST(Options, ReportToGitHubWhereItRunsThemUnlessToldNotTo) {
  {
    const WithVariable actions("GITHUB_ACTIONS", "true");
    EXPECT_TRUE(invocation("validate a.hcl").github);
    const fluke::Invocation off = invocation("run a.hcl --report github=off");
    EXPECT_FALSE(off.github);
    EXPECT_TRUE(off.on_github);
  }
  const WithVariable actions("GITHUB_ACTIONS", "false");
  EXPECT_FALSE(invocation("run a.hcl").github);
}

TEST(Options, AnErrorKnowsThatJsonWasAskedFor) {
  const auto parsed = parse("run --onyl x --format json a.hcl");
  EXPECT_EQ(parsed.error().format, fluke::Format::json);
  EXPECT_EQ(parse("run --onyl x --format=jsonl").error().format, fluke::Format::jsonl);
}

TEST(Options, HelpIsTheSameAsAnOptionAndAsACommand) {
  for (const std::string_view line :
       {"run --help", "help run", "--help run", "run --format x -h"}) {
    EXPECT_EQ(options<fluke::HelpOptions>(line).topic, "run") << line;
  }
  EXPECT_EQ(options<fluke::HelpOptions>("--help").topic, std::nullopt);
  EXPECT_EQ(options<fluke::HelpOptions>("help").topic, std::nullopt);
}

TEST(Options, TheVersionIsNameNumberCommitAndKindOfBuild) {
  EXPECT_EQ(options<fluke::VersionOptions>("--version").format, fluke::Format::text);
  EXPECT_TRUE(std::regex_match(
      fluke::version_text(fluke::Format::text),
      std::regex(R"(fluke \d+\.\d+\.\d+ \(([0-9a-f]{12}(-dirty)?|unknown), \w+\)\n)")));
}

TEST(Options, TheVersionCanBeHadAsJson) {
  for (const std::string_view line : {"--version --format json", "--format=json --version"}) {
    EXPECT_EQ(options<fluke::VersionOptions>(line).format, fluke::Format::json) << line;
  }
  const auto document = nlohmann::ordered_json::parse(fluke::version_text(fluke::Format::json));
  EXPECT_EQ(document["schema"], 1);
  EXPECT_EQ(document["fluke"], fluke::build_info().version);
  EXPECT_TRUE(document["commit"].is_string());
  EXPECT_EQ(document["commit_time"].get<std::string>().size(), 20U);
  EXPECT_TRUE(document["build_type"].is_string());
  EXPECT_EQ(fluke::version_text(fluke::Format::json), document.dump(2) + "\n");
}

}  // namespace
