#include "report/list.h"

#include <gtest/gtest.h>

#include <memory>

#include "executor/mise/settings.h"
#include "executor/mise/type.h"

namespace report {
namespace {

using namespace std::chrono_literals;

/// A resource with every attribute set, on the second line of its file.
manifest::Resource full_resource(const diagnostic::SourceFile& file) {
  manifest::Resource resource;
  resource.name = "deploy";
  resource.file = &file;
  resource.range = {.begin = 1, .end = 5};
  resource.working_dir = "/opt/app";
  resource.type = &mise::resource_type();
  auto settings = std::make_shared<mise::Settings>();
  settings->check_unknown = {3, 75};
  settings->trust_config = true;
  resource.settings = settings;
  resource.env = {{"A", "1"}, {"B", "2"}};
  resource.timeout = 5min;
  resource.settle = 3s;
  resource.depends_on = {"database"};
  resource.git = {.url = "https://me:secret@example.com/app.git", .revision = {.name = "main"}};
  return resource;
}

manifest::Manifest on_web1() {
  manifest::Manifest manifest;
  manifest.host.name = "web1";
  return manifest;
}

TEST(ListAsText, IsOneNameALine) {
  manifest::Resource a;
  a.name = "a";
  manifest::Resource b;
  b.name = "b";
  EXPECT_EQ(list_as_text({&a, &b}), "a\nb\n");
  EXPECT_EQ(list_as_text({}), "");
}

TEST(ListAsText, MarksWhatIsForOtherHostsAndTellsPeopleWhatTasksAreFor) {
  manifest::Resource site;
  site.name = "web/site";
  site.task = std::make_shared<manifest::Task>(
      manifest::Task{.name = "web", .description = "The web site"});
  const auto db = std::make_shared<manifest::Task>(
      manifest::Task{.name = "db", .selector = {{"env", "production"}, {"role", "db"}}});
  manifest::Manifest manifest;
  manifest.others.push_back({.name = "db/data", .task = db});
  EXPECT_EQ(list_as_text({&site}, manifest, true, false),
            "web/site\ndb/data\tfor hosts with env=production, role=db\n");
  EXPECT_EQ(list_as_text({&site}, manifest, true, true),
            "web/site  The web site\ndb/data  for hosts with env=production, role=db\n");
}

TEST(ListAsJson, HasEveryAttributeAndNoPassword) {
  const diagnostic::SourceFile file("site.hcl", "\nmise \"deploy\" {}\n");
  const manifest::Resource resource = full_resource(file);
  EXPECT_EQ(list_as_json({&resource}, on_web1(), false, "0.1.0"), R"({
  "schema": 1,
  "fluke": "0.1.0",
  "host": {
    "name": "web1",
    "labels": {}
  },
  "includes": [],
  "resources": [
    {
      "name": "deploy",
      "type": "mise",
      "task": null,
      "description": null,
      "manifest": "site.hcl",
      "line": 2,
      "working_dir": "/opt/app",
      "check_task": "check",
      "apply_task": "apply",
      "check_unknown": [
        3,
        75
      ],
      "trust_config": true,
      "env": {
        "A": "1",
        "B": "2"
      },
      "timeout_ms": 300000,
      "settle_ms": 3000,
      "depends_on": [
        "database"
      ],
      "enabled": true,
      "on_failure": "abort",
      "git": {
        "url": "https://me:***@example.com/app.git",
        "branch": "main",
        "tag": null,
        "commit": null,
        "move": false,
        "require_clean": false,
        "retry": null,
        "verify": null
      }
    }
  ],
  "other_hosts": [],
  "notifications": []
})"
                                                                  "\n");
}

TEST(ListAsJson, HasTheIncludes) {
  const diagnostic::SourceFile file("host.hcl", "include \"infra\" {}\n");
  manifest::Manifest manifest;
  manifest::Include& include = manifest.includes.emplace_back();
  include.checkout.name = "infra";
  include.checkout.file = &file;
  include.checkout.working_dir = "/srv/infra";
  include.manifests = {"."};
  EXPECT_NE(list_as_json({}, manifest, false, "0.1.0").find(R"json("includes": [
    {
      "name": "infra",
      "manifest": "host.hcl",
      "line": 1,
      "working_dir": "/srv/infra",
      "manifests": [
        "."
      ],
      "timeout_ms": 1800000,
      "enabled": true,
      "git": null
    }
  ])json"),
            std::string::npos);
}

TEST(ListAsJson, ShowsNothingThatIsSensitive) {
  const diagnostic::SourceFile file("site.hcl", "\nmise \"deploy\" {}\n");
  manifest::Resource resource = full_resource(file);
  resource.sensitive_env = {"B"};
  EXPECT_NE(list_as_json({&resource}, on_web1(), false, "0.1.0").find(R"json("env": {
        "A": "1",
        "B": "(sensitive)"
      })json"),
            std::string::npos);
  resource.env_is_sensitive = true;
  EXPECT_NE(
      list_as_json({&resource}, on_web1(), false, "0.1.0").find(R"json("env": "(sensitive)")json"),
      std::string::npos);
}

TEST(ListAsJson, OfNothingIsStillADocument) {
  EXPECT_EQ(list_as_json({}, on_web1(), false, "0.1.0"),
            R"({
  "schema": 1,
  "fluke": "0.1.0",
  "host": {
    "name": "web1",
    "labels": {}
  },
  "includes": [],
  "resources": [],
  "other_hosts": [],
  "notifications": []
})"
            "\n");
}

}  // namespace
}  // namespace report
