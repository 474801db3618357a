// A fleet under GitOps: thirty hosts on one machine, each with the one manifest that `fluke init
// --from` writes, follow one repository.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "e2e/host.h"
#include "process/environment.h"

namespace {

using e2e::Host;

constexpr int fleet_size = 30;

/// The manifests of all hosts: each gets the file that the repository holds.
constexpr std::string_view app_manifest = R"(variable "host" {
  type = string
}

mise "app" {
  working_dir = "app"
  env         = { PLACE = "${var.host}/version" }
  settle      = "0s"
}
)";

constexpr std::string_view app_tasks = R"([tasks]
check = 'cmp version "$PLACE"'
apply = 'cp version "$PLACE"'
)";

class GitopsFleet : public testing::Test {
 protected:
  void SetUp() override {
    if (!process::find_program("ssh-keygen", process::Environment::from(environ))) {
      GTEST_SKIP() << "needs ssh-keygen";
    }
    host_.run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"});
    host_.write("signers", "ops@example.org namespaces=\"git\" " + host_.read("key.pub"));
    host_.run({"git", "init", "--quiet", "--bare", "--initial-branch=main", "infra.git"});
    host_.run({"git", "clone", "--quiet", "infra.git", "work"});
    host_.write("work/app.fluke.hcl", app_manifest);
    host_.write("work/app/.mise.toml", app_tasks);
    commit("1", true);
    for (int i = 0; i < fleet_size; ++i) {
      found(name_of(i));
    }
  }

  /// Puts a host under GitOps, with a checkout of its own; not below the directory of its
  /// manifests, where those in the checkout would count as its own.
  void found(const std::string& name) const {
    const std::string url = (host_.root() / "infra.git").string();
    const support::Ran ran =
        host_.fluke({"init", "--from", url, "--allowed-signers", "signers", name});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const std::filesystem::path file = std::filesystem::path(name) / "host.fluke.hcl";
    host_.write(file, std::regex_replace(host_.read(file), std::regex("working_dir = .*"),
                                         "working_dir = \"../state/" + name + "\""));
  }

  /// A commit with that version of the app.
  void commit(const std::string& version, bool is_signed) const {
    host_.write("work/app/version", version + "\n");
    host_.run({"git", "-C", "work", "add", "--all"});
    std::vector<std::string> command = {"git", "-C", "work"};
    if (is_signed) {
      command.insert(command.end(), {"-c", "gpg.format=ssh", "-c",
                                     "user.signingKey=" + (host_.root() / "key").string()});
    }
    command.insert(command.end(), {"commit", "--quiet", "--message", "Version " + version});
    if (is_signed) {
      command.emplace_back("--gpg-sign");
    }
    host_.run(command);
    host_.run({"git", "-C", "work", "push", "--quiet", "origin", "HEAD:main"});
  }

  /// One run on each host: how many ended with which status.
  [[nodiscard]] std::map<int, int> round() {
    std::map<int, int> statuses;
    for (int i = 0; i < fleet_size; ++i) {
      support::Program program = host_.fluke_program({"run", "--quiet", name_of(i)});
      program.environment["FLUKE_VAR_host"] = (host_.root() / name_of(i)).string();
      const support::Ran ran = support::run(program);
      ++statuses[ran.status.value_or(-1)];
      last_ = ran.out + ran.err;
    }
    return statuses;
  }

  /// On how many hosts the app has that version.
  [[nodiscard]] int at_version(const std::string& version) const {
    int count = 0;
    for (int i = 0; i < fleet_size; ++i) {
      count += host_.read(name_of(i) + "/version") == version + "\n" ? 1 : 0;
    }
    return count;
  }

  static std::string name_of(int i) { return "host" + std::to_string(i); }

  Host host_;
  /// What the last host printed.
  std::string last_;
};

using Statuses = std::map<int, int>;

TEST_F(GitopsFleet, GetsACommitInOneRoundAndABadOneNotAtAll) {
  EXPECT_EQ(round(), (Statuses{{0, fleet_size}})) << last_;
  EXPECT_EQ(at_version("1"), fleet_size);

  commit("2", true);
  EXPECT_EQ(round(), (Statuses{{0, fleet_size}})) << last_;
  EXPECT_EQ(at_version("2"), fleet_size);

  commit("3", false);
  EXPECT_EQ(round(), (Statuses{{1, fleet_size}})) << last_;
  EXPECT_EQ(at_version("2"), fleet_size);

  host_.write("work/app.fluke.hcl", std::string(app_manifest) + "mise \"app\" {}\n");
  commit("4", true);
  EXPECT_EQ(round(), (Statuses{{65, fleet_size}})) << last_;
  EXPECT_EQ(at_version("2"), fleet_size);

  host_.write("work/app.fluke.hcl", app_manifest);
  commit("5", true);
  EXPECT_EQ(round(), (Statuses{{0, fleet_size}})) << last_;
  EXPECT_EQ(at_version("5"), fleet_size);
}

}  // namespace
