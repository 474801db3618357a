// Tasks, the hosts that they are for, and what a run does about their drift.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "e2e/host.h"

namespace {

using e2e::Host;

/// Three steps, the second of which fails until the file `ok` is there.
constexpr std::string_view three_steps = R"(task "deploy" {
  description = "The web site"

  shell "files" {
    check       = "test -f files"
    command     = "touch files"
    working_dir = "."
  }
  shell "config" {
    check       = "test -f ok"
    command     = "exit 3"
    working_dir = "."
  }
  shell "unit" {
    check       = "test -f unit"
    command     = "touch unit"
    working_dir = "."
  }
}
shell "after" {
  check       = "test -f after"
  command     = "touch after"
  working_dir = "."
  depends_on  = [task.deploy]
}
)";

TEST(Tasks, EndWhereOneFails) {
  const Host host;
  host.write("site.hcl", three_steps);
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(host.normalised(ran.out),
            R"(deploy/files   applied    check <time>  apply <time>  verify <time>
deploy/config  failed     apply: the command exited with status 3
deploy/unit    skipped    not reached: deploy/config failed, before it in its task
after          skipped    depends on deploy/config, which failed
4 resources: 1 applied, 1 failed, 2 skipped in <time>
)");
  EXPECT_FALSE(host.exists("unit"));
  std::string going_on(three_steps);
  going_on.insert(going_on.find("  }\n  shell \"unit\""), "    on_failure  = \"continue\"\n");
  host.write("going-on.hcl", going_on);
  EXPECT_EQ(host.fluke({"run", "going-on.hcl"}).status, 1);
  EXPECT_TRUE(host.exists("unit"));
  EXPECT_FALSE(host.exists("after"));
}

TEST(Tasks, AreSelectedAsAWholeAndInPart) {
  const Host host;
  host.write("site.hcl", three_steps);
  EXPECT_EQ(host.fluke({"list", "--only", "deploy", "site.hcl"}).out,
            "deploy/files\ndeploy/config\ndeploy/unit\n");
  EXPECT_EQ(host.fluke({"list", "--only", "deploy/unit", "site.hcl"}).out, "deploy/unit\n");
  EXPECT_EQ(host.fluke({"list", "--skip", "depl*", "site.hcl"}).out, "after\n");
  const support::Ran unknown = host.fluke({"list", "--only", "deplyo", "site.hcl"});
  EXPECT_EQ(unknown.status, 64);
  EXPECT_NE(unknown.err.find("did you mean \"deploy\"?"), std::string::npos) << unknown.err;
  EXPECT_EQ(host.fluke({"run", "--only", "deploy/unit", "site.hcl"}).status, 0);
  EXPECT_TRUE(host.exists("unit"));
}

TEST(Tasks, StandInReports) {
  const Host host;
  host.write("site.hcl", three_steps);
  const auto listed =
      nlohmann::json::parse(host.fluke({"list", "--format", "json", "site.hcl"}).out)["resources"];
  EXPECT_EQ(listed[0]["task"], "deploy");
  EXPECT_EQ(listed[0]["description"], "The web site");
  EXPECT_EQ(listed[0]["on_failure"], "abort");
  EXPECT_EQ(listed[3]["task"], nullptr);
  const auto checked = nlohmann::json::parse(
      host.fluke({"check", "--format", "json", "--report", "html=page.html", "site.hcl"}).out);
  EXPECT_EQ(checked["resources"][0]["task"], "deploy");
  EXPECT_NE(host.read("page.html").find("The web site"), std::string::npos);
}

/// One repository for hosts of three roles.
constexpr std::string_view fleet = R"(task "web" {
  selector {
    match_labels = { role = "web" }
  }
  shell "site" {
    check       = "test -f web"
    command     = "echo ${host.name} >web"
    working_dir = "."
  }
}
task "database" {
  selector {
    match_labels = { role = "db", env = "production" }
  }
  shell "data" {
    check       = "test -f db"
    command     = "echo ${host.labels.shard} >db"
    working_dir = "."
  }
}
task "builder" {
  selector {
    match_labels = { role = "build" }
  }
  shell "tools" {
    check       = "test -f build"
    command     = "touch build"
    working_dir = "."
  }
}
)";

