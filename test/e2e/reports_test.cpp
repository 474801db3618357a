// The reports of the built binary: files that are there whatever became of the run, events while it
// goes on, and what GitHub's runner reads.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "e2e/deploy_host.h"
#include "report/runner.h"
#include "report/schema.h"

namespace {

using e2e::DeployHost;
using e2e::Host;
using Json = nlohmann::json;

const std::vector<std::string> every_report = {
    "--report",    "json=r.json", "--report",          "jsonl=r.jsonl", "--report",
    "junit=r.xml", "--report",    "prometheus=r.prom", "--report",      "html=r.html"};

/// `fluke FIRST…` with a report of each kind.
std::vector<std::string> with_reports(std::vector<std::string> first) {
  first.insert(first.end(), every_report.begin(), every_report.end());
  return first;
}

std::vector<Json> events_in(const std::string& text) {
  std::vector<Json> events;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    events.push_back(Json::parse(line));
  }
  return events;
}

void expect_every_report(const Host& host, int exit_code) {
  EXPECT_EQ(Json::parse(host.read("r.json")).at("exit_code"), exit_code);
  EXPECT_EQ(events_in(host.read("r.jsonl")).back().at("exit_code"), exit_code);
  EXPECT_NE(host.read("r.xml").find("</testsuites>\n"), std::string::npos);
  EXPECT_NE(host.read("r.prom").find("fluke_run_exit_code " + std::to_string(exit_code) + "\n"),
            std::string::npos);
  EXPECT_NE(host.read("r.html").find("exit code " + std::to_string(exit_code)), std::string::npos);
}

TEST(Reports, AreThereWhateverBecameOfTheRun) {
  const DeployHost host;
  EXPECT_EQ(host.fluke(with_reports({"run", "site.hcl"})).status, 0);
  expect_every_report(host, 0);
  host.directory_with_tasks("app", "[tasks]\ncheck = 'false'\napply = 'exit 3'\n");
  EXPECT_EQ(host.fluke(with_reports({"check", "site.hcl"})).status, 2);
  expect_every_report(host, 2);
  EXPECT_EQ(host.fluke(with_reports({"run", "site.hcl"})).status, 1);
  expect_every_report(host, 1);
  EXPECT_EQ(host.fluke(with_reports({"run", "--only", "nobody", "site.hcl"})).status, 64);
  expect_every_report(host, 64);
  EXPECT_EQ(host.fluke(with_reports({"run", "absent.hcl"})).status, 66);
  expect_every_report(host, 66);
  host.write("site.hcl", "mise \"deploy\" {}\n");
  EXPECT_EQ(host.fluke(with_reports({"validate", "site.hcl"})).status, 65);
  expect_every_report(host, 65);
  report::expect_valid("", {host.read("r.json")});
}

TEST(Reports, SayWhyAResourceHasDrifted) {
  const DeployHost host("[tasks]\ncheck = 'echo no file done; false'\napply = 'true'\n");
  EXPECT_EQ(host.fluke(with_reports({"check", "site.hcl"})).status, 2);
  const Json resource = Json::parse(host.read("r.json")).at("resources").at(0);
  EXPECT_NE(resource.at("output").get<std::string>().find("no file done\n"), std::string::npos);
  EXPECT_EQ(resource.at("check").at("output"), resource.at("output"));
  EXPECT_NE(host.read("r.xml").find("no file done\n"), std::string::npos);
  EXPECT_NE(host.read("r.html").find("<details open=\"\"><summary>last output of check</summary>"),
            std::string::npos);
  EXPECT_NE(host.read("r.html").find("no file done\n"), std::string::npos);
  EXPECT_NE(host.fluke({"check", "--report", "github", "site.hcl"}).err.find("%0Ano file done"),
            std::string::npos);
}

TEST(Reports, KeepWhatASuccessfulApplyPrinted) {
  const DeployHost host("[tasks]\ncheck = 'test -f done'\napply = 'echo making it; touch done'\n");
  EXPECT_EQ(host.fluke(with_reports({"run", "site.hcl"})).status, 0);
  const Json resource = Json::parse(host.read("r.json")).at("resources").at(0);
  EXPECT_NE(resource.at("apply").at("output").get<std::string>().find("making it\n"),
            std::string::npos);
  EXPECT_EQ(resource.at("output"), nullptr);
  EXPECT_NE(host.read("r.html").find("<details><summary>last output of apply</summary>"),
            std::string::npos);
}

