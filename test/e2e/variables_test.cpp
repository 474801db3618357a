// Variables from the command line, from files and from the environment, as an operator uses them;
// and that what is sensitive is shown nowhere.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "e2e/host.h"

namespace {

using e2e::Host;

constexpr std::string_view secret = "hunter2";

/// Prints where it would work: list as JSON is the shortest way to see a value.
constexpr std::string_view variables_manifest = R"(variable "release" {
  default = "stable"
}

variable "ports" {
  type    = list(number)
  default = [80]
}

mise "deploy" {
  working_dir = "/opt"
  env         = { RELEASE = var.release, PORTS = jsonencode(var.ports) }
}
)";

/// The environment of the only resource.
std::string listed_env(const Host& host, std::vector<std::string> options) {
  options.insert(options.begin(), {"list", "--format", "json", "site.hcl"});
  const support::Ran ran = host.fluke(options);
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  return nlohmann::json::parse(ran.out)["resources"][0]["env"].dump();
}

TEST(Variables, TakeTheirValueFromTheStrongestPlace) {
  Host host;
  host.write("site.hcl", variables_manifest);
  host.write("a.hcl", "release = \"file\"\nports = [1]\n");
  host.write("b.json", R"({"release": "json", "ports": [2]})");
  EXPECT_EQ(listed_env(host, {}), R"({"PORTS":"[80]","RELEASE":"stable"})");

  host.environment["FLUKE_VAR_release"] = "environment";
  host.environment["FLUKE_VAR_ports"] = "[8, 9]";
  host.environment["FLUKE_VAR_undeclared"] = "x";
  EXPECT_EQ(listed_env(host, {}), R"({"PORTS":"[8,9]","RELEASE":"environment"})");
  EXPECT_EQ(listed_env(host, {"--var-file", "a.hcl"}), R"({"PORTS":"[1]","RELEASE":"file"})");
  EXPECT_EQ(listed_env(host, {"--var-file=a.hcl", "--var-file=b.json"}),
            R"({"PORTS":"[2]","RELEASE":"json"})");
  EXPECT_EQ(listed_env(host, {"--var", "release=a=b c", "--var-file", "a.hcl"}),
            R"({"PORTS":"[1]","RELEASE":"file"})");
  EXPECT_EQ(listed_env(host, {"--var-file", "a.hcl", "--var=release=a=b c", "--var", "ports=[]"}),
            R"({"PORTS":"[]","RELEASE":"a=b c"})");

  host.environment["FLUKE_VAR_FILE"] = "a.hcl";
  EXPECT_EQ(listed_env(host, {"--var", "release=option"}), R"({"PORTS":"[1]","RELEASE":"option"})");
}

TEST(Variables, ThatAreWrongAreShownWhereTheyWereGiven) {
  Host host;
  host.write("site.hcl", "variable \"port\" {\n  type = number\n}\n");
  const support::Ran option = host.fluke({"validate", "site.hcl", "--var", "port=abc"});
  EXPECT_EQ(option.status, 65);
  EXPECT_EQ(option.err, R"(error: invalid value of variable "port"
  --> --var port:1:6
   |
 1 | port=abc
   |      ^^^ a number is needed, and this string does not hold one
note: its type is declared here
  --> site.hcl:2:10
   |
 2 |   type = number
   |          ^^^^^^
)");

  host.write("values.hcl", "# the port\nport = true\n");
  const support::Ran file = host.fluke({"run", "site.hcl", "--var-file", "values.hcl"});
  EXPECT_EQ(file.status, 65);
  EXPECT_NE(file.err.find("values.hcl:2:8"), std::string::npos) << file.err;

  host.environment["FLUKE_VAR_port"] = "\x1b[31m";
  const support::Ran environment = host.fluke({"check", "site.hcl"});
  EXPECT_EQ(environment.status, 65);
  EXPECT_NE(environment.err.find(" 1 | FLUKE_VAR_port=\\x1b[31m\n"), std::string::npos)
      << environment.err;
}