TEST(Hosts, RunWhatTheirLabelsSelect) {
  const std::map<std::string, std::vector<std::string>> roles = {
      {"web", {"--label", "role=web"}},
      {"db", {"--label", "role=db,env=production", "--label", "shard=7"}},
      {"build", {"--label", "role=build"}},
  };
  for (int number = 0; number < 30; ++number) {
    const auto& [role, labels] = *std::next(roles.begin(), number % 3);
    const Host host;
    host.write("fleet.fluke.hcl", fleet);
    host.write("host.fluke.hcl", "host {\n  name = \"" + role + std::to_string(number) + "\"\n}\n");
    std::vector<std::string> arguments = {"run", "-v"};
    arguments.insert(arguments.end(), labels.begin(), labels.end());
    const support::Ran ran = host.fluke(arguments);
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
    EXPECT_NE(ran.err.find("2 resources are for other hosts; fluke list --all-hosts names them\n"),
              std::string::npos)
        << ran.err;
    for (const auto& [other, ignored] : roles) {
      EXPECT_EQ(host.exists(other), other == role) << role;
    }
  }
}

TEST(Hosts, AreAskedWhatTheyWouldDo) {
  Host host;
  host.write("site.hcl", fleet);
  EXPECT_EQ(host.fluke({"list", "site.hcl"}).out, "");
  EXPECT_EQ(host.fluke({"list", "--label", "role=build", "site.hcl"}).out, "builder/tools\n");
  EXPECT_EQ(host.fluke({"list", "--label", "role=db", "site.hcl"}).out, "");
  host.environment["FLUKE_LABEL"] = "role=db,env=production,shard=1";
  EXPECT_EQ(host.fluke({"list", "site.hcl"}).out, "database/data\n");
  EXPECT_EQ(host.fluke({"list", "--label", "role=web", "site.hcl"}).out, "web/site\n");
  EXPECT_EQ(host.fluke({"list", "--all-hosts", "site.hcl"}).out,
            "database/data\n"
            "web/site\tfor hosts with role=web\n"
            "builder/tools\tfor hosts with role=build\n");
  const support::Ran elsewhere = host.fluke({"run", "--only", "builder", "site.hcl"});
  EXPECT_EQ(elsewhere.status, 64);
  EXPECT_NE(elsewhere.err.find("it is for hosts with other labels, see fluke list --all-hosts"),
            std::string::npos)
      << elsewhere.err;
  const auto listed = nlohmann::json::parse(
      host.fluke({"list", "--all-hosts", "--format", "json", "site.hcl"}).out);
  EXPECT_EQ(listed["host"]["labels"]["env"], "production");
  EXPECT_EQ(listed["resources"].size(), 1U);
  EXPECT_EQ(listed["other_hosts"][1]["name"], "builder/tools");
  EXPECT_EQ(listed["other_hosts"][1]["match_labels"]["role"], "build");
  const auto checked =
      nlohmann::json::parse(host.fluke({"check", "--format", "json", "site.hcl"}).out);
  EXPECT_EQ(checked["other_hosts"], 2);
  EXPECT_EQ(checked["summary"]["total"], 1);
}

TEST(Hosts, HearOfLabelsThatTheyDoNotKnow) {
  const Host host;
  host.write("site.hcl", fleet);
  const support::Ran ran = host.fluke({"doctor", "--label", "rle=web", "site.hcl"});
  EXPECT_NE(ran.out.find("host  labels     \""), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("\" has: rle=web\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("warn  host  labels     task \"web\" selects by \"role\", a label that "
                         "this host does not have; did you mean \"rle\"?\n"),
            std::string::npos)
      << ran.out;
  const support::Ran wrong = host.fluke({"run", "--label", "web", "site.hcl"});
  EXPECT_EQ(wrong.status, 64);
  EXPECT_NE(wrong.err.find("--label is \"web\"; write NAME=VALUE, such as role=web"),
            std::string::npos)
      << wrong.err;
}

