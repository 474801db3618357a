// What an operator reads when something is wrong with what fluke was given or finds on the host:
// the whole text of both streams, and the status.
#include <gtest/gtest.h>
#include <unistd.h>

#include "e2e/deploy_host.h"

namespace {

using e2e::DeployHost;
using e2e::Host;

constexpr std::string_view manifest = R"(mise "deploy" {
  working_dir = "app"
  settle      = "0s"
}
)";

constexpr std::string_view git_manifest = R"(mise "deploy" {
  working_dir = "app"

  git {
    url = "${env("ROOT")}/app.git"
  }
}
)";

TEST(BadInput, AManifestThatIsAbsent) {
  const Host host;
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 66);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "error: cannot read \"site.hcl\"\n  = No such file or directory; check the path\n");
}

TEST(BadInput, AManifestThatIsUnreadable) {
  const Host host;
  const std::filesystem::path file = host.write("site.hcl", "");
  std::filesystem::permissions(file, std::filesystem::perms::none);
  const auto program = host.as_ordinary_user(host.fluke_program({"run", "site.hcl"}));
  if (!program) {
    GTEST_SKIP() << "an ordinary user cannot reach the binary";
  }
  const support::Ran ran = support::run(*program);
  EXPECT_EQ(ran.status, 66);
  EXPECT_EQ(ran.err,
            "error: cannot read \"site.hcl\"\n  = Permission denied; let the user that runs fluke "
            "read it\n");
}

TEST(BadInput, ADirectoryWithoutManifests) {
  const Host host;
  host.write("site/notes.txt", "");
  const support::Ran ran = host.fluke({"run", "site"});
  EXPECT_EQ(ran.status, 66);
  EXPECT_EQ(ran.out, "");
}

TEST(BadInput, AManifestWithoutAResource) {
  const Host host;
  host.write("site.hcl", "");
  host.write("locals.hcl", "locals {\n  a = 1\n}\n");
  for (const std::string command : {"run", "check", "validate", "list", "doctor"}) {
    const support::Ran ran = host.fluke({command, "site.hcl"});
    EXPECT_EQ(ran.status, 66) << command;
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, "error: no resource in \"site.hcl\"\n  = it is empty\n");
  }
  EXPECT_EQ(
      host.fluke({"run", "locals.hcl"}).err,
      "error: no resource in \"locals.hcl\"\n  = a mise, shell or systemd block declares one\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl", "locals.hcl"}).err,
            "error: no resource in 2 manifests\n  = a mise, shell or systemd block declares one\n");
}

TEST(BadInput, StandardInputThatHoldsNothing) {
  const Host host;
  const support::Ran ran = host.fluke({"run", "--report", "json=r.json", "-"});
  EXPECT_EQ(ran.status, 66);
  EXPECT_EQ(ran.err, "error: no resource in \"<stdin>\"\n  = it is empty\n");
  EXPECT_NE(host.read("r.json").find("\"kind\": \"no-resource\""), std::string::npos);
}

TEST(BadInput, ResourcesThatAreAllLeftOutAreNone) {
  const Host host;
  host.write("site.hcl", R"(mise "a" {
  working_dir = "/a"
  enabled     = false
}
mise "b" {
  for_each    = {}
  working_dir = "/b"
}
)");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_EQ(host.fluke({"run", "--skip", "a", "site.hcl"}).status, 0);
  host.write("site.hcl", "mise \"b\" {\n  for_each    = {}\n  working_dir = \"/b\"\n}\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
}

TEST(BadInput, NoManifestAtAll) {
  Host host;
  const support::Ran ran = host.fluke({"run"});
  EXPECT_EQ(ran.status, 66);
  EXPECT_EQ(host.normalised(ran.err),
            "error: no manifest was named, and there is none below \"<root>\"\n"
            "  = neither the command line nor FLUKE_MANIFEST names one, and no file here ends in "
            "\".fluke.hcl\"; name a file, a directory or \"-\", or write a first manifest with "
            "fluke init\n");
  host.environment["FLUKE_MANIFEST"] = "nowhere.hcl";
  EXPECT_EQ(host.fluke({"run"}).err,
            "error: cannot read \"nowhere.hcl\"\n  = No such file or directory; check the path; "
            "FLUKE_MANIFEST names it\n");
}

