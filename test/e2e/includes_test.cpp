// Manifests that come from a repository: one file on the host names them, and each run reads what
// the repository holds by then.
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <string_view>
#include <thread>

#include "e2e/host.h"
#include "file/descriptor.h"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// A resource whose tasks lie beside its manifest and always converge.
constexpr std::string_view web = R"(mise "web" {
  working_dir = "web"
}
)";

struct Includes : testing::Test {
  Includes() {
    host.repository_with_tasks("infra.git", "");
    host.commit("infra.git", "web.fluke.hcl", web);
    host.commit("infra.git", "web/.mise.toml", e2e::converging_tasks);
    write_host("");
  }

  /// The one file that the host has of its own; `more` goes into the include.
  void write_host(std::string_view more, std::string_view beside = "") const {
    host.write("host.fluke.hcl",
               fmt::format("include \"infra\" {{\n  working_dir = \"infra\"\n{}  git {{\n"
                           "    url = \"{}\"\n  }}\n}}\n{}",
                           more, (host.root() / "infra.git").native(), beside));
  }

  [[nodiscard]] support::Ran fluke(std::vector<std::string> arguments) const {
    arguments.emplace_back("host.fluke.hcl");
    return host.fluke(std::move(arguments));
  }

  /// From now on the remote cannot be reached.
  void lose_remote() const { fs::rename(host.root() / "infra.git", host.root() / "gone.git"); }
  void find_remote() const { fs::rename(host.root() / "gone.git", host.root() / "infra.git"); }

  [[nodiscard]] std::string shown(const support::Ran& ran) const {
    return host.normalised(ran.out) + host.normalised(ran.err);
  }

  e2e::Host host;
};

