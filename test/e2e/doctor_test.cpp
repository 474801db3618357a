// `fluke doctor` against real git and mise: what it finds, and that it leaves everything as it was.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "e2e/deploy_host.h"
#include "file/descriptor.h"
#include "support/http_remote.h"
#include "support/killing.h"

namespace {

using e2e::Host;

class Doctor : public testing::Test {
 protected:
  Doctor() {
    host.repository_with_tasks("app.git", e2e::converging_tasks);
    manifest("app.git");
  }

  /// One resource whose directory is a checkout of `repository`, on `branch`.
  void manifest(const std::string& repository, const std::string& branch = "main") const {
    const bool is_url = repository.find(':') != std::string::npos;
    const std::string url = is_url ? repository : (host.root() / repository).string();
    host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n  git {\n    url    = \"" +
                               url + "\"\n    branch = \"" + branch + "\"\n  }\n}\n");
  }

  /// The lines about the resource, and how the program ended.
  std::string about_the_resource(const std::vector<std::string>& options = {}) {
    std::vector<std::string> arguments = {"doctor", "site.hcl"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const support::Ran ran = host.fluke(arguments);
    std::string lines;
    std::istringstream out(host.normalised(ran.out));
    for (std::string line; std::getline(out, line);) {
      if (line.find("  deploy  ") == 4 || line.starts_with("      | ")) {
        lines += line + "\n";
      }
    }
    return lines + ran.err + "exit " + std::to_string(ran.status.value_or(-1)) + "\n";
  }

  /// Every file below the directory of the resource, and what it holds, but for what git has
  /// fetched.
  [[nodiscard]] std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(host.root() / "app")) {
      const std::string name = entry.path().string();
      if (name.find("/.git/objects/") == std::string::npos && !name.ends_with("/FETCH_HEAD")) {
        all[name] = entry.is_regular_file() ? support::read_file(entry.path()) : std::string();
      }
    }
    return all;
  }

  Host host;
};

TEST_F(Doctor, FindsAHealthyCheckoutAndLeavesItAsItWas) {
  ASSERT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  host.commit("app.git", "new.txt", "new\n");
  const auto before = files();
  EXPECT_EQ(about_the_resource(),
            "ok    deploy  directory  \"<root>/app\" is a checkout, and free\n"
            "ok    deploy  remote     \"<root>/app.git\" has the branch \"main\"\n"
            "ok    deploy  tasks      \"check\" and \"apply\" are there\n"
            "exit 0\n");
  EXPECT_EQ(files(), before);
}

TEST_F(Doctor, TellsOfTheHostFirst) {
  const support::Ran ran = host.fluke({"doctor"});
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_TRUE(std::regex_search(
      ran.out, std::regex("^ok    host  git        /\\S+/git, version \\d+\\.\\d+.*\n"
                          "ok    host  mise       /\\S+/mise, version \\d+\\.\\d+\\.\\d+\n"
                          "((ok|warn)\\s+host  cron       .*\n)+"
                          "ok    host  clock      \\d{4}-\\d\\d-\\d\\d .* UTC\n"
                          "\\d+ checks: ")))
      << ran.out;
}

TEST_F(Doctor, FindsWhatIsToBeClonedYet) {
  EXPECT_EQ(about_the_resource(),
            "ok    deploy  directory  \"<root>/app\" is absent; the first run clones it\n"
            "ok    deploy  remote     \"<root>/app.git\" has the branch \"main\"\n"
            "exit 0\n");
  EXPECT_FALSE(host.exists("app"));
  std::filesystem::create_directory(host.root() / "app");
  EXPECT_TRUE(about_the_resource().starts_with(
      "ok    deploy  directory  \"<root>/app\" is empty; the first run clones it\n"));
}

TEST_F(Doctor, FindsWhatStandsInTheWayOfAClone) {
  host.write("app/notes.txt", "mine\n");
  EXPECT_TRUE(about_the_resource().starts_with("fail  deploy  directory  \"<root>/app\" "))
      << about_the_resource();
  std::filesystem::remove_all(host.root() / "app");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"file/app\"\n  git {\n    url = \"" +
                             (host.root() / "app.git").string() + "\"\n  }\n}\n");
  host.write("file", "");
  const std::string told = about_the_resource();
  EXPECT_TRUE(
      told.starts_with("fail  deploy  directory  working directory \"<root>/file/app\" is "
                       "not a directory; move it away or name another\n"))
      << told;
  EXPECT_TRUE(told.ends_with("exit 78\n")) << told;
}

