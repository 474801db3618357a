// What runs of the program leave on the host: the files that they were asked for, and no process.
//
// FLUKE_LEAK_RUNS and FLUKE_LEAK_RESOURCES in the environment say how many; the defaults are for
// every day.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <set>

#include "e2e/host.h"
#include "support/killing.h"

namespace {

namespace fs = std::filesystem;
using e2e::Host;

/// The real mise keeps caches of its own: a stand-in leaves nothing that is not fluke's.
constexpr std::string_view stand_in = R"(#!/bin/sh
case "$1 $2" in
  "tasks ls") echo '[{"name":"check","source":"/x"},{"name":"apply","source":"/x"}]' ;;
  "run check") test -e done ;;
  "run apply") : > done ;;
esac
)";

int number(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr ? std::atoi(text) : otherwise;
}

/// Everything that lies below the root, but for what git does for itself.
std::set<std::string> files(const Host& host) {
  std::set<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(host.root())) {
    const std::string name = entry.path().lexically_relative(host.root()).native();
    if (name.find("/objects/") == std::string::npos && name.find("/logs") == std::string::npos) {
      found.insert(name);
    }
  }
  return found;
}

TEST(Leftovers, AreNoneHoweverOftenFlukeRuns) {
  Host host;
  host.repository_with_tasks("remote.git", "");
  const std::string mise = host.write("bin/mise", stand_in).string();
  fs::permissions(mise, fs::perms::owner_all);
  for (const auto& [variable, directory] :
       {std::pair("TMPDIR", "tmp"), std::pair("XDG_CACHE_HOME", "cache"),
        std::pair("XDG_STATE_HOME", "state"), std::pair("XDG_RUNTIME_DIR", "runtime"),
        std::pair("XDG_CONFIG_HOME", "config"), std::pair("XDG_DATA_HOME", "data")}) {
    fs::create_directory(host.root() / directory);
    host.environment[variable] = (host.root() / directory).string();
  }
  std::string manifest = "mise \"cloned\" {\n  working_dir = \"cloned\"\n  git {\n    url = \"" +
                         (host.root() / "remote.git").string() + "\"\n  }\n}\n";
  for (int i = number("FLUKE_LEAK_RESOURCES", 10); i > 1; --i) {
    const std::string name = "r" + std::to_string(i);
    fs::create_directory(host.root() / name);
    manifest += "mise \"" + name + "\" {\n  working_dir = \"" + name + "\"\n}\n";
  }
  host.write("site.hcl", manifest);
  const std::vector<std::string> arguments = {
      "run",      "--mise",           mise,      "--report", "json=report.json",
      "--report", "junit=report.xml", "site.hcl"};
  const auto run = [&] {
    const support::Orphanage orphanage;
    const support::Ran ran = host.fluke(arguments);
    ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a process was left";
  };
  run();
  // Only now there is something to fetch, whose traces stay.
  host.commit("remote.git", "news", "news\n");
  run();
  const std::set<std::string> before = files(host);
  for (int i = number("FLUKE_LEAK_RUNS", 3); i > 0 && !testing::Test::HasFailure(); --i) {
    run();
  }
  EXPECT_EQ(files(host), before);
  for (const char* directory : {"home", "tmp", "cache", "state", "config", "data"}) {
    EXPECT_TRUE(fs::is_empty(host.root() / directory)) << directory;
  }
  // Whoever is not root has the place for pid files here.
  for (const fs::directory_entry& entry : fs::directory_iterator(host.root() / "runtime")) {
    EXPECT_TRUE(entry.path().filename() == "fluke" && fs::is_empty(entry)) << entry.path();
  }
}

}  // namespace