TEST_F(Includes, AreClonedReadAndReconciledInOneRun) {
  support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(host.normalised(ran.out),
            "infra  satisfied  git cloned <commit>\n"
            "web    applied    check <time>  apply <time>  verify <time>\n"
            "1 resource: 1 applied in <time>\n");
  EXPECT_TRUE(host.exists("infra/web/done"));
  ran = fluke({"run"});
  EXPECT_EQ(host.normalised(ran.out),
            "infra  satisfied\n"
            "web    satisfied  check <time>\n"
            "1 resource: 1 satisfied in <time>\n");
  ran = fluke({"run", "-q"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out + ran.err, "");
}

TEST_F(Includes, ANewResourceIsReconciledInTheRunThatFetchedIt) {
  ASSERT_EQ(fluke({"run"}).status, 0);
  host.commit("infra.git", "db.fluke.hcl", "mise \"db\" {\n  working_dir = \"web\"\n}\n");
  const support::Ran ran = fluke({"run", "--detailed-exitcode"});
  EXPECT_EQ(ran.status, 2) << ran.err;
  EXPECT_EQ(host.normalised(ran.out),
            "infra  satisfied  git <commit>..<commit>\n"
            "db     satisfied  check <time>\n"
            "web    satisfied  check <time>\n"
            "2 resources: 2 satisfied in <time>\n");
}

TEST_F(Includes, ShareVariablesLocalsAndNamesWithTheHost) {
  host.commit("infra.git", "more.fluke.hcl", R"(variable "port" {
  type = number
}
mise "api" {
  working_dir = "web"
  env         = { PORT = var.port, STAGE = local.stage }
}
)");
  write_host("", R"(locals {
  stage = "test"
}
mise "after" {
  working_dir = "infra/web"
  depends_on  = [mise.api]
  env         = { PORT = var.port }
}
)");
  support::Ran ran = fluke({"run", "--var", "port=81"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  const Json list = Json::parse(fluke({"list", "--format", "json", "--var", "port=81"}).out);
  EXPECT_EQ(list.at("resources").size(), 3);
  EXPECT_EQ(fluke({"list", "--only", "web", "--var", "port=1"}).out, "web\n");
  ran = fluke({"run"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_TRUE(ran.err.starts_with("error: variable \"port\" is not set\n")) << ran.err;
}

TEST_F(Includes, MayNameFilesByWhatTheHostSays) {
  host.commit("infra.git", "hosts/one.fluke.hcl",
              "mise \"one\" {\n  working_dir = \"../web\"\n}\n");
  host.commit("infra.git", "hosts/two.fluke.hcl",
              "mise \"two\" {\n  working_dir = \"../web\"\n}\n");
  write_host("  manifests = [\"hosts/${var.role}.fluke.hcl\"]\n",
             "variable \"role\" {\n  default = \"one\"\n}\n");
  EXPECT_EQ(fluke({"run"}).status, 0);
  EXPECT_EQ(fluke({"list"}).out, "one\n");
  EXPECT_EQ(fluke({"list", "--var", "role=two"}).out, "two\n");
}

TEST_F(Includes, ThatAreDownAreReadFromWhatIsCheckedOutAndEndWith1) {
  ASSERT_EQ(fluke({"run"}).status, 0);
  fs::remove(host.root() / "infra/web/done");
  lose_remote();
  support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(std::regex_search(
      host.normalised(ran.out),
      std::regex("^infra  failed     sync: .*; the run goes on with <commit>, which is checked "
                 "out\nweb    applied    ")))
      << ran.out;
  EXPECT_TRUE(host.exists("infra/web/done"));
  ran = fluke({"check"});
  EXPECT_EQ(ran.status, 1);
  find_remote();
  EXPECT_EQ(fluke({"run"}).status, 0);
}

TEST_F(Includes, ThatNeverWereThereEndWith66AndNothingIsRun) {
  write_host("", "mise \"own\" {\n  working_dir = \"own\"\n}\n");
  host.directory_with_tasks("own", e2e::converging_tasks);
  lose_remote();
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 66);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("error: include \"infra\": sync: "), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("nothing is run"), std::string::npos) << ran.err;
  EXPECT_FALSE(host.exists("own/done"));
  EXPECT_FALSE(host.exists("infra"));
}

TEST_F(Includes, AnInvalidManifestInANewCommitEndsWith65AndNamesTheFormerOne) {
  ASSERT_EQ(fluke({"run"}).status, 0);
  fs::remove(host.root() / "infra/web/done");
  const std::string good = host.run({"git", "-C", "infra", "rev-parse", "HEAD"}).substr(0, 40);
  const std::string bad =
      host.commit("infra.git", "web.fluke.hcl", "mise \"web\" {\n  working_dri = \"web\"\n}\n");
  for (const char* word : {"run", "run", "check"}) {
    const support::Ran ran = fluke({word});
    EXPECT_EQ(ran.status, 65);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find(fmt::format("--> {}/infra/web.fluke.hcl:2:3", host.root().native())),
              std::string::npos)
        << ran.err;
    EXPECT_NE(ran.err.find(fmt::format(
                  "error: include \"infra\" is at commit {}, whose manifests cannot be used",
                  bad.substr(0, 12))),
              std::string::npos)
        << ran.err;
    EXPECT_NE(ran.err.find(fmt::format(
                  "before it was {0}; go back in the repository, with: git revert --no-edit "
                  "{0}..{1}, or on this host alone, with commit = \"{2}\" in the git block",
                  good.substr(0, 12), bad.substr(0, 12), good)),
              std::string::npos)
        << ran.err;
    EXPECT_FALSE(host.exists("infra/web/done"));
  }
  // The command that goes back.
  const std::string err = fluke({"run"}).err;
  std::smatch found;
  ASSERT_TRUE(std::regex_search(err, found, std::regex("with: (git revert [^,]*),"))) << err;
  host.run({"git", "clone", "-q", "infra.git", "clone"});
  host.run({"sh", "-c", found[1].str() + " && git push -q"}, "clone");
  EXPECT_EQ(fluke({"run"}).status, 0);
  EXPECT_TRUE(host.exists("infra/web/done"));
}

TEST_F(Includes, WhoseFirstManifestsAreInvalidAreToBeMended) {
  host.commit("infra.git", "web.fluke.hcl", "mise \"web\" {}\n");
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_NE(ran.err.find("whose manifests cannot be used"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find(" mend them in the repository\n"), std::string::npos) << ran.err;
}

TEST_F(Includes, AManifestThatIsMissingInTheCommitIsNamed) {
  write_host("  manifests = [\"hosts/web1.fluke.hcl\"]\n");
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 66);
  EXPECT_NE(ran.err.find("no manifest \"hosts/web1.fluke.hcl\" in include \"infra\""),
            std::string::npos)
      << ran.err;
}

