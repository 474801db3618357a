// Passwords and tokens in urls: whatever fluke runs, prints and writes, nobody reads them there.
#include <gtest/gtest.h>

#include <thread>

#include "e2e/host.h"
#include "support/http_remote.h"
#include "support/killing.h"

namespace {

namespace fs = std::filesystem;
using e2e::Host;

constexpr std::string_view tasks = R"(
[tasks.check]
run = "git remote get-url origin; test -f done"

[tasks.apply]
run = "git config --list --local; touch done"
)";

/// Every form in which a secret of the manifest might be seen: as it is written there, decoded, a
/// part of it, and as http sends it ("user:S3cr3t/W0rd" in base 64).
constexpr std::string_view forms[] = {"S3cr3t", "W0rd", "T0ken", "dXNlcjpTM2NyM3QvVzByZA"};

constexpr const char* kinds[] = {"json", "jsonl", "junit", "prometheus", "html"};

class Secrets : public testing::Test {
 protected:
  Secrets() : server(host.root()) {
    server.credentials = "user:S3cr3t/W0rd";
    host.repository_with_tasks("remote.git", tasks);
    host.environment["GITHUB_ACTIONS"] = "true";
    host.environment["GITHUB_STEP_SUMMARY"] = (host.root() / "step-summary").string();
    write_manifest();
  }

  /// A url of each kind, some of which work; what each resource is called says what it meets.
  void write_manifest() {
    const std::pair<std::string, std::string> urls[] = {
        {"works", "http://user:S3cr3t%2FW0rd@" + server.place() + "/remote.git"},
        {"refused", "http://user:another-S3cr3t@" + server.place() + "/remote.git"},
        {"token", "http://T0kenT0kenT0ken@127.0.0.1:1/remote.git"},
        {"file", "file://user:S3cr3t%2FW0rd@localhost" + (host.root() / "absent.git").string()},
        {"ssh", "ssh://user:S3cr3t%2FW0rd@127.0.0.1:1/remote.git"},
    };
    std::string text;
    for (const auto& [name, url] : urls) {
      text += "mise \"" + name + "\" {\n  working_dir = \"site/" + name +
              "\"\n  git {\n    url = \"" + url + "\"\n  }\n}\n";
    }
    host.write("site.hcl", text);
    // Told with the line that the url is in.
    text +=
        "mise \"again\" {\n  working_dir = \"site/works\"\n  git {\n    url = \"http://user:S3cr3t@"
        "127.0.0.1/other.git\"\n  }\n}\n";
    host.write("invalid.hcl", text);
  }

  /// Runs fluke and writes down how it and all below it were called, as `ps` shows it.
  support::Ran watch(const std::vector<std::string>& arguments) {
    support::Running running(host.fluke_program(arguments));
    while (!support::has_ended(running.pid())) {
      called += support::arguments_below(running.pid());
      std::this_thread::sleep_for(std::chrono::microseconds(500));
    }
    return running.wait();
  }

  static void expect_none(const std::string& where, const std::string& text) {
    for (const std::string_view form : forms) {
      const std::size_t at = text.find(form);
      EXPECT_EQ(at, std::string::npos)
          << form << " in " << where << ": ..."
          << (at == std::string::npos ? "" : text.substr(at < 200 ? 0 : at - 200, 300));
    }
  }

  /// All files below the root but the manifests themselves.
  void expect_none_in_files() const {
    for (const auto& entry : fs::recursive_directory_iterator(host.root())) {
      if (entry.is_regular_file() && entry.path().extension() != ".hcl") {
        expect_none(entry.path().string(), support::read_file(entry.path()));
      }
    }
  }

  Host host;
  support::HttpRemote server;
  std::string called;
};

TEST_F(Secrets, OfUrlsAreSeenNowhereInARun) {
  std::vector<std::string> arguments = {"run", "--verbose", "--timeout",
                                        "20s", "--report",  "github"};
  for (const char* kind : kinds) {
    arguments.insert(arguments.end(), {"--report", std::string(kind) + "=report." + kind});
  }
  arguments.push_back("site.hcl");
  const support::Ran ran = watch(arguments);
  EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
  EXPECT_TRUE(host.exists("site/works/done")) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("refuses the user name and password"), std::string::npos) << ran.out;
  for (const char* kind : kinds) {
    EXPECT_TRUE(host.exists(std::string("report.") + kind)) << kind;
  }
  EXPECT_NE(called.find("git clone"), std::string::npos) << "nobody was watching";
  expect_none("stdout", ran.out);
  expect_none("stderr", ran.err);
  expect_none("the arguments of a process", called);
  expect_none_in_files();
}

TEST_F(Secrets, OfUrlsAreSeenNowhereElse) {
  host.environment["GIT_TRACE"] = "1";
  host.environment["GIT_TRACE_CURL"] = "1";
  const std::vector<std::string> commands[] = {
      {"run", "--verbose", "--format", "json", "site.hcl"},
      {"check", "--verbose", "--format", "jsonl", "site.hcl"},
      {"check", "--color", "always", "site.hcl"},
      {"list", "--format", "json", "site.hcl"},
      {"doctor", "site.hcl"},
      {"validate", "invalid.hcl"},
      {"run", "--format", "json", "invalid.hcl"},
  };
  for (const std::vector<std::string>& command : commands) {
    const support::Ran ran = watch(command);
    const std::string name = command[0] + " " + command[1];
    EXPECT_FALSE(ran.out.empty() && ran.err.empty()) << name;
    expect_none("stdout of " + name, ran.out);
    expect_none("stderr of " + name, ran.err);
  }
  expect_none("the arguments of a process", called);
  expect_none_in_files();
}

}  // namespace
