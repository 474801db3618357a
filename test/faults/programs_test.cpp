// Which programs fluke starts: git and mise and no other, by absolute path, with a vector of
// arguments and never through a shell.
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

TEST(Programs, OnlyGitAndMiseAreStartedByAbsolutePathAndWithoutAShell) {
  const Host host;
  const std::string mise = (host.root() / "mise").string();
  host.write("site.hcl", R"(mise "deploy" {
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
  std::set<std::string> programs;
  std::size_t spawned = 0;
  for (const std::string& line : host.log_of({"run", "--mise", mise, "site.hcl"})) {
    if (starts_a_program(line)) {
      EXPECT_TRUE(line.starts_with("posix_spawn /")) << line;
      const std::size_t begin = line.find(' ') + 1;
      programs.insert(
          std::filesystem::path(line.substr(begin, line.find(" [") - begin)).filename());
      ++spawned;
    }
  }
  EXPECT_GE(spawned, 5U);
  EXPECT_EQ(programs, (std::set<std::string>{"git", "mise"}));
  EXPECT_FALSE(host.exists("owned"));
  EXPECT_FALSE(host.exists("app/owned"));
}

}  // namespace