TEST(Drift, IsAppliedOrLeftAsThePolicySays) {
  struct Row {
    std::string_view policy;
    std::vector<std::string> options;
    int status;
    bool is_applied;
  };
  const Row rows[] = {
      {"", {}, 0, true},
      {"remediate", {}, 0, true},
      {"remediate_and_alert", {}, 0, true},
      {"alert_only", {}, 2, false},
      {"alert_only", {"--remediate"}, 0, true},
      {"alert_only", {"--only", "renew", "--remediate"}, 0, true},
      {"", {"--drift-policy", "alert_only"}, 2, false},
      {"remediate", {"--drift-policy", "alert_only"}, 0, true},
      {"alert_only", {"--drift-policy", "remediate"}, 2, false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.policy);
    const Host host;
    const std::string drift =
        row.policy.empty() ? ""
                           : "  drift {\n    policy = \"" + std::string(row.policy) + "\"\n  }\n";
    host.write("site.hcl", "task \"renew\" {\n" + drift + R"(  shell "certificate" {
    check       = "echo expires soon; test -f renewed"
    command     = "touch renewed"
    working_dir = "."
  }
}
)");
    std::vector<std::string> arguments = {"run", "site.hcl"};
    arguments.insert(arguments.end(), row.options.begin(), row.options.end());
    const support::Ran ran = host.fluke(arguments);
    EXPECT_EQ(ran.status, row.status) << ran.out << ran.err;
    EXPECT_EQ(host.exists("renewed"), row.is_applied);
    EXPECT_EQ(ran.err.find("expires soon") != std::string::npos, !row.is_applied) << ran.err;
  }
}

TEST(Drift, IsToldToNotifyBlocksAsThePolicySays) {
  for (const auto& [policy, is_told] :
       {std::pair("remediate", false), {"remediate_and_alert", true}, {"alert_only", true}}) {
    SCOPED_TRACE(policy);
    const Host host;
    host.directory_with_tasks("ops", "[tasks.alert]\nrun = \"echo told >>told\"\n");
    host.write("site.hcl", std::string(R"(notify "ops" {
  working_dir = "ops"
  task        = "alert"
}
task "renew" {
  drift {
    policy = ")") + policy + R"("
  }
  shell "certificate" {
    check       = "test -f renewed"
    command     = "touch renewed"
    working_dir = "."
  }
}
)");
    const support::Ran ran = host.fluke({"run", "site.hcl"});
    EXPECT_EQ(ran.status, std::string_view(policy) == "alert_only" ? 2 : 0) << ran.out << ran.err;
    EXPECT_EQ(ran.err.find("nobody hears"), std::string::npos) << ran.err;
    EXPECT_EQ(host.exists("ops/told"), is_told);
    EXPECT_EQ(host.fluke({"run", "--remediate", "site.hcl"}).status, 0);
    EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
    const std::string_view times =
        std::string_view(policy) == "alert_only" ? "told\ntold\n" : "told\n";
    EXPECT_EQ(is_told ? host.read("ops/told") : "", is_told ? times : "");
  }
}

TEST(Drift, ThatNobodyHearsOfIsAWarning) {
  const Host host;
  host.write("site.hcl", R"(task "renew" {
  drift {
    policy = "alert_only"
  }
  shell "certificate" {
    check   = "true"
    command = "true"
  }
}
)");
  const support::Ran ran = host.fluke({"validate", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, R"(warning: nobody hears of this drift
  --> site.hcl:3:14
   |
 3 |     policy = "alert_only"
   |              ^^^^^^^^^^^^ the policy is to alert, but no notify block says whom; the reports and the exit status tell it all the same
)");
}

}  // namespace