TEST(Variables, ThatAreNotSetSayHowToSetThem) {
  const Host host;
  host.write("site.hcl", "variable \"release\" {}\n");
  const support::Ran ran = host.fluke({"validate", "site.hcl"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_EQ(ran.err, R"(error: variable "release" is not set
  --> site.hcl:1:1
   |
 1 | variable "release" {}
   | ^^^^^^^^^^^^^^^^^^ set it with --var release=..., in a file for --var-file, or as FLUKE_VAR_release in the environment; or give it a default
)");
}

TEST(Variables, ThatNobodyDeclaresAreAnErrorAsOptionsAndAWarningInFiles) {
  const Host host;
  host.write("site.hcl", variables_manifest);
  host.write("values.hcl", "relaese = \"v2\"\n");
  EXPECT_EQ(host.fluke({"validate", "site.hcl", "--var", "relaese=v2"}).status, 65);
  const support::Ran warned = host.fluke({"validate", "site.hcl", "--var-file", "values.hcl"});
  EXPECT_EQ(warned.status, 0);
  EXPECT_EQ(warned.err, R"(warning: unknown variable "relaese"
  --> values.hcl:1:1
   |
 1 | relaese = ****
   | ^^^^^^^ no variable block declares it; did you mean "release"?
)");
  EXPECT_EQ(host.fluke({"validate", "-q", "site.hcl", "--var-file", "values.hcl"}).err, "");
}

TEST(Variables, CannotComeFromAFileThatCannotBeRead) {
  Host host;
  host.write("site.hcl", variables_manifest);
  const support::Ran ran = host.fluke({"validate", "site.hcl", "--var-file", "absent.hcl"});
  EXPECT_EQ(ran.status, 66);
  EXPECT_EQ(ran.err,
            "error: cannot read \"absent.hcl\"\n  = No such file or directory; check the path\n");
  host.environment["FLUKE_VAR_FILE"] = "absent.hcl";
  EXPECT_EQ(host.fluke({"validate", "site.hcl"}).err,
            "error: cannot read \"absent.hcl\"\n  = No such file or directory; check the path; "
            "FLUKE_VAR_FILE names it\n");
}

/// Gives the host tasks that print the secret wherever they can.
void make_talkative(Host& host) {
  host.write("site.hcl", R"(variable "token" {
  sensitive = true
}

mise "deploy" {
  working_dir = "app"
  settle      = "0s"
  env         = { TOKEN = var.token, HEADER = "Bearer ${var.token}", NAME = "deploy" }
}
)");
  host.directory_with_tasks("app", R"(
[tasks.check]
run = "echo check $TOKEN; false"

[tasks.apply]
run = "echo $HEADER; echo $TOKEN >&2; test $TOKEN = hunter2"
)");
  host.environment["FLUKE_VAR_token"] = secret;
}

TEST(Variables, ThatAreSensitiveReachTheTasksButNobodyElse) {
  Host host;
  make_talkative(host);
  const support::Ran run =
      host.fluke({"run", "-v", "--format", "json", "--report", "json=report.json", "site.hcl"});
  EXPECT_EQ(run.status, 1);
  EXPECT_NE(run.err.find("deploy: check ***\n"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("deploy: ***\n"), std::string::npos) << run.err;
  const nlohmann::json document = nlohmann::json::parse(run.out);
  // Apply saw the secret, or it would have failed there.
  EXPECT_EQ(document["resources"][0]["phase"], "verify") << run.out;
  EXPECT_NE(document["resources"][0]["output"].dump().find("check ***"), std::string::npos);
  const support::Ran list = host.fluke({"list", "--format", "json", "site.hcl"});
  EXPECT_EQ(nlohmann::json::parse(list.out)["resources"][0]["env"].dump(),
            R"json({"HEADER":"(sensitive)","NAME":"deploy","TOKEN":"(sensitive)"})json");
  for (const std::string& shown :
       {run.out, run.err, host.read("report.json"), list.out, list.err}) {
    EXPECT_EQ(shown.find(secret), std::string::npos) << shown;
  }
}

TEST(Variables, ThatAreSensitiveAreInheritedByNoTaskAndNoHook) {
  Host host;
  host.repository_with_tasks("app.git",
                             "[tasks]\ncheck = 'test -f done'\napply = 'env; touch done'\n");
  host.write("hooks/post-checkout", "#!/bin/sh\nenv >\"$HOME/of_hook\"\n");
  std::filesystem::permissions(host.root() / "hooks/post-checkout",
                               std::filesystem::perms::owner_all);
  host.run({"git", "config", "--global", "core.hooksPath", (host.root() / "hooks").string()});
  host.write("site.hcl", R"(variable "api-key" {
  sensitive = true
}

variable "release" {}

mise "deploy" {
  working_dir = "app"

  git {
    url = ")" + (host.root() / "app.git").string() +
                             R"("
  }
}
)");
  host.environment["FLUKE_VAR_api-key"] = secret;
  host.environment["FLUKE_VAR_release"] = "v2";
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  const std::string of_hook = host.read("home/of_hook");
  for (const std::string& seen : {ran.err, of_hook}) {
    EXPECT_NE(seen.find("FLUKE_VAR_release=v2\n"), std::string::npos) << seen;
    EXPECT_EQ(seen.find("FLUKE_VAR_api-key"), std::string::npos) << seen;
  }
}

TEST(Variables, ThatTheGitThatIsThereCallsLocalAreInheritedByNoTask) {
  Host host;
  host.repository_with_tasks("app.git",
                             "[tasks]\ncheck = 'test -f done'\napply = 'env; touch done'\n");
  host.write("git",
             "#!/bin/sh\n[ \"$*\" = 'rev-parse --local-env-vars' ] && echo GIT_OF_TOMORROW\n"
             "exec git \"$@\"\n");
  std::filesystem::permissions(host.root() / "git", std::filesystem::perms::owner_all);
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n  git {\n    url = \"" +
                             (host.root() / "app.git").string() + "\"\n  }\n}\n");
  host.environment["GIT_OF_TOMORROW"] = "/x";
  host.environment["GIT_OF_MINE"] = "/y";
  const support::Ran ran = host.fluke({"run", "--git", (host.root() / "git").string(), "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.err.find("GIT_OF_MINE=/y\n"), std::string::npos) << ran.err;
  EXPECT_EQ(ran.err.find("GIT_OF_TOMORROW"), std::string::npos) << ran.err;
}

/// A line of more than 64 KiB is shown in pieces.
TEST(Variables, ThatAreSensitiveAreNotShownInPartsEither) {
  Host host;
  make_talkative(host);
  host.directory_with_tasks("app", R"(
[tasks.check]
run = "false"

[tasks.apply]
run = """
dots() { head -c "$1" /dev/zero | tr '\\0' .; }
dots 65533; printf %s "$TOKEN"; dots 9; echo; exit 1
"""
)");
  const support::Ran run =
      host.fluke({"run", "-v", "--format", "json", "--report", "json=report.json", "site.hcl"});
  EXPECT_EQ(run.status, 1);
  EXPECT_NE(run.err.find(".***\n"), std::string::npos);
  for (const std::string& shown : {run.out, run.err, host.read("report.json")}) {
    EXPECT_EQ(shown.find("hun"), std::string::npos);
    EXPECT_EQ(shown.find("ter2"), std::string::npos);
  }
}

TEST(Variables, ThatAreSensitiveMayNotStandWhereReportsShowThem) {
  const Host host;
  host.write("site.hcl", R"(variable "token" {
  sensitive = true
}

mise "deploy" {
  working_dir = "/opt/${var.token}"
}
)");
  const support::Ran ran = host.fluke({"validate", "site.hcl", "--var", "token=hunter2"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_EQ(ran.err, R"(error: working_dir is made of a sensitive value
  --> site.hcl:6:17
   |
 6 |   working_dir = "/opt/${var.token}"
   |                 ^^^^^^^^^^^^^^^^^^^ it is shown in reports; only env and the password of a url may hold what is sensitive
)");
}

}  // namespace