TEST_F(Doctor, LeavesItToTheFirstRunToLookForACommit) {
  const std::string commit(40, '7');
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n  git {\n    url    = \"" +
                             (host.root() / "app.git").string() + "\"\n    commit = \"" + commit +
                             "\"\n  }\n}\n");
  EXPECT_EQ(about_the_resource(),
            "ok    deploy  directory  \"<root>/app\" is absent; the first run clones it\n"
            "ok    deploy  remote     \"<root>/app.git\" answers; the first run looks for commit "
            "<commit>\n"
            "exit 0\n");
}

TEST_F(Doctor, TellsOfALockThatItHasRemoved) {
  ASSERT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  host.write("app/.git/HEAD.lock", "");
  host.write("app/.git/fluke-fetch", "");
  EXPECT_NE(about_the_resource().find("; removed \"<root>/app/.git/HEAD.lock\", which a git that "
                                      "was ended had left\n"),
            std::string::npos);
}

TEST_F(Doctor, ForeseesWhatARunWouldRefuse) {
  ASSERT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  host.commit("app.git", ".mise.toml", std::string(e2e::converging_tasks) + "# new\n");
  host.write("app/.mise.toml", std::string(e2e::converging_tasks) + "# mine\n");
  EXPECT_NE(about_the_resource().find(
                "fail  deploy  remote     local changes are in the way of the update: "
                "\".mise.toml\"; commit them, or stash them with: git -C <root>/app stash\n"),
            std::string::npos)
      << about_the_resource();
}

TEST_F(Doctor, NamesLocalChangesThatARunKeeps) {
  ASSERT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  host.write("app/.mise.toml", std::string(e2e::converging_tasks) + "# mine\n");
  const std::string told = about_the_resource();
  EXPECT_NE(told.find("warn  deploy  remote     \"<root>/app.git\" has the branch \"main\"; local "
                      "changes are kept: \".mise.toml\"\n"),
            std::string::npos)
      << told;
  EXPECT_TRUE(told.ends_with("exit 0\n")) << told;
}

TEST_F(Doctor, FindsARemoteThatCannotBeReadOrLacksTheBranch) {
  manifest("gone.git");
  EXPECT_EQ(
      about_the_resource(),
      "ok    deploy  directory  \"<root>/app\" is absent; the first run clones it\n"
      "fail  deploy  remote     cannot read from \"<root>/gone.git\": git ls-remote exited with "
      "status 128\n"
      "      | fatal: '<root>/gone.git' does not appear to be a git repository\n"
      "      | fatal: Could not read from remote repository.\n"
      "      | \n"
      "      | Please make sure you have the correct access rights\n"
      "      | and the repository exists.\n"
      "exit 78\n");
  manifest("app.git", "release");
  EXPECT_NE(about_the_resource().find(
                "fail  deploy  remote     there is no branch \"release\" at \"<root>/app.git\"; "
                "there is \"main\"; if \"main\" is meant, write: branch = \"main\"\n"),
            std::string::npos)
      << about_the_resource();
}

TEST_F(Doctor, DoesNotWaitForARemoteThatDoesNotAnswerNorShowsAPassword) {
  support::HttpRemote server(host.root());
  server.mute = true;
  manifest("http://me:hunter2@" + server.place() + "/app.git");
  const std::string told = about_the_resource({"--timeout", "300ms"});
  EXPECT_NE(told.find("fail  deploy  remote     "), std::string::npos) << told;
  EXPECT_NE(told.find("ran past its deadline of <time>"), std::string::npos) << told;
  EXPECT_EQ(told.find("hunter2"), std::string::npos) << told;
}

TEST_F(Doctor, EndsByTheSignalThatStopsIt) {
  support::HttpRemote server(host.root());
  server.mute = true;
  manifest("http://" + server.place() + "/app.git");
  support::Running running(host.fluke_program({"doctor", "--timeout", "0s", "site.hcl"}));
  while (support::children_of(running.pid()).empty()) {
    ::usleep(2000);
  }
  running.send(SIGTERM);
  const support::Ran ran = running.wait();
  EXPECT_EQ(ran.signal, SIGTERM) << ran.out << ran.err;
  // Neither a sum, nor a word about what the signal has cut short.
  EXPECT_EQ(ran.out.find(" checks: "), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("SIGTERM"), std::string::npos) << ran.out;
}