TEST_F(Includes, AreReadFromTheCommitAndNotFromTheWorkTree) {
  ASSERT_EQ(fluke({"run"}).status, 0);
  fs::remove(host.root() / "infra/web/done");
  // Somebody swaps the manifest, and tells git not to look.
  host.write("infra/web.fluke.hcl", "mise \"evil\" {\n  working_dir = \"web\"\n}\n");
  host.write("infra/more.fluke.hcl", "mise \"planted\" {\n  working_dir = \"web\"\n}\n");
  host.run({"git", "-C", "infra", "update-index", "--assume-unchanged", "web.fluke.hcl"});
  for (const char* word : {"check", "run"}) {
    const support::Ran ran = fluke({word});
    EXPECT_NE(ran.out.find("web "), std::string::npos) << ran.out << ran.err;
    EXPECT_EQ(ran.out.find("evil"), std::string::npos);
    EXPECT_EQ(ran.out.find("planted"), std::string::npos);
  }
  EXPECT_TRUE(host.exists("infra/web/done"));
  // Without a process, the work tree is all there is.
  EXPECT_EQ(fluke({"list"}).out, "planted\nevil\n");
}

TEST_F(Includes, ACheckFetchesComparesAndChangesNothing) {
  support::Ran ran = fluke({"check"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(host.normalised(ran.out), "infra  drifted    not yet cloned\n0 resources\n");
  EXPECT_FALSE(host.exists("infra"));
  ASSERT_EQ(fluke({"run"}).status, 0);
  host.commit("infra.git", "web.fluke.hcl", "mise \"other\" {\n  working_dir = \"web\"\n}\n");
  ran = fluke({"check"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(host.normalised(ran.out),
            "infra  drifted    1 commit behind main\n"
            "web    satisfied  check <time>\n"
            "1 resource: 1 satisfied in <time>\n");
  EXPECT_EQ(fluke({"list"}).out, "web\n");
}

TEST_F(Includes, CommandsThatStartNoProcessSayWhatIsNotThereYet) {
  for (const char* word : {"validate", "list"}) {
    const support::Ran ran = fluke({word});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_NE(ran.err.find("warning: include \"infra\" is not there yet\n"), std::string::npos)
        << ran.err;
    EXPECT_FALSE(host.exists("infra"));
  }
  // What it may declare is no mistake to refer to.
  write_host("",
             "mise \"own\" {\n  working_dir = \"own\"\n  depends_on  = [mise.web]\n"
             "  env         = { PORT = var.port }\n}\n");
  EXPECT_EQ(fluke({"validate", "--var", "port=80"}).status, 0);
  EXPECT_EQ(fluke({"validate", "-q"}).err, "");
}

TEST_F(Includes, ThatAreNotThereYetMayDeclareWhatIsSelected) {
  for (const char* word : {"check", "list", "doctor"}) {
    const support::Ran ran = fluke({word, "--only", "web"});
    EXPECT_EQ(ran.status, 64);
    EXPECT_EQ(shown(ran).substr(shown(ran).find("fluke: ")),
              "fluke: --only names \"web\", but no resource has that name; perhaps include "
              "\"infra\" declares it, which is not there yet: fluke run clones it\n")
        << word;
  }
  ASSERT_EQ(fluke({"run"}).status, 0);
  EXPECT_EQ(fluke({"list", "--only", "web"}).out, "web\n");
  EXPECT_NE(fluke({"list", "--only", "nobody"}).err.find("; see fluke list for the names\n"),
            std::string::npos);
}

TEST_F(Includes, AMistakeInTheHostsOwnFileStopsARunBeforeAnySync) {
  write_host("  manifests = [local.nowhere]\n", "variable \"x\" {}\n");
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_NE(ran.err.find("unknown local \"nowhere\""), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("variable \"x\" is not set"), std::string::npos) << ran.err;
  EXPECT_FALSE(host.exists("infra"));
}

TEST_F(Includes, WithoutGitAreOtherFiles) {
  host.write("host.fluke.hcl", "include \"local\" {\n  working_dir = \"site\"\n}\n");
  host.directory_with_tasks("site/web", e2e::converging_tasks);
  host.write("site/web.fluke.hcl", web);
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(host.normalised(ran.out),
            "web    applied    check <time>  apply <time>  verify <time>\n"
            "1 resource: 1 applied in <time>\n");
}

TEST_F(Includes, ThatAreDisabledAreLeftAlone) {
  write_host("  enabled = false\n", "mise \"own\" {\n  working_dir = \"own\"\n}\n");
  host.directory_with_tasks("own", e2e::converging_tasks);
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(ran.out.starts_with("infra  disabled\nown    applied")) << ran.out;
  EXPECT_FALSE(host.exists("infra"));
}

TEST_F(Includes, InADirectoryThatIsNamedItselfAreAMistake) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"run"}, {"run", "."}, {"validate", host.root().native()}}) {
    const support::Ran ran = host.fluke(arguments);
    EXPECT_EQ(ran.status, 65) << ran.err;
    EXPECT_NE(ran.err.find("include \"infra\" lies in a directory that is named itself"),
              std::string::npos)
        << ran.err;
    EXPECT_NE(ran.err.find("its manifests would be read twice; put it elsewhere, or name the "
                           "manifest that includes it instead of the directory"),
              std::string::npos)
        << ran.err;
    EXPECT_FALSE(host.exists("infra"));
  }
  // A directory that is left out of the named one is elsewhere.
  host.write("host.fluke.hcl", std::regex_replace(host.read("host.fluke.hcl"),
                                                  std::regex("\"infra\"\n"), "\".infra\"\n"));
  EXPECT_EQ(host.fluke({"run"}).status, 0);
  EXPECT_EQ(host.fluke({"run"}).status, 0);
}

