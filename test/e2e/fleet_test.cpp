// One manifest for many hosts: what differs comes from outside, and each host gets the resources
// that are its own.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <vector>

#include "e2e/host.h"
#include "report/schema.h"

namespace {

using e2e::Host;

constexpr std::string_view fleet_manifest = R"(variable "host" {
  default = hostname()
}

variable "sites" {
  type    = map(list(string))
  default = {}
}

mise "base" {
  working_dir = "base"
  enabled     = env("STAGE", "test") == "production"
}

mise "site" {
  for_each    = toset(lookup(var.sites, var.host, []))
  working_dir = "sites/${each.key}"
  env         = { SITE = each.value }
  settle      = "0s"
  depends_on  = [mise.base]
}

mise "report" {
  working_dir = "base"
  depends_on  = [mise.site]
}
)";

constexpr std::string_view sites = R"(sites = {
  web-1 = ["shop", "blog"]
  web-2 = ["wiki"]
}
)";

/// Has the sites of all hosts; they converge, but for those in `broken`.
struct FleetHost : Host {
  explicit FleetHost(const std::vector<std::string>& broken);
};

FleetHost::FleetHost(const std::vector<std::string>& broken) {
  write("site.fluke.hcl", fleet_manifest);
  write("sites.hcl", sites);
  directory_with_tasks("base", e2e::converging_tasks);
  for (const std::string site : {"blog", "shop", "wiki"}) {
    directory_with_tasks("sites/" + site, R"(
[tasks.check]
run = "test -f done-$SITE"
[tasks.apply]
run = "touch done-$SITE"
)");
  }
  for (const std::string& site : broken) {
    directory_with_tasks("sites/" + site, "[tasks]\ncheck = 'false'\napply = 'false'\n");
  }
}

TEST(Fleet, GivesEachHostItsOwnResources) {
  const FleetHost host({});
  const support::Ran first =
      host.fluke({"run", "--var-file", "sites.hcl", "--var", "host=web-1", "site.fluke.hcl"});
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_EQ(host.normalised(first.out),
            R"(base          disabled
site["blog"]  applied    check <time>  apply <time>  verify <time>
site["shop"]  applied    check <time>  apply <time>  verify <time>
report        applied    check <time>  apply <time>  verify <time>
4 resources: 3 applied, 1 disabled in <time>
)");
  EXPECT_TRUE(host.exists("sites/blog/done-blog"));
  EXPECT_EQ(
      host.fluke({"list", "--var-file", "sites.hcl", "--var", "host=web-2", "site.fluke.hcl"}).out,
      "base\nsite[\"wiki\"]\nreport\n");
  EXPECT_EQ(host.fluke({"list", "--var-file", "sites.hcl", "site.fluke.hcl"}).out,
            "base\nreport\n");
}

/// The variables that fluke.service sets, but for those that a host has of its own.
void set_as_the_unit_does(Host& host) {
  const std::string unit = support::read_file(std::filesystem::path(FLUKE_TEST_DIR) /
                                              "../cmd/fluke/service/fluke.service");
  const std::regex assignment(R"((FLUKE_\w+)=(\S+))");
  const std::regex line("(^|\n)Environment=.*");
  for (std::sregex_iterator at(unit.begin(), unit.end(), line), end; at != end; ++at) {
    const std::string settings = at->str();
    for (std::sregex_iterator one(settings.begin(), settings.end(), assignment); one != end;
         ++one) {
      host.environment[(*one)[1]] = (*one)[2];
    }
  }
}

TEST(Service, LogsWhatChangedAndMoreWhereItsSettingsSaySo) {
  Host host;
  host.directory_with_tasks("site", e2e::converging_tasks);
  host.write("site/site.fluke.hcl", "mise \"site\" {\n  working_dir = \".\"\n}\n");
  set_as_the_unit_does(host);
  EXPECT_EQ(host.environment["FLUKE_MANIFEST"], "/etc/fluke");
  // As a line in /etc/default/fluke does.
  host.environment["FLUKE_MANIFEST"] = (host.root() / "site").string();
  EXPECT_NE(host.fluke({"run"}).out.find("site  applied"), std::string::npos);
  EXPECT_EQ(host.fluke({"run"}).out, "");
  host.environment["FLUKE_VERBOSE"] = "1";
  EXPECT_NE(host.fluke({"run"}).err.find("site: check: mise run check\n"), std::string::npos);
}

TEST(Fleet, SkipsWhatDependsOnAnInstanceThatFailed) {
  const FleetHost host({"blog"});
  const support::Ran ran =
      host.fluke({"run", "--var-file", "sites.hcl", "--var", "host=web-1", "--format", "json",
                  "--report", "prometheus=fluke.prom", "site.fluke.hcl"});
  EXPECT_EQ(ran.status, 1);
  report::expect_valid("", {ran.out});
  const nlohmann::json resources = nlohmann::json::parse(ran.out)["resources"];
  EXPECT_EQ(resources[1]["name"], R"(site["blog"])");
  EXPECT_EQ(resources[1]["outcome"], "failed");
  EXPECT_EQ(resources[2]["outcome"], "applied");
  EXPECT_EQ(resources[3]["reason"], R"(depends on site["blog"], which failed)");
  const std::string metrics = host.read("fluke.prom");
  EXPECT_NE(metrics.find(R"({resource="site[\"blog\"]",outcome="failed"} 1)"), std::string::npos)
      << metrics;
}

TEST(Fleet, RunsWhatAnOperatorPicks) {
  const FleetHost host({});
  const std::vector<std::string> given = {"--var-file=sites.hcl", "--var=host=web-1"};
  const auto listed = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"list", "site.fluke.hcl"});
    options.insert(options.end(), given.begin(), given.end());
    const support::Ran ran = host.fluke(options);
    return ran.out + ran.err;
  };
  EXPECT_EQ(listed({"--only", R"(site["blog"])"}), "site[\"blog\"]\n");
  EXPECT_EQ(listed({"--only", "site"}), "site[\"blog\"]\nsite[\"shop\"]\n");
  EXPECT_EQ(listed({"--only", "site[*", "--skip", R"(*"blog"*)"}), "site[\"shop\"]\n");
  EXPECT_EQ(listed({"--only", R"(site["wiki"])"}),
            "fluke: --only names 'site[\"wiki\"]', but no resource has that name; there are "
            "site[\"blog\"], site[\"shop\"]\n");
  EXPECT_EQ(host.fluke({"run", "--only", "nothing*", "site.fluke.hcl"}).status, 64);
}

}  // namespace