TEST(BadInput, NoManifestIsNeededWhereThereIsOneInTheCurrentDirectory) {
  Host host;
  host.directory_with_tasks("app", e2e::converging_tasks);
  host.write("site.fluke.hcl", "mise \"app\" {\n  working_dir = \"app\"\n}\n");
  EXPECT_EQ(host.fluke({"list"}).out, "app\n");
  EXPECT_EQ(host.fluke({"run"}).status, 0);
  EXPECT_TRUE(host.exists("app/done"));
  host.environment["FLUKE_MANIFEST"] = (host.root() / "site.fluke.hcl").string();
  EXPECT_EQ(host.fluke({"list"}).out, "app\n");
}

TEST(BadInput, AnUnknownAttribute) {
  const Host host;
  host.write("site.hcl",
             "mise \"deploy\" {\n  working_dri = \"/opt/app\"\n  working_dir = \".\"\n}\n");
  const support::Ran ran = host.fluke({"validate", "site.hcl"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(
      ran.err,
      "error: unknown attribute \"working_dri\"\n"
      "  --> site.hcl:2:3\n"
      "   |\n"
      " 2 |   working_dri = \"/opt/app\"\n"
      "   |   ^^^^^^^^^^^ a mise block has no such attribute; did you mean \"working_dir\"?\n");
}

TEST(BadInput, SeveralMistakesAreReportedInOneGo) {
  const Host host;
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = 5 +
  timeout     = "soon"
  color       = "red"
}

mise "deploy" {
  working_dir = "app"
}
)");
  const support::Ran ran = host.fluke({"validate", "site.hcl"});
  EXPECT_EQ(ran.status, 65);
  std::size_t count = 0;
  for (std::size_t at = 0; (at = ran.err.find("error: ", at)) != std::string::npos; ++at) {
    ++count;
  }
  EXPECT_EQ(count, 4U) << ran.err;
}

TEST(BadInput, AnUnknownNameForOnly) {
  const DeployHost host;
  const support::Ran ran = host.fluke({"run", "--only", "deplyo", "site.hcl"});
  EXPECT_EQ(ran.status, 64);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "fluke: --only names \"deplyo\", but no resource has that name; did you mean "
            "\"deploy\"?\n");
  EXPECT_FALSE(host.exists("app/done"));
}

TEST(BadInput, AWorkingDirectoryThatIsAbsent) {
  const Host host;
  host.write("site.hcl", manifest);
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_EQ(
      host.normalised(ran.out),
      "deploy  failed     lock: working directory \"<root>/app\" does not exist; create it, or "
      "add a git block to have it cloned\n"
      "1 resource: 1 failed in <time>\n");
}

TEST(BadInput, AWorkingDirectoryThatIsAFile) {
  const Host host;
  host.write("site.hcl", manifest);
  host.write("app", "");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  failed     lock: working directory \"<root>/app\" is not a directory; move it "
            "away or name another\n"
            "1 resource: 1 failed in <time>\n");
}

/// A program in `bin` that stands in for what the real one cannot be made to do.
std::string fake_program(const Host& host, std::string_view name, std::string_view script) {
  const std::filesystem::path file = host.write(std::filesystem::path("bin") / name, script);
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  return file;
}

