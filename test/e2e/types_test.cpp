// A type of resource that only the tests have (support/file_type.cpp) beside mise, through the
// whole program: each place that knows types goes by the table, and none knows mise by name.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "e2e/host.h"

namespace {

using e2e::Host;

constexpr std::string_view two_types = R"(file "motd" {
  working_dir = "etc"
  path        = "motd"
  content     = "welcome\n"
}

mise "app" {
  working_dir = "app"
  depends_on  = [file.motd]
}
)";

class Types : public testing::Test {
 protected:
  Types() {
    host.directory_with_tasks("app", e2e::converging_tasks);
    host.write("etc/motd", "goodbye\n");
    host.write("site.hcl", two_types);
  }

  [[nodiscard]] support::Ran fluke(std::vector<std::string> arguments) const {
    support::Program program = host.fluke_program(std::move(arguments));
    program.arguments.front() = FLUKE_WITH_FILES;
    return support::run(program);
  }

  /// Not by the host, which holds documents to the schema: that knows the real types only.
  [[nodiscard]] std::string text_of(const std::filesystem::path& file) const {
    std::ifstream stream(host.root() / file);
    return {std::istreambuf_iterator(stream), {}};
  }

  Host host;
};

TEST_F(Types, AreCheckedAndAppliedByTheirOwnExecutors) {
  const support::Ran checked = fluke({"check", "site.hcl"});
  EXPECT_EQ(checked.status, 2);
  EXPECT_EQ(host.normalised(checked.out),
            "motd  drifted    task \"compare\" exited with status 1  check <time>\n"
            "app   drifted    task \"check\" exited with status 1  check <time>\n"
            "2 resources: 2 drifted in <time>\n");
  const support::Ran ran = fluke({"run", "-v", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(host.normalised(ran.out),
            "motd  applied    check <time>  apply <time>  verify <time>\n"
            "app   applied    check <time>  apply <time>  verify <time>\n"
            "2 resources: 2 applied in <time>\n");
  for (const char* line :
       {"motd: check: cat motd\nmotd: goodbye\n", "motd: apply: cat >motd\nmotd: wrote motd\n",
        "motd: verify: cat motd\nmotd: welcome\n", "app: check: mise run check\n"}) {
    EXPECT_NE(ran.err.find(line), std::string::npos) << line << ran.err;
  }
  EXPECT_EQ(host.read("etc/motd"), "welcome\n");
  EXPECT_EQ(fluke({"run", "--quiet", "site.hcl"}).out, "");
}

TEST_F(Types, StandInEveryReport) {
  host.environment["GITHUB_STEP_SUMMARY"] = host.write("summary.md", "").string();
  ASSERT_EQ(fluke({"run", "--report", "json=run.json", "--report", "jsonl=events.jsonl", "--report",
                   "junit=junit.xml", "--report", "prometheus=fluke.prom", "--report",
                   "html=run.html", "--report", "github", "site.hcl"})
                .status,
            0);
  const nlohmann::json resources = nlohmann::json::parse(text_of("run.json")).at("resources");
  EXPECT_EQ(resources.at(0).at("type"), "file");
  EXPECT_EQ(resources.at(0).at("apply").at("task"), "write");
  EXPECT_EQ(resources.at(1).at("type"), "mise");
  for (const auto& [file, text] :
       {std::pair("events.jsonl", "\"type\":\"file\""),
        std::pair("junit.xml", "classname=\"file\" name=\"motd\""),
        std::pair("fluke.prom", "resource=\"motd\""), std::pair("run.html", "motd"),
        std::pair("summary.md", "motd")}) {
    EXPECT_NE(text_of(file).find(text), std::string::npos) << file << ": " << text_of(file);
  }
}

TEST_F(Types, AreListedWithTheirOwnAttributes) {
  EXPECT_EQ(fluke({"list", "site.hcl"}).out, "motd\napp\n");
  const support::Ran ran = fluke({"list", "--format", "json", "site.hcl"});
  const nlohmann::json resources = nlohmann::json::parse(ran.out).at("resources");
  EXPECT_EQ(resources.at(0).at("type"), "file");
  EXPECT_EQ(resources.at(0).at("content"), "welcome\n");
  EXPECT_FALSE(resources.at(0).contains("check_task"));
  EXPECT_EQ(resources.at(1).at("check_task"), "check");
}

TEST_F(Types, AreLookedAtByDoctorAndValidate) {
  const support::Ran doctor = fluke({"doctor", "site.hcl"});
  for (const char* line : {"host  cat        /", "motd  tasks      \"motd\" can be written\n",
                           "app   tasks      \"check\" and \"apply\" are there\n"}) {
    EXPECT_NE(doctor.out.find(line), std::string::npos) << line << doctor.out;
  }
  EXPECT_EQ(fluke({"validate", "--tasks", "site.hcl"}).out,
            "2 resources in 1 manifest: valid, and file and mise know their tasks\n");
  host.write("etc/issue/x", "");
  host.write("bad.hcl", "file \"x\" {\n  working_dir = \"etc\"\n  path        = \"issue\"\n}\n");
  const support::Ran validated = fluke({"validate", "--tasks", "bad.hcl"});
  EXPECT_EQ(validated.status, 78);
  EXPECT_EQ(validated.err, R"(error: "issue" is a directory
  --> bad.hcl:3:17
   |
 3 |   path        = "issue"
   |                 ^^^^^^^ name another path
)");
  EXPECT_EQ(host.normalised(fluke({"run", "bad.hcl"}).out),
            "x  failed     tasks: \"issue\" is a directory\n1 resource: 1 failed in <time>\n");
}

TEST_F(Types, HaveASchemaAndMessagesOfTheirOwn) {
  host.write("bad.hcl", R"(path = "motd"
enabled = true
file "motd" {
  working_dir = "etc"
  check_task  = "check"
}
mise "app" {
  working_dir = "app"
  depends_on  = [mise.motd, "motd"]
  settle      = file.motd
}
)");
  const support::Ran ran = fluke({"validate", "bad.hcl"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_EQ(ran.err, R"(error: attribute "path" outside of a block
  --> bad.hcl:1:1
   |
 1 | path = "motd"
   | ^^^^ it belongs in a file block

error: attribute "enabled" outside of a block
  --> bad.hcl:2:1
   |
 2 | enabled = true
   | ^^^^^^^ it belongs in a mise, shell, systemd or file block

error: missing attribute "path"
  --> bad.hcl:3:1
   |
 3 | file "motd" {
   | ^^^^^^^^^^^ a file block needs it

error: unknown attribute "check_task"
  --> bad.hcl:5:3
   |
 5 |   check_task  = "check"
   |   ^^^^^^^^^^ a file block has no such attribute; it takes working_dir, path, content, env, timeout, settle, depends_on, enabled, for_each, on_failure

error: unknown resource "motd"
  --> bad.hcl:9:18
   |
 9 |   depends_on  = [mise.motd, "motd"]
   |                  ^^^^^^^^^ no mise block has this name, but a file block has: write file.motd

error: this names no resource
  --> bad.hcl:9:29
   |
 9 |   depends_on  = [mise.motd, "motd"]
   |                             ^^^^^^ write file.motd, without quotes around it

error: unknown variable "file"
   --> bad.hcl:10:17
    |
 10 |   settle      = file.motd
    |                 ^^^^ a resource has no value; only depends_on names resources
)");
  host.write("empty.hcl", "locals {}\n");
  EXPECT_EQ(fluke({"run", "empty.hcl"}).err,
            "error: no resource in \"empty.hcl\"\n  = a mise, shell, systemd or file block "
            "declares one\n");
}

TEST_F(Types, NeedProgramsOfTheirOwn) {
  host.environment["PATH"] = (host.root() / "bin").string();
  const support::Ran ran = fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 69);
  EXPECT_NE(ran.out.find("motd  failed     tasks: cat was not found\n"), std::string::npos)
      << ran.out;
}

}  // namespace
