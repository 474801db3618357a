// Somebody is told of a run: notify blocks, and the examples that come with fluke.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "e2e/deploy_host.h"
#include "e2e/host.h"
#include "e2e/loopback_server.h"
#include "process/environment.h"
#include "report/schema.h"

namespace {

using e2e::Host;

/// Keeps what it is told in the directory `told`, beside the copy of the report.
constexpr std::string_view recording_task = R"(
[tasks.alert]
run = '''
mkdir -p told
env | grep -a -e ^FLUKE_RESOURCE -e ^FLUKE_PHASE -e ^FLUKE_MANIFEST -e ^FLUKE_EXIT | sort >told/variables
printf '%s\n' "$FLUKE_SUMMARY" >told/summary
stat -c %a "$FLUKE_REPORT" >told/mode
printf '%s\n' "$FLUKE_REPORT" >told/path
cp "$FLUKE_REPORT" told/report
'''
)";

/// Has three resources, one that is satisfied, one that converges and one that does `last`, and a
/// notify block with `attributes`.
struct OpsHost : Host {
  explicit OpsHost(std::string_view last, std::string_view attributes = "",
                   std::string_view task = recording_task) {
    directory_with_tasks("good", "[tasks]\ncheck = 'true'\napply = 'true'\n");
    directory_with_tasks("new", e2e::converging_tasks);
    directory_with_tasks("last", last);
    directory_with_tasks("ops", task);
    write("site.hcl", R"(
mise "good" {
  working_dir = "good"
}
mise "new" {
  working_dir = "new"
}
mise "last" {
  working_dir = "last"
  settle      = "0s"
}
notify "ops" {
  working_dir = "ops"
  task        = "alert"
)" + std::string(attributes) +
                          "}\n");
  }
};

constexpr std::string_view failing = "[tasks]\ncheck = 'false'\napply = 'echo no disk; exit 3'\n";
constexpr std::string_view satisfied = "[tasks]\ncheck = 'true'\napply = 'true'\n";

TEST(Notify, TellsWhatFailedOnceAtTheEnd) {
  const OpsHost host(failing);
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(host.normalised(host.read("ops/told/variables")),
            "FLUKE_EXIT_CODE=1\nFLUKE_MANIFEST=<root>/site.hcl\nFLUKE_PHASE=notify\n"
            "FLUKE_RESOURCE=ops\n");
  EXPECT_EQ(host.normalised(host.read("ops/told/summary")),
            "last  failed     apply: task \"apply\" exited with status 3\n"
            "3 resources: 1 satisfied, 1 applied, 1 failed in <time>\n");
  EXPECT_TRUE(host.normalised(ran.err).ends_with("fluke: notified ops in <time>\n")) << ran.err;

  const nlohmann::json report = nlohmann::json::parse(host.read("ops/told/report"));
  EXPECT_EQ(report["exit_code"], 1);
  EXPECT_NE(std::string(report["resources"][2]["output"]).find("\nno disk\n"), std::string::npos);
  EXPECT_EQ(host.read("ops/told/mode"), "600\n");
  std::string path = host.read("ops/told/path");
  path.pop_back();
  EXPECT_FALSE(std::filesystem::exists(path)) << path;
}

TEST(Notify, ReadsTheDocumentThatAReportHolds) {
  const OpsHost host(failing);
  host.write("site.hcl", host.read("site.hcl") +
                             "task \"elsewhere\" {\n  description = \"For others.\"\n"
                             "  selector {\n    match_labels = { role = \"db\" }\n  }\n"
                             "  mise \"db\" {\n    working_dir = \"db\"\n  }\n}\n");
  EXPECT_EQ(host.fluke({"run", "--report", "json=run.json", "site.hcl"}).status, 1);
  nlohmann::json written = nlohmann::json::parse(host.read("run.json"));
  EXPECT_EQ(written["other_hosts"], 1);
  EXPECT_EQ(written["notifications"].size(), 1U);
  written["notifications"] = nlohmann::json::array();
  EXPECT_EQ(nlohmann::json::parse(host.read("ops/told/report")), written);
}

TEST(Notify, HasNothingToTellOfOtherOutcomes) {
  const OpsHost host(satisfied);
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.err.find("ops"), std::string::npos) << ran.err;
  EXPECT_FALSE(host.exists("ops/told"));
}

