// Which programs fluke starts: git, mise, and what a manifest itself names, by absolute path, with
// a vector of arguments and never through a shell that no manifest names.
#include <gtest/gtest.h>

#include <set>

#include "faults/injected.h"

namespace {

using faults::Host;

/// How a program can be started, as the interposer names it.
bool starts_a_program(std::string_view line) {
  const std::string_view call = line.substr(0, line.find(' '));
  return call == "posix_spawn" || call == "posix_spawnp" || call.starts_with("exec") ||
         call == "system" || call == "popen" || call == "fork";
}

/// The names of the programs that a run of `manifest` starts.
std::multiset<std::string> started_for(const Host& host, std::string_view manifest) {
  const std::string mise = (host.root() / "mise").string();
  host.write("site.hcl", manifest);
  std::multiset<std::string> programs;
  for (const std::string& line : host.log_of({"run", "--mise", mise, "site.hcl"})) {
    if (starts_a_program(line)) {
      EXPECT_TRUE(line.starts_with("posix_spawn /")) << line;
      const std::size_t begin = line.find(' ') + 1;
      programs.insert(
          std::filesystem::path(line.substr(begin, line.find(" [") - begin)).filename());
    }
  }
  return programs;
}

TEST(Programs, OnlyGitAndMiseAreStartedByAbsolutePathAndWithoutAShell) {
  const Host host;
  const std::multiset<std::string> started = started_for(host, R"(mise "deploy" {
  working_dir = "app"
  check_task  = "check; touch ../owned #"
  settle      = "0s"
  git {
    url    = "/absent/$(touch owned)`touch owned`"
    branch = "main"
  }
}
mise "plain" {
  working_dir = "app"
  settle      = "0s"
}
)");
  EXPECT_GE(started.size(), 5U);
  EXPECT_EQ(std::set(started.begin(), started.end()), (std::set<std::string>{"git", "mise"}));
  EXPECT_FALSE(host.exists("owned"));
  EXPECT_FALSE(host.exists("app/owned"));
}

TEST(Programs, OfAShellBlockAreTheShellThatItNames) {
  const Host host;
  const std::multiset<std::string> started = started_for(host, R"(shell "named" {
  check       = "test -f done"
  command     = "touch done"
  working_dir = "app"
  shell       = "/bin/sh"
}
)");
  EXPECT_EQ(started, (std::multiset<std::string>{"sh", "sh", "sh"}));
  EXPECT_TRUE(host.exists("app/done"));
}

}  // namespace