TEST_F(Doctor, FindsTasksThatAreMissingOrBroken) {
  host.write("site.hcl",
             "mise \"deploy\" {\n  working_dir = \"app\"\n  apply_task = \"aply\"\n}\n");
  host.directory_with_tasks("app", e2e::converging_tasks);
  EXPECT_EQ(about_the_resource(),
            "ok    deploy  directory  \"<root>/app\" is there, and free\n"
            "fail  deploy  tasks      task \"aply\" does not exist in \"<root>/app\"; did you mean "
            "\"apply\"? tasks there: apply, check\n"
            "exit 78\n");
  host.directory_with_tasks("app", "[tasks.check\n");
  const std::string told = about_the_resource();
  EXPECT_NE(told.find("fail  deploy  tasks      mise cannot read the configuration here: "),
            std::string::npos)
      << told;
  EXPECT_NE(told.find("      | "), std::string::npos) << told;
}

TEST_F(Doctor, TellsWhichTasksComeFromElsewhere) {
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"tasks/app\"\n}\n");
  host.directory_with_tasks("tasks", e2e::converging_tasks);
  std::filesystem::create_directory(host.root() / "tasks/app");
  const std::string told = about_the_resource();
  EXPECT_NE(told.find("\"check\" and \"apply\" are there; \"check\" comes from "
                      "\"<root>/tasks/.mise.toml\"; \"apply\" comes from "),
            std::string::npos)
      << told;
}

TEST_F(Doctor, FindsADirectoryThatIsHeldOrAbsent) {
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n}\n");
  EXPECT_EQ(
      about_the_resource(),
      "fail  deploy  directory  working directory \"<root>/app\" does not exist; create it, or "
      "add a git block to have it cloned\n"
      "exit 78\n");
  host.directory_with_tasks("app", e2e::converging_tasks);
  const file::Descriptor lock(
      ::open((host.root() / "app").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  ASSERT_EQ(::flock(lock.get(), LOCK_EX), 0);
  const std::string told = about_the_resource();
  EXPECT_TRUE(std::regex_search(
      told,
      std::regex("^warn  deploy  directory  .* holds \"<root>/app\"; a run now would end with "
                 "75, or wait with --lock-timeout\n"
                 "ok    deploy  tasks .*\n"
                 "exit 0\n$")))
      << told;
}

TEST_F(Doctor, LeavesADisabledResourceAlone) {
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n  enabled = false\n}\n");
  EXPECT_EQ(about_the_resource(),
            "ok    deploy  enabled    false; a run leaves it alone\n"
            "exit 0\n");
}

/// Without what doctor has to say of cron: that depends on where the tests run.
std::string without_cron(const std::string& text) {
  return std::regex_replace(text, std::regex(R"(\w+ +host +cron .*\n|\d+ checks: .*\n)"), "");
}

TEST_F(Doctor, SaysNothingThatIsWellWhenQuiet) {
  const std::string mise = host.run({"sh", "-c", "command -v mise"});
  const std::vector<std::string> quiet = {
      "doctor", "-q", "--git", "git", "--mise", mise.substr(0, mise.size() - 1), "site.hcl"};
  const support::Ran well = host.fluke(quiet);
  EXPECT_EQ(without_cron(well.out) + well.err, "");
  EXPECT_EQ(well.status, 0);
  manifest("gone.git");
  const support::Ran ill = host.fluke(quiet);
  EXPECT_TRUE(without_cron(ill.out).starts_with("fail  deploy  remote     cannot read from "))
      << ill.out;
  EXPECT_EQ(ill.status, 78);
}

TEST_F(Doctor, TellsProgramsInJson) {
  manifest("gone.git");
  const support::Ran ran = host.fluke({"doctor", "--format", "json", "site.hcl"});
  EXPECT_EQ(ran.err, "");
  const auto document = nlohmann::json::parse(ran.out, nullptr, false);
  ASSERT_FALSE(document.is_discarded()) << ran.out;
  EXPECT_EQ(document["command"], "doctor");
  EXPECT_EQ(document["exit_code"], 78);
  EXPECT_EQ(document["summary"]["fail"], 1);
  EXPECT_EQ(document["findings"][0]["subject"], "git");
  EXPECT_EQ(document["findings"][0]["resource"], nullptr);
  EXPECT_EQ(document["findings"].back()["resource"], "deploy");
  EXPECT_EQ(document["findings"].back()["verdict"], "fail");
}

TEST_F(Doctor, EndsWithTheErrorsOfAManifestThatIsInvalid) {
  host.write("site.hcl", "mise \"deploy\" {}\n");
  EXPECT_EQ(host.fluke({"doctor", "site.hcl"}).status, 65);
  EXPECT_EQ(host.fluke({"doctor", "nowhere.hcl"}).status, 66);
}

}  // namespace