TEST(Notify, TellsOfTheOutcomesThatItNames) {
  const OpsHost host(satisfied, "  on = [\"applied\", \"drifted\"]\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_TRUE(host.read("ops/told/summary").starts_with("new  applied    check "))
      << host.read("ops/told/summary");
  std::filesystem::remove_all(host.root() / "ops/told");
  std::filesystem::remove(host.root() / "new/done");
  EXPECT_EQ(host.fluke({"check", "site.hcl"}).status, 2);
  EXPECT_FALSE(host.exists("ops/told"));
  EXPECT_EQ(host.fluke({"check", "--notify", "site.hcl"}).status, 2);
  EXPECT_TRUE(host.read("ops/told/summary").starts_with("new  drifted    "));
}

TEST(Notify, MakesAGoodRunExitWith73WhereItFails) {
  const OpsHost host(satisfied, "  on = [\"satisfied\"]\n",
                     "[tasks]\nalert = 'echo no network; exit 7'\n");
  const support::Ran ran =
      host.fluke({"run", "--format", "json", "--report", "html=run.html", "--report",
                  "jsonl=run.jsonl", "--report", "junit=run.xml", "--report", "prometheus=run.prom",
                  "--report", "github", "site.hcl"});
  EXPECT_EQ(ran.status, 73);
  constexpr std::string_view told =
      "fluke: notify ops: task \"alert\" exited with status 7\n"
      "  | [alert] $ echo no network; exit 7\n"
      "  | no network\n";
  EXPECT_NE(ran.err.find(told), std::string::npos) << ran.err;
  report::expect_valid("", {ran.out});
  report::expect_valid("event", {host.read("run.jsonl")});
  const nlohmann::json document = nlohmann::json::parse(ran.out);
  EXPECT_EQ(document["exit_code"], 73);
  EXPECT_EQ(document["notifications"][0]["name"], "ops");
  EXPECT_EQ(document["notifications"][0]["outcome"], "failed");
  EXPECT_NE(std::string(document["notifications"][0]["output"]).find("\nno network\n"),
            std::string::npos);
  EXPECT_NE(host.read("run.html").find("<h2>Notifications</h2>"), std::string::npos);
  EXPECT_NE(host.read("run.xml").find("<testcase classname=\"notify\" name=\"ops\""),
            std::string::npos);
  EXPECT_NE(host.read("run.prom").find("fluke_notify_sent{notify=\"ops\"} 0\n"), std::string::npos);
  EXPECT_NE(ran.err.find("::error file="), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find(",title=ops failed::notify: task \"alert\" exited with status 7%0A"),
            std::string::npos)
      << ran.err;
  EXPECT_TRUE(host.fluke({"run", "-q", "site.hcl"}).err.starts_with(told));
}

TEST(Notify, DoesNotHideThatTheRunFailed) {
  const OpsHost host(failing, "", "[tasks]\nalert = 'exit 7'\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 1);
}

TEST(Notify, NamesATaskThatIsMissing) {
  const OpsHost host(satisfied, "  on = [\"satisfied\"]\n", "[tasks]\nalrt = 'true'\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_TRUE(host.normalised(ran.err).ends_with(
      "fluke: notify ops: task \"alert\" does not exist in \"<root>/ops\"; did you mean "
      "\"alrt\"? tasks there: alrt\n"))
      << ran.err;
  const support::Ran validated = host.fluke({"validate", "--tasks", "site.hcl"});
  EXPECT_EQ(validated.status, 78);
  EXPECT_EQ(host.normalised(validated.err), R"(error: task "alert" does not exist in "<root>/ops"
   --> site.hcl:14:17
    |
 14 |   task        = "alert"
    |                 ^^^^^^^ did you mean "alrt"? tasks there: alrt
)");
  const support::Ran doctor = host.fluke({"doctor", "site.hcl"});
  EXPECT_EQ(doctor.status, 78);
  EXPECT_NE(doctor.out.find("fail  ops   notify     task \"alert\" does not exist in "),
            std::string::npos)
      << doctor.out;
}

TEST(Notify, SaysThatItsDirectoryIsMissing) {
  const OpsHost host(satisfied, "  on = [\"satisfied\"]\n");
  std::filesystem::remove_all(host.root() / "ops");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_NE(ran.err.find("fluke: notify ops: mise could not be started: cannot enter "),
            std::string::npos)
      << ran.err;
  const support::Ran validated = host.fluke({"validate", "--tasks", "site.hcl"});
  EXPECT_EQ(validated.status, 78);
  EXPECT_EQ(host.normalised(validated.err), R"(error: no directory "<root>/ops"
   --> site.hcl:13:17
    |
 13 |   working_dir = "ops"
    |                 ^^^^^ create it
)");
}

TEST(Notify, HasADeadline) {
  const OpsHost host(satisfied, "  on = [\"satisfied\"]\n  timeout = \"1s\"\n",
                     "[tasks]\nalert = 'sleep 1000'\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_NE(ran.err.find(" ran past its deadline of 1s\n"), std::string::npos) << ran.err;
}

TEST(Notify, IsSeveralWithForEachAndNoneWhereItIsDisabled) {
  const OpsHost host(satisfied,
                     "  on       = [\"satisfied\"]\n"
                     "  for_each = toset([\"a\", \"b\"])\n"
                     "  enabled  = each.key == \"b\"\n"
                     "  env      = { WHO = each.key }\n",
                     "[tasks]\nalert = 'echo $WHO $FLUKE_RESOURCE >>told'\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_EQ(host.read("ops/told"), "b ops[\"b\"]\n");
  const nlohmann::json listed =
      nlohmann::json::parse(host.fluke({"list", "--format", "json", "site.hcl"}).out);
  EXPECT_EQ(listed["notifications"][0]["name"], "ops[\"a\"]");
  EXPECT_EQ(listed["notifications"][0]["enabled"], false);
  EXPECT_EQ(listed["notifications"][1]["task"], "alert");
  EXPECT_EQ(listed["notifications"][1]["on"], nlohmann::json({"satisfied"}));
  report::expect_valid("list", {listed.dump()});
  EXPECT_EQ(host.fluke({"list", "site.hcl"}).out, "good\nnew\nlast\n");
}

TEST(Notify, TellsOfManifestsThatAreNotValid) {
  const OpsHost host(satisfied);
  host.write("site.hcl", host.read("site.hcl") + "mise \"bad\" {\n  working_dri = \"x\"\n}\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_EQ(host.read("ops/told/summary"),
            "site.hcl:17: unknown attribute \"working_dri\"\nnothing was run\n");
  const nlohmann::json report = nlohmann::json::parse(host.read("ops/told/report"));
  EXPECT_EQ(report["exit_code"], 65);
  EXPECT_EQ(report["diagnostics"][0]["kind"], "unknown-attribute");
  EXPECT_NE(ran.err.find("fluke: notified ops in "), std::string::npos) << ran.err;
}

TEST(Notify, IsInTheReportsOfARunThatDidNotBegin) {
  const OpsHost host(satisfied);
  host.write("site.hcl", host.read("site.hcl") + "mise \"bad\" {\n}\n");
  const support::Ran ran = host.fluke({"run", "--format", "json", "site.hcl"});
  EXPECT_EQ(ran.status, 65);
  report::expect_valid("", {ran.out});
  EXPECT_EQ(nlohmann::json::parse(ran.out)["notifications"][0]["outcome"], "sent");
}

TEST(Notify, TellsThatAProgramIsMissing) {
  const OpsHost host(satisfied);
  const support::Ran ran = host.fluke({"run", "--git", "/nowhere/git", "site.hcl"});
  EXPECT_EQ(ran.status, 69);
  EXPECT_EQ(host.read("ops/told/summary"),
            "--git names \"/nowhere/git\", which is not an executable file\nnothing was run\n");
  EXPECT_NE(host.read("ops/told/variables").find("FLUKE_EXIT_CODE=69\n"), std::string::npos);
}

TEST(Notify, SaysThatItsOwnProgramIsMissing) {
  const OpsHost host(satisfied);
  const support::Ran ran = host.fluke({"run", "--mise", "/nowhere/mise", "site.hcl"});
  EXPECT_EQ(ran.status, 69);
  EXPECT_TRUE(
      ran.err.starts_with("fluke: --mise names \"/nowhere/mise\", which is not an executable file\n"
                          "fluke: notify ops: mise was not found"))
      << ran.err;
}

TEST(Notify, DoesNotTellOfACommandLineThatIsWrong) {
  const OpsHost host(failing);
  EXPECT_EQ(host.fluke({"run", "--only", "nobody", "site.hcl"}).status, 64);
  EXPECT_FALSE(host.exists("ops/told"));
}

TEST(Notify, DoesNotRunWhatIsNotWhollyKnown) {
  const OpsHost host(satisfied, "  env = { WHO = local.nobody }\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 65);
  EXPECT_FALSE(host.exists("ops/told"));
  host.write("site.hcl", host.read("site.hcl") + "locals {\n  nobody = var.missing\n}\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 65);
  EXPECT_FALSE(host.exists("ops/told"));
}

TEST(Notify, MasksWhatIsSensitive) {
  const OpsHost host(satisfied,
                     "  on  = [\"satisfied\"]\n  env = { TOKEN = var.token }\n}\n"
                     "variable \"token\" {\n  sensitive = true\n",
                     "[tasks]\nalert = 'echo token $TOKEN; exit 1'\n");
  const support::Ran ran = host.fluke({"run", "--var", "token=s3cret-word", "site.hcl"});
  EXPECT_EQ(ran.status, 73) << ran.err;
  EXPECT_EQ(ran.err.find("s3cret-word"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("  | token "), std::string::npos) << ran.err;
}

TEST(Notify, TellsOfARunThatWasInterruptedAndEndsInOrderItself) {
  const OpsHost host(
      "[tasks]\ncheck = 'echo waiting >&2; sleep 1000'\napply = 'true'\n", "",
      "[tasks]\nalert = 'echo \"$FLUKE_EXIT_CODE\" >told; touch here; sleep 1000'\n");
  support::Running running(host.fluke_program({"run", "-v", "site.hcl"}));
  e2e::wait_for(running, "last: waiting");
  running.send(SIGTERM);
  while (!host.exists("ops/here")) {
    ::usleep(10000);
  }
  running.send(SIGINT);
  const support::Ran ran = running.wait();
  EXPECT_EQ(ran.signal, SIGTERM);
  EXPECT_EQ(host.read("ops/told"), "143\n");
  EXPECT_NE(ran.err.find("fluke: notify ops: task \"alert\" was stopped by SIGINT\n"),
            std::string::npos)
      << ran.err;
}

TEST(Notify, LeavesOutWhatIsBehindASignal) {
  const OpsHost host(satisfied, "  on = [\"satisfied\"]\n  for_each = toset([\"a\", \"b\"])\n",
                     "[tasks]\nalert = 'touch here; sleep 1000'\n");
  support::Running running(host.fluke_program({"run", "site.hcl"}));
  while (!host.exists("ops/here")) {
    ::usleep(10000);
  }
  running.send(SIGINT);
  const support::Ran ran = running.wait();
  EXPECT_EQ(ran.signal, SIGINT);
  EXPECT_TRUE(ran.err.ends_with("fluke: notify ops[\"b\"]: not run: interrupted by SIGINT\n"))
      << ran.err;
}

TEST(Notify, EndsTheProgramByASignalThatComesInAGoodRun) {
  const OpsHost host(satisfied, "  on = [\"satisfied\"]\n",
                     "[tasks]\nalert = 'touch here; sleep 1000'\n");
  support::Running running(host.fluke_program({"run", "site.hcl"}));
  while (!host.exists("ops/here")) {
    ::usleep(10000);
  }
  running.send(SIGINT);
  EXPECT_EQ(running.wait().signal, SIGINT);
}

TEST(Notify, TellsOfARunThatItsDeadlineEnded) {
  const OpsHost host("[tasks]\ncheck = 'sleep 1000'\napply = 'true'\n");
  EXPECT_EQ(host.fluke({"run", "--deadline", "1s", "site.hcl"}).status, 1);
  EXPECT_TRUE(host.exists("ops/told/report"));
}

/// Has an include of the repository infra.git, and a notify block beside it.
struct IncludingHost : Host {
  IncludingHost() {
    repository_with_tasks("infra.git", e2e::converging_tasks);
    commit("infra.git", "site.fluke.hcl", "mise \"site\" {\n  working_dir = \".\"\n}\n");
    directory_with_tasks("ops", recording_task);
    write("host.hcl", "include \"infra\" {\n  working_dir = \"infra\"\n  git {\n    url = \"" +
                          (root() / "infra.git").string() + "\"\n  }\n}\n" +
                          "notify \"ops\" {\n  working_dir = \"ops\"\n  task = \"alert\"\n}\n");
  }
};

TEST(Notify, TellsOfAnIncludeThatCannotBeUpdated) {
  const IncludingHost host;
  EXPECT_EQ(host.fluke({"run", "host.hcl"}).status, 0);
  EXPECT_FALSE(host.exists("ops/told"));
  std::filesystem::rename(host.root() / "infra.git", host.root() / "gone.git");
  EXPECT_EQ(host.fluke({"run", "host.hcl"}).status, 1);
  EXPECT_TRUE(host.read("ops/told/summary").starts_with("infra  failed     sync: "))
      << host.read("ops/told/summary");
}

TEST(Notify, TellsOfAnIncludeThatIsNotThere) {
  const IncludingHost host;
  std::filesystem::rename(host.root() / "infra.git", host.root() / "gone.git");
  EXPECT_EQ(host.fluke({"run", "host.hcl"}).status, 66);
  EXPECT_TRUE(host.read("ops/told/summary").ends_with("\nnothing was run\n"))
      << host.read("ops/told/summary");
  EXPECT_NE(host.read("ops/told/variables").find("FLUKE_EXIT_CODE=66\n"), std::string::npos);
}

TEST(Notify, TellsThatGitIsMissingBeforeAnyIncludeIsThere) {
  const IncludingHost host;
  EXPECT_EQ(host.fluke({"run", "--git", "/nowhere/git", "host.hcl"}).status, 69);
  EXPECT_NE(host.read("ops/told/variables").find("FLUKE_EXIT_CODE=69\n"), std::string::npos);
}

TEST(Notify, TellsOfAnIncludeThatIsNamedItself) {
  const IncludingHost host;
  std::filesystem::rename(host.root() / "host.hcl", host.root() / "host.fluke.hcl");
  EXPECT_EQ(host.fluke({"run", "."}).status, 65);
  EXPECT_NE(host.read("ops/told/variables").find("FLUKE_EXIT_CODE=65\n"), std::string::npos);
}

TEST(Notify, MayComeFromAnInclude) {
  const IncludingHost host;
  host.commit("infra.git", "ops/.mise.toml", recording_task);
  host.commit("infra.git", "ops.fluke.hcl",
              "notify \"all\" {\n  working_dir = \"ops\"\n  task = \"alert\"\n"
              "  on = [\"applied\"]\n}\n");
  const support::Ran ran = host.fluke({"run", "host.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(host.normalised(host.read("infra/ops/told/variables")),
            "FLUKE_EXIT_CODE=0\nFLUKE_MANIFEST=<root>/infra/ops.fluke.hcl\nFLUKE_PHASE=notify\n"
            "FLUKE_RESOURCE=all\n");
  EXPECT_FALSE(host.exists("ops/told"));
}

TEST(Notify, IsNoOptionOfAFlukeThatTheTaskCalls) {
  const OpsHost host(satisfied,
                     "  on  = [\"satisfied\"]\n  env = { FLUKE = \"" FLUKE_BINARY "\" }\n",
                     "[tasks]\nalert = 'cd ../site && \"$FLUKE\" run >../told'\n");
  host.directory_with_tasks("site", e2e::converging_tasks);
  host.write("site/site.fluke.hcl", "mise \"site\" {\n  working_dir = \".\"\n}\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(host.read("told").starts_with("site  applied ")) << host.read("told");
}

TEST(Notify, TellsThoughItCannotWriteItsReport) {
  OpsHost host(satisfied, "  on = [\"satisfied\"]\n",
               "[tasks]\nalert = 'echo \"<$FLUKE_REPORT>\" >told'\n");
  // Nobody can make a file in /proc, not even mise.
  host.environment["TMPDIR"] = "/proc";
  host.write("site.hcl", std::regex_replace(host.read("site.hcl"), std::regex("\n  working_dir"),
                                            "\n  env = { TMPDIR = \"/tmp\" }\n  working_dir"));
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 73) << ran.err;
  EXPECT_NE(ran.err.find("fluke: cannot write the file for FLUKE_REPORT: "), std::string::npos)
      << ran.err;
  EXPECT_EQ(host.read("ops/told"), "<>\n");
}

TEST(Notify, IsNotRunByRootWhereOthersCanChangeTheConfiguration) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "needs root, to give a file to another user";
  }
  const OpsHost host(satisfied, "  on = [\"satisfied\"]\n");
  ASSERT_EQ(::chown((host.root() / "ops/.mise.toml").c_str(), 65534, 65534), 0);
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_NE(ran.err.find("fluke: notify ops: mise reads configuration in "), std::string::npos)
      << ran.err;
  EXPECT_FALSE(host.exists("ops/told"));
  host.write("site.hcl", std::string(host.read("site.hcl"))
                             .insert(host.read("site.hcl").rfind('}'), "  trust_config = true\n"));
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_TRUE(host.exists("ops/told"));
}

/// Has the example of the manual in `notify`, and a resource that fails.
class NotifyExample : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* program : {"curl", "jq"}) {
      if (!process::find_program(program, process::Environment::from(environ))) {
        GTEST_SKIP() << "needs " << program;
      }
    }

    const std::filesystem::path examples =
        std::filesystem::path(FLUKE_TEST_DIR) / "../man/examples/notify";
    for (const char* file : {"ops.fluke.hcl", "mise.toml"}) {
      host.write(std::filesystem::path("notify") / file, support::read_file(examples / file));
    }
    host.directory_with_tasks("app",
                              "[tasks]\ncheck = 'false'\napply = 'echo \"a \\\"b\\\"\"; exit 3'\n");
    host.write("site.hcl", "mise \"app\" {\n  working_dir = \"app\"\n}\n");
  }

  Host host;
};

TEST_F(NotifyExample, PostsToAChat) {
  e2e::LoopbackServer server(e2e::http_server("204 No Content"));
  host.environment["FLUKE_VAR_chat_webhook"] = "http://" + server.place() + "/hook";
  const support::Ran ran = host.fluke({"run", "site.hcl", "notify"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("fluke: notified chat in "), std::string::npos) << ran.err;
  ASSERT_EQ(server.received().size(), 1U);
  const std::string text = nlohmann::json::parse(server.received()[0])["text"];
  EXPECT_NE(
      text.find(" ended with 1\napp  failed     apply: task \"apply\" exited with status 3\n"),
      std::string::npos)
      << text;
}

TEST_F(NotifyExample, SaysThatTheChatRefuses) {
  e2e::LoopbackServer server(e2e::http_server("403 Forbidden"));
  host.environment["FLUKE_VAR_chat_webhook"] = "http://" + server.place() + "/hook";
  const support::Ran ran = host.fluke({"run", "site.hcl", "notify"});
  EXPECT_NE(ran.err.find("fluke: notify chat: task \"chat\" exited with status"), std::string::npos)
      << ran.err;
  EXPECT_EQ(ran.err.find(server.place() + "/hook"), std::string::npos) << ran.err;
}

TEST_F(NotifyExample, SendsMail) {
  e2e::LoopbackServer server(e2e::smtp_server());
  host.environment["FLUKE_VAR_mail_server"] = "smtp://" + server.place();
  host.environment["FLUKE_VAR_mail_to"] = "ops@example.org";
  const support::Ran ran = host.fluke({"run", "site.hcl", "notify"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("fluke: notified mail in "), std::string::npos) << ran.err;
  ASSERT_EQ(server.received().size(), 1U);
  const std::string mail = server.received()[0];
  for (const std::string part :
       {"RCPT TO:<ops@example.org>", "To: ops@example.org\n", " ended with 1\n",
        "app  failed     apply: task \"apply\" exited with status 3\n", "a \\\"b\\\"\n"}) {
    EXPECT_NE(mail.find(part), std::string::npos) << mail;
  }
}

}  // namespace