TEST(Reports, NameTheHostAndTheUser) {
  const DeployHost host;
  EXPECT_EQ(host.fluke(with_reports({"run", "site.hcl"})).status, 0);
  const std::string name = host.run({"uname", "-n"});
  const Json document = Json::parse(host.read("r.json"));
  EXPECT_EQ(document.at("host").get<std::string>() + "\n", name);
  EXPECT_EQ(document.at("user").get<std::string>() + "\n", host.run({"id", "-un"}));
  EXPECT_EQ(events_in(host.read("r.jsonl")).front().at("host"), document.at("host"));
  EXPECT_NE(host.read("r.html").find("<title>" + name.substr(0, name.size() - 1) + ": fluke run"),
            std::string::npos);
}

TEST(Reports, AreThereAfterAnInterruption) {
  const DeployHost host("[tasks]\ncheck = 'false'\napply = 'echo begun; sleep 60'\n");
  support::Running running(host.fluke_program(with_reports({"run", "site.hcl"})));
  e2e::wait_for(running, "deploy: begun");
  running.send(SIGTERM);
  EXPECT_EQ(running.wait().signal, SIGTERM);
  expect_every_report(host, 143);
}

TEST(Reports, CarryTheLastSuccessOverAFailure) {
  const DeployHost host;
  const auto last_success = [&] {
    const std::string metrics = host.read("m.prom");
    const std::size_t at = metrics.find("fluke_resource_last_success_timestamp_seconds{");
    return at == std::string::npos ? "" : metrics.substr(at);
  };
  EXPECT_EQ(host.fluke({"run", "--report", "prometheus=m.prom", "site.hcl"}).status, 0);
  const std::string before = last_success();
  EXPECT_NE(before, "");
  host.directory_with_tasks("app", "[tasks]\ncheck = 'false'\napply = 'false'\n");
  EXPECT_EQ(host.fluke({"run", "--report", "prometheus=m.prom", "site.hcl"}).status, 1);
  EXPECT_EQ(last_success(), before);
}