TEST(BadInput, AMiseThatPrintsNonsense) {
  const DeployHost host;
  const std::string mise = fake_program(host, "mise", "#!/bin/sh\necho 'Segmentation fault'\n");
  const support::Ran ran = host.fluke({"run", "--mise", mise, "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_NE(ran.out.find("deploy  failed     tasks: "), std::string::npos) << ran.out;
  EXPECT_NE((ran.out + ran.err).find("Segmentation fault"), std::string::npos)
      << ran.out << ran.err;
}

TEST(BadInput, AMiseThatCannotBeExecuted) {
  const DeployHost host;
  const std::string mise = fake_program(host, "mise", "#!/absent/interpreter\n");
  const support::Ran ran = host.fluke({"run", "--mise", mise, "site.hcl"});
  EXPECT_EQ(ran.status, 69);
}

TEST(BadInput, AGitThatIsAbsent) {
  Host host;
  host.environment["ROOT"] = host.root();
  host.write("site.hcl", git_manifest);
  const support::Ran found = host.fluke({"run", "--git", "no-such-git", "site.hcl"});
  EXPECT_EQ(found.status, 69);
  EXPECT_EQ(found.err,
            "fluke: --git names \"no-such-git\", which is not an executable file on PATH\n");
  host.environment["FLUKE_GIT"] = "no-such-git";
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).err,
            "fluke: FLUKE_GIT names \"no-such-git\", which is not an executable file on PATH\n");
  host.environment.erase("FLUKE_GIT");

  const std::string mise = host.run({"sh", "-c", "command -v mise"});
  host.environment["PATH"] = (host.root() / "empty").string();
  const support::Ran ran =
      host.fluke({"run", "--mise", mise.substr(0, mise.size() - 1), "site.hcl"});
  EXPECT_EQ(ran.status, 69);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  failed     sync: git was not found on PATH; install it or name it with --git\n"
            "1 resource: 1 failed in <time>\n");
}

TEST(BadInput, ABranchThatIsAbsent) {
  Host host;
  host.environment["ROOT"] = host.root();
  host.run({"git", "init", "--quiet", "--bare", "--initial-branch=main", "app.git"});
  host.write("site.hcl", git_manifest);
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("deploy  failed     sync: "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("\"main\""), std::string::npos) << ran.out;
}

TEST(BadInput, ARemoteThatIsUnreachable) {
  Host host;
  host.environment["ROOT"] = host.root();
  host.write("site.hcl", git_manifest);
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("deploy  failed     sync: "), std::string::npos) << ran.out;
  EXPECT_NE((ran.out + ran.err).find("app.git"), std::string::npos) << ran.out << ran.err;
}

TEST(BadInput, AClosedStandardOutput) {
  const DeployHost host;
  support::Program program = host.fluke_program({"run", "site.hcl"});
  program.closed = {1};
  const support::Ran ran = support::run(program);
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(ran.err,
            "deploy: [apply] $ touch done\n"
            "fluke: cannot write to standard output: write: Bad file descriptor\n");
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(BadInput, BothStreamsClosed) {
  const DeployHost host;
  support::Program program = host.fluke_program({"run", "site.hcl"});
  program.closed = {0, 1, 2};
  EXPECT_EQ(support::run(program).status, 73);
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(BadInput, AReaderOfStandardOutputThatGoesAwayDoesNotStopTheApply) {
  const DeployHost host;
  host.run({"sh", "-c", std::string(FLUKE_BINARY) + " run site.hcl 2>err | true"});
  // The pipeline ends with its reader; fluke may still be at work.
  for (int i = 0; i < 500 && !host.exists("app/done"); ++i) {
    ::usleep(10000);
  }
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(BadInput, AReadOnlyDirectoryFailsWithWhatTheTaskSaid) {
  const DeployHost host;
  std::filesystem::permissions(host.root() / "app", std::filesystem::perms(0555));
  const auto program = host.as_ordinary_user(host.fluke_program({"run", "site.hcl"}));
  if (!program) {
    GTEST_SKIP() << "an ordinary user cannot reach the binary";
  }
  const support::Ran ran = support::run(*program);
  std::filesystem::permissions(host.root() / "app", std::filesystem::perms(0755));
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  failed     apply: task \"apply\" exited with status 1\n"
            "1 resource: 1 failed in <time>\n");
  EXPECT_NE(ran.err.find("Permission denied"), std::string::npos) << ran.err;
}

}  // namespace