TEST_F(Includes, InAnIncludedManifestAreAMistake) {
  host.commit("infra.git", "more.fluke.hcl", "include \"more\" {\n  working_dir = \"/srv\"\n}\n");
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_NE(ran.err.find("error: include in an included manifest"), std::string::npos) << ran.err;
}

TEST_F(Includes, AreInEveryReport) {
  const support::Ran ran =
      fluke({"run", "--format", "json", "--report", "prometheus=metrics", "--report",
             "jsonl=events", "--report", "html=page", "--report", "junit=cases"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const std::string head = host.run({"git", "-C", "infra", "rev-parse", "HEAD"}).substr(0, 40);
  const Json include = Json::parse(ran.out).at("includes").at(0);
  EXPECT_EQ(include.at("name"), "infra");
  EXPECT_EQ(include.at("outcome"), "satisfied");
  EXPECT_EQ(include.at("git").at("after"), head);
  EXPECT_EQ(Json::parse(ran.out).at("resources").at(0).at("manifest"),
            (host.root() / "infra/web.fluke.hcl").native());
  const std::string metrics = host.read("metrics");
  EXPECT_NE(metrics.find("fluke_include_synced{include=\"infra\"} 1\n"), std::string::npos);
  EXPECT_NE(metrics.find(fmt::format(
                "fluke_include_commit_info{{include=\"infra\",commit=\"{}\"}} 1\n", head)),
            std::string::npos);
  EXPECT_NE(metrics.find("fluke_include_last_sync_timestamp_seconds{include=\"infra\"} "),
            std::string::npos);
  const std::string events = host.read("events");
  for (const std::string_view part :
       {"\"event\":\"run_started\"", "\"event\":\"include_started\"", "\"include\":\"infra\"",
        "\"event\":\"include_ended\"", "\"event\":\"resource_started\""}) {
    EXPECT_NE(events.find(part), std::string::npos) << part;
  }
  EXPECT_NE(host.read("page").find(">infra</span>"), std::string::npos);
  EXPECT_NE(host.read("cases").find("<testcase classname=\"include\" name=\"infra\""),
            std::string::npos);
}

TEST_F(Includes, TheLastGoodSyncIsRemembered) {
  ASSERT_EQ(fluke({"run", "--report", "prometheus=metrics"}).status, 0);
  const std::regex time("fluke_include_last_sync_timestamp_seconds\\{include=\"infra\"\\} (.*)\n");
  std::smatch before;
  const std::string first = host.read("metrics");
  ASSERT_TRUE(std::regex_search(first, before, time));
  lose_remote();
  ASSERT_EQ(fluke({"run", "--report", "prometheus=metrics"}).status, 1);
  std::smatch after;
  const std::string second = host.read("metrics");
  ASSERT_TRUE(std::regex_search(second, after, time)) << second;
  EXPECT_EQ(before[1], after[1]);
  EXPECT_NE(second.find("fluke_include_synced{include=\"infra\"} 0\n"), std::string::npos);
  EXPECT_NE(second.find("fluke_include_commit_info{include=\"infra\",commit=\""),
            std::string::npos);
}

TEST_F(Includes, AFailureIsInTheDocumentAsWell) {
  lose_remote();
  const support::Ran ran = fluke({"run", "--format", "json"});
  EXPECT_EQ(ran.status, 66);
  const Json document = Json::parse(ran.out);
  EXPECT_EQ(document.at("includes").at(0).at("outcome"), "failed");
  EXPECT_EQ(document.at("includes").at(0).at("phase"), "sync");
  EXPECT_EQ(document.at("diagnostics").at(0).at("kind"), "include-failed");
}

TEST_F(Includes, ThatAreHeldByAnotherFlukeEndWith75) {
  ASSERT_EQ(fluke({"run"}).status, 0);
  const file::Descriptor directory(::open((host.root() / "infra").c_str(), O_RDONLY | O_CLOEXEC));
  ASSERT_EQ(::flock(directory.get(), LOCK_EX), 0);
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 75) << ran.err;
  EXPECT_EQ(ran.out, "");
}

TEST_F(Includes, DoctorLooksAtThem) {
  support::Ran ran = fluke({"doctor"});
  EXPECT_NE(ran.out.find("infra"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("the first run clones it"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("has the branch \"main\""), std::string::npos) << ran.out;
  lose_remote();
  ran = fluke({"doctor"});
  EXPECT_EQ(ran.status, 78) << ran.out;
}

TEST_F(Includes, AreWrittenOutByFmtLikeEverythingElse) {
  host.write("host.fluke.hcl", "include \"a\" {\nworking_dir=\"a\"\n}\n");
  EXPECT_EQ(fluke({"fmt"}).status, 0);
  EXPECT_EQ(host.read("host.fluke.hcl"), "include \"a\" {\n  working_dir = \"a\"\n}\n");
}

TEST_F(Includes, NoPasswordIsShown) {
  host.write("host.fluke.hcl",
             "include \"infra\" {\n  working_dir = \"infra\"\n  git {\n"
             "    url = \"http://user:hunter2@127.0.0.1:1/infra.git\"\n  }\n}\n");
  for (const char* format : {"text", "json", "jsonl"}) {
    const support::Ran ran = fluke({"run", "-v", "--format", format});
    EXPECT_EQ(ran.status, 66);
    EXPECT_EQ((ran.out + ran.err).find("hunter2"), std::string::npos) << ran.out << ran.err;
  }
}

TEST_F(Includes, NothingSensitiveIsShownOfThemOrGivenToTheirGit) {
  host.write("git", "#!/bin/sh\nenv >>" + (host.root() / "seen").native() + "\nexec git \"$@\"\n");
  fs::permissions(host.root() / "git", fs::perms::owner_all);
  host.write("host.fluke.hcl",
             "variable \"token\" {\n  sensitive = true\n}\ninclude \"infra\" {\n"
             "  working_dir = \"infra\"\n  git {\n"
             "    url = \"http://user:${var.token}@127.0.0.1:1/infra.git\"\n  }\n}\n");
  support::Program program =
      host.fluke_program({"run", "-v", "--git", (host.root() / "git").native(), "host.fluke.hcl"});
  program.environment["FLUKE_VAR_token"] = "hunter2";
  // A manifest that is not there yet may declare it.
  program.environment["FLUKE_VAR_later"] = "swordfish";
  const support::Ran ran = support::run(program);
  EXPECT_EQ(ran.status, 66) << ran.err;
  EXPECT_EQ((ran.out + ran.err).find("hunter2"), std::string::npos) << ran.err;
  EXPECT_NE(host.read("seen"), "");
  EXPECT_EQ(host.read("seen").find("FLUKE_VAR_"), std::string::npos);
}

/// What the host has of its own to alert somebody: the task keeps what it was told.
constexpr std::string_view alert = R"(notify "ops" {
  working_dir = "ops"
  task        = "alert"
}
)";

constexpr std::string_view alert_task =
    "[tasks.alert]\nrun = 'echo \"$FLUKE_EXIT_CODE $FLUKE_SUMMARY\" >told; "
    "cp \"$FLUKE_REPORT\" document'\n";

TEST_F(Includes, ThatFailAreAReasonToNotify) {
  write_host("", alert);
  host.directory_with_tasks("ops", alert_task);
  ASSERT_EQ(fluke({"run"}).status, 0);
  EXPECT_FALSE(host.exists("ops/told"));
  lose_remote();
  ASSERT_EQ(fluke({"run"}).status, 1);
  EXPECT_TRUE(host.read("ops/told").starts_with("1 infra  failed  ")) << host.read("ops/told");
  const Json document = Json::parse(host.read("ops/document"));
  EXPECT_EQ(document.at("includes").at(0).at("outcome"), "failed");
}

TEST_F(Includes, ThatNeverWereThereAreAReasonToNotify) {
  write_host("", alert);
  host.directory_with_tasks("ops", alert_task);
  lose_remote();
  ASSERT_EQ(fluke({"run"}).status, 66);
  EXPECT_TRUE(std::regex_search(host.read("ops/told"),
                                std::regex("^66 host.fluke.hcl:1: include \"infra\": sync: ")))
      << host.read("ops/told");
}

TEST_F(Includes, WhoseManifestsAreInvalidAreAReasonToNotify) {
  write_host("", alert);
  host.directory_with_tasks("ops", alert_task);
  host.commit("infra.git", "web.fluke.hcl", "mise \"web\" {}\n");
  ASSERT_EQ(fluke({"run"}).status, 65);
  EXPECT_NE(host.read("ops/told").find("web.fluke.hcl:1: missing attribute \"working_dir\""),
            std::string::npos)
      << host.read("ops/told");
}

/// An include whose commits have to be signed by the key of "alice".
struct SignedIncludes : Includes {
  SignedIncludes() {
    for (const char* name : {"alice", "bob"}) {
      host.run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name});
    }
    sign(true);
    trust("alice");
    fs::permissions(host.root() / "keys", fs::perms::owner_all);
    host.commit("infra.git", "web.fluke.hcl", std::string(web) + "# signed\n");
    host.write("host.fluke.hcl",
               std::regex_replace(host.read("host.fluke.hcl"), std::regex("    url"),
                                  "    verify {\n      allowed_signers = \"keys/allowed\"\n    }\n"
                                  "    url"));
  }

  /// Whether who commits from now on signs.
  void sign(bool signs) const {
    host.write("home/.gitconfig",
               fmt::format("[commit]\n\tgpgSign = {}\n[gpg]\n\tformat = ssh\n[user]\n"
                           "\tsigningKey = {}\n",
                           signs, (host.root() / "alice").native()));
  }

  /// Who vouches from now on.
  void trust(const std::string& name) const {
    host.write("keys/allowed", name + "@example.org " + host.read(name + ".pub"));
  }
};