TEST(Reports, ThatCannotBeWrittenAreToldOnceAndSpoilAGoodRun) {
  const DeployHost host;
  const support::Ran ran =
      host.fluke({"run", "-q", "--report", "jsonl=/dev/full", "--report", "html=absent/r.html",
                  "--report", "jsonl=absent/r.jsonl", "site.hcl"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(ran.err,
            "fluke: cannot write the report \"absent/r.html\": open: No such file or directory\n"
            "fluke: cannot write the report \"/dev/full\": write: No space left on device\n"
            "fluke: cannot write the report \"absent/r.jsonl\": open: No such file or directory\n");
}

/// A link in `host` that another user made, which only root can give them.
bool make_foreign_link(const Host& host, const std::string& target, const std::string& link) {
  std::filesystem::create_symlink(target, host.root() / link);
  return ::lchown((host.root() / link).c_str(), 65534, 65534) == 0;
}

TEST(Reports, AreNotWrittenThroughALinkOfAnotherUser) {
  DeployHost host;
  host.write("precious", "theirs\n");
  if (!make_foreign_link(host, "precious", "link") ||
      !make_foreign_link(host, "absent", "dangling") || !make_foreign_link(host, ".", "way")) {
    GTEST_SKIP() << "needs root, to give a link to another user";
  }
  host.environment["GITHUB_STEP_SUMMARY"] = host.root() / "link";
  for (const std::string report :
       {"json=link", "jsonl=link", "prometheus=link", "json=dangling", "jsonl=dangling",
        "json=way/precious", "jsonl=way/precious", "github"}) {
    const support::Ran ran = host.fluke({"run", "-q", "--report", report, "site.hcl"});
    EXPECT_EQ(ran.status, 73) << report;
    EXPECT_NE(ran.err.find("\" is a symbolic link that neither root nor this user made; name the "
                           "file itself\n"),
              std::string::npos)
        << report << ran.err;
    EXPECT_EQ(host.read("precious"), "theirs\n") << report;
    EXPECT_FALSE(host.exists("absent")) << report;
  }
}

TEST(Reports, ThatWouldOverwriteAnInputOrEachOtherAreRefused) {
  const DeployHost host;
  const std::string manifest = host.read("site.hcl");
  host.write("dir/one.fluke.hcl", manifest);
  host.write("values.json", "{}");
  std::filesystem::create_symlink("site.hcl", host.root() / "link");
  std::filesystem::create_hard_link(host.root() / "site.hcl", host.root() / "hard");
  const std::pair<std::string, std::vector<std::string>> rows[] = {
      {"site.hcl", {"run", "--report", "json=site.hcl", "site.hcl"}},
      {"link", {"check", "--report", "jsonl=link", "site.hcl"}},
      {"hard", {"validate", "--report", "html=hard", "site.hcl"}},
      {"./site.hcl", {"run", "--report", "junit=./site.hcl", "--only", "nobody", "site.hcl"}},
      {"dir/one.fluke.hcl", {"run", "--report", "json=dir/one.fluke.hcl", "dir"}},
      {"dir/new.fluke.hcl", {"run", "--report", "json=dir/new.fluke.hcl", "dir"}},
      {"values.json",
       {"run", "--var-file", "values.json", "--report", "json=values.json", "site.hcl"}},
      {"dir/../r", {"run", "--report", "json=r", "--report", "html=dir/../r", "site.hcl"}},
  };
  for (const auto& [name, arguments] : rows) {
    const support::Ran ran = host.fluke(arguments);
    EXPECT_EQ(ran.status, 64) << name;
    EXPECT_EQ(ran.err, "fluke: --report writes to \"" + name +
                           "\", which is a manifest, a file of values, or another report of this "
                           "command line; give it a file of its own\n");
    EXPECT_EQ(host.read("site.hcl"), manifest) << name;
    EXPECT_EQ(host.read("dir/one.fluke.hcl"), manifest) << name;
    EXPECT_EQ(host.read("values.json"), "{}") << name;
  }
  EXPECT_FALSE(host.exists("app/done"));
  EXPECT_EQ(host.fluke({"validate", "--report", "json=/dev/null", "--report", "html=/dev/null",
                        "--report", "json=dir/report.json", "site.hcl"})
                .status,
            0);
}

TEST(Reports, AReaderOfEventsThatGoesAwayDoesNotStopTheRun) {
  const DeployHost host("[tasks]\ncheck = 'test -f done'\napply = 'sleep 0.3; touch done'\n");
  const std::string fluke = FLUKE_BINARY;
  host.run({"sh", "-c",
            "mkfifo events; head -n 1 events >first & " + fluke +
                " run site.hcl --report jsonl=events >out 2>err; echo $? >status; wait"});
  EXPECT_EQ(host.read("status"), "73\n");
  EXPECT_NE(
      host.read("err").find("fluke: cannot write the report \"events\": write: Broken pipe\n"),
      std::string::npos)
      << host.read("err");
  EXPECT_EQ(events_in(host.read("first")).front().at("event"), "run_started");
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(Events, ComeWhileTheRunGoesOn) {
  const DeployHost host("[tasks]\ncheck = 'false'\napply = 'echo begun; sleep 60'\n");
  support::Running running(host.fluke_program({"run", "--report", "jsonl=r.jsonl", "site.hcl"}));
  e2e::wait_for(running, "deploy: begun");
  const std::vector<Json> so_far = events_in(host.read("r.jsonl"));
  EXPECT_EQ(so_far.back().at("event"), "output_line");
  EXPECT_EQ(so_far.back().at("line"), "begun");
  running.send(SIGTERM);
  EXPECT_EQ(running.wait().signal, SIGTERM);
}

TEST(Events, OnStandardOutputAreAllThatIsThere) {
  const DeployHost host;
  const support::Ran ran = host.fluke({"run", "--format", "jsonl", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  const std::vector<Json> events = events_in(ran.out);
  EXPECT_EQ(events.front().at("event"), "run_started");
  EXPECT_EQ(events.back().at("event"), "run_ended");
  EXPECT_EQ(events.back().at("summary").at("applied"), 1);
  report::expect_valid("event", {ran.out});
}

TEST(Events, TellOfAUsageErrorToo) {
  const Host host;
  const support::Ran ran = host.fluke({"run", "--format", "jsonl", "--onyl", "x", "site.hcl"});
  EXPECT_EQ(ran.status, 64);
  const std::vector<Json> events = events_in(ran.out);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[1].at("diagnostic").at("summary"),
            "unknown option \"--onyl\" for fluke run; did you mean \"--only\"?");
  EXPECT_EQ(events[2].at("exit_code"), 64);
  report::expect_valid("event", {ran.out});
}

/// The filter of the manual's example, without the escapes of mdoc.
std::string filter_of_the_manual() {
  const std::string manual =
      support::read_file(std::filesystem::path(FLUKE_TEST_DIR).parent_path() / "man/fluke.1");
  constexpr std::string_view opening = "jq --unbuffered -r '";
  const std::size_t begin = manual.find(opening) + opening.size();
  std::string filter = manual.substr(begin, manual.find('\'', begin) - begin);
  for (std::size_t at = 0; (at = filter.find("\\e", at)) != std::string::npos; ++at) {
    filter.replace(at, 2, "\\");
  }
  return filter;
}

TEST(Events, CanBeFollowedAsTheManualSays) {
  DeployHost host;
  host.environment["FILTER"] = filter_of_the_manual();
  if (host.run({"sh", "-c", "command -v jq || true"}).empty()) {
    GTEST_SKIP() << "jq is not installed";
  }
  const std::string told = host.run({"sh", "-c",
                                     FLUKE_BINARY " run --format jsonl site.hcl 2>err | "
                                                  "jq --unbuffered -r \"$FILTER\""});
  EXPECT_TRUE(told.ends_with("Z applying deploy\n")) << told;
}

/// A host whose task tries to give GitHub's runner commands, in every way there is.
struct HostileHost : DeployHost {
  HostileHost()
      : DeployHost(R"(
[tasks.check]
run = "false"
[tasks.apply]
run = '''
echo '::error::one'
printf 'x\r::error::two\n'
echo '##[error]three'
printf '#\302\255#[error]four\n'
printf ':\342\200\213:error::five\n'
echo '##vso[task.setvariable variable=six]x'
exit 3
'''
)") {
    environment["GITHUB_ACTIONS"] = "true";
    environment["GITHUB_WORKSPACE"] = root();
    environment["GITHUB_STEP_SUMMARY"] = root() / "summary.md";
    write("summary.md", "earlier\n");
  }
};

TEST(GitHub, AnnotatesTheManifestAndObeysNoTask) {
  const HostileHost host;
  for (const std::string format : {"text", "json", "jsonl"}) {
    const support::Ran ran = host.fluke({"run", "-v", "--format", format, "site.hcl"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(report::workflow_commands_in(ran.out), std::vector<std::string>{}) << ran.out;
    const std::vector<std::string> commands = report::workflow_commands_in(ran.err);
    ASSERT_EQ(commands.size(), 1U) << ran.err;
    EXPECT_TRUE(
        commands[0].starts_with("::error file=site.hcl,line=1,title=deploy failed::apply: "))
        << commands[0];
  }
  EXPECT_NE(host.read("summary.md").find("earlier\n### fluke run: 1 resource: 1 failed in "),
            std::string::npos)
      << host.read("summary.md");
}

TEST(GitHub, AnnotatesMistakesOfAManifest) {
  HostileHost host;
  host.write("site.hcl", "mise \"deploy\" {\n  # ##[error]x\n  color = 1\n}\n");
  const support::Ran ran = host.fluke({"validate", "site.hcl"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_EQ(report::workflow_commands_in(ran.err).size(), 2U) << ran.err;
  EXPECT_NE(ran.err.find("::error file=site.hcl,line=3,col=3,endLine=3,endColumn=8,"
                         "title=unknown attribute \"color\"::"),
            std::string::npos)
      << ran.err;
}

TEST(GitHub, IsLeftAloneWhenTurnedOff) {
  const HostileHost host;
  const support::Ran ran = host.fluke({"run", "-q", "--report", "github=off", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(report::workflow_commands_in(ran.out + ran.err), std::vector<std::string>{}) << ran.err;
  EXPECT_EQ(host.read("summary.md"), "earlier\n");
  for (const std::string format : {"json", "jsonl"}) {
    const support::Ran other =
        host.fluke({"run", "--format", format, "--report", "github=off", "site.hcl"});
    EXPECT_EQ(report::workflow_commands_in(other.out + other.err), std::vector<std::string>{})
        << other.out << other.err;
  }
}

}  // namespace