TEST_F(SignedIncludes, AManifestThatIsSwappedAfterVerificationIsNotWhatRuns) {
  ASSERT_EQ(fluke({"run"}).status, 0);
  fs::remove(host.root() / "infra/web/done");
  host.write("infra/web.fluke.hcl", "mise \"evil\" {\n  working_dir = \"web\"\n}\n");
  host.run({"git", "-C", "infra", "update-index", "--assume-unchanged", "web.fluke.hcl"});
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out.find("evil"), std::string::npos) << ran.out;
  EXPECT_TRUE(host.exists("infra/web/done"));
}

TEST_F(SignedIncludes, AnUnsignedCommitOnTopBringsNothing) {
  ASSERT_EQ(fluke({"run"}).status, 0);
  fs::remove(host.root() / "infra/web/done");
  sign(false);
  host.commit("infra.git", "more.fluke.hcl", "mise \"more\" {\n  working_dir = \"web\"\n}\n");
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_NE(ran.out.find("it is not signed"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("which is checked out\nweb    applied"), std::string::npos) << ran.out;
  EXPECT_FALSE(host.exists("infra/more.fluke.hcl"));
}

TEST_F(SignedIncludes, ACheckReadsNoCommitThatSomebodyPutThereByHand) {
  ASSERT_EQ(fluke({"run"}).status, 0);
  sign(false);
  host.commit("infra.git", "evil.fluke.hcl", "mise \"evil\" {\n  working_dir = \"web\"\n}\n");
  sign(true);
  host.commit("infra.git", "web.fluke.hcl", std::string(web) + "# signed again\n");
  host.run({"git", "-C", "infra", "fetch", "-q"});
  host.run({"git", "-C", "infra", "reset", "-q", "--hard", "origin/main~1"});
  const support::Ran ran = fluke({"check"});
  EXPECT_EQ(ran.status, 66) << ran.out;
  EXPECT_NE(ran.err.find("is refused: it is not signed"), std::string::npos) << ran.err;
  EXPECT_EQ(ran.err.find("nor can what is checked out"), std::string::npos) << ran.err;
  EXPECT_EQ(ran.out.find("evil"), std::string::npos) << ran.out;
}

TEST_F(SignedIncludes, ACheckoutThatNobodyVouchesForAnyMoreIsNotGoneOnWith) {
  ASSERT_EQ(fluke({"run"}).status, 0);
  fs::remove(host.root() / "infra/web/done");
  trust("bob");
  lose_remote();
  const support::Ran ran = fluke({"run"});
  EXPECT_EQ(ran.status, 66) << ran.out;
  EXPECT_NE(ran.err.find("; nor can what is checked out be used: commit "), std::string::npos)
      << ran.err;
  EXPECT_FALSE(host.exists("infra/web/done"));
}

/// A remote that never answers once a run asks it.
struct HangingInclude : Includes {
  HangingInclude() {
    EXPECT_EQ(fluke({"run"}).status, 0);
    fs::remove(host.root() / "infra/web/done");
    host.write("pack", "#!/bin/sh\n: >" + (host.root() / "asked").native() + "\nsleep 60\n");
    fs::permissions(host.root() / "pack", fs::perms::owner_all);
    host.run({"git", "-C", "infra", "config", "remote.origin.uploadpack",
              (host.root() / "pack").native()});
  }
};

TEST_F(HangingInclude, ASignalEndsTheRunInOrder) {
  support::Running running(host.fluke_program(
      {"run", "--report", "json=document", "--report", "jsonl=events", "host.fluke.hcl"}));
  while (!host.exists("asked")) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  running.send(SIGTERM);
  const support::Ran ran = running.wait();
  EXPECT_EQ(ran.signal, SIGTERM) << ran.err;
  EXPECT_NE(ran.err.find("fluke: stopped by SIGTERM\n"), std::string::npos) << ran.err;
  EXPECT_FALSE(host.exists("infra/web/done"));
  const Json include = Json::parse(host.read("document")).at("includes").at(0);
  EXPECT_EQ(include.at("reason"), "interrupted by SIGTERM during sync");
  EXPECT_NE(host.read("events").find("\"event\":\"run_ended\""), std::string::npos);
}

TEST_F(HangingInclude, ACommandThatRunsPastItsDeadlineHasFailedAndTheRunGoesOn) {
  const support::Ran ran = fluke({"run", "--timeout", "1s"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_NE(ran.out.find("which is checked out\nweb    applied"), std::string::npos) << ran.out;
}

TEST_F(HangingInclude, TheDeadlineOfTheRunEndsIt) {
  const support::Ran ran = fluke({"run", "--deadline", "1s"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_EQ(ran.out.find("web"), std::string::npos) << ran.out;
  EXPECT_FALSE(host.exists("infra/web/done"));
}

}  // namespace
