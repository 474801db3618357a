// Whose configuration mise gets to execute under fluke: attacks by way of files that other users
// can change.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "e2e/host.h"

namespace {

using e2e::Host;

constexpr uid_t other_user = 65534;

/// A host on which mise, when it reads the configuration in `site`, leaves the file `pwned`.
class Trust : public testing::Test {
 protected:
  Trust() {
    host.environment["ROOT"] = host.root().string();
    host.write("site/mise.toml", "[env]\nX = '{{ exec(command=\"touch $ROOT/pwned\") }}'\n" +
                                     std::string(e2e::converging_tasks));
    host.write("site/app/readme", "");
    host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"site/app\"\n}\n");
  }

  void give_away(const char* path) const {
    ASSERT_EQ(::chown((host.root() / path).c_str(), other_user, other_user), 0);
  }

  [[nodiscard]] bool was_executed() const {
    const bool was = host.exists("pwned");
    std::filesystem::remove(host.root() / "pwned");
    return was;
  }

  Host host;
};

class Attack : public Trust {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "needs root, to give a file to another user";
    }
  }
};

TEST_F(Trust, IsNotGivenByInitToWhatNobodyHasTrusted) {
  const support::Ran ran = host.fluke({"init", "site"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.err.find("not trusted"), std::string::npos) << ran.err;
  EXPECT_NE(ran.out.find("check: not known, as mise did not say which tasks there are\n"),
            std::string::npos)
      << ran.out;
  EXPECT_FALSE(was_executed());
  EXPECT_EQ(host.fluke({"init", "--tasks", "site"}).status, 0);
  EXPECT_FALSE(host.exists("site/.mise.toml"));
  host.run({"mise", "trust", "--quiet", "site/mise.toml"});
  std::filesystem::remove(host.root() / "site/site.fluke.hcl");
  EXPECT_EQ(host.fluke({"init", "site"}).err, "");
  EXPECT_TRUE(was_executed());
}

TEST_F(Trust, IsNotGivenByDoctorAndValidateToWhatEverybodyMayChange) {
  for (const char* file : {"site/mise.toml", "site"}) {
    std::filesystem::permissions(host.root() / file, std::filesystem::perms(0777));
    const support::Ran validated = host.fluke({"validate", "--tasks", "site.hcl"});
    EXPECT_EQ(validated.status, 78);
    EXPECT_NE(host.normalised(validated.err).find("\"<root>/site/mise.toml\" "), std::string::npos)
        << validated.err;
    const support::Ran examined = host.fluke({"doctor", "site.hcl"});
    EXPECT_EQ(examined.status, 78);
    EXPECT_NE(examined.out.find("can be written by everybody"), std::string::npos) << examined.out;
    EXPECT_FALSE(was_executed()) << file;
    std::filesystem::permissions(host.root() / file, std::filesystem::perms(0755));
  }
  EXPECT_EQ(host.fluke({"validate", "--tasks", "site.hcl"}).status, 0);
  EXPECT_EQ(host.fluke({"doctor", "site.hcl"}).status, 0);
}

TEST_F(Attack, ByTheOwnerOfConfigurationAboveReachesNeitherDoctorNorValidateNorInit) {
  give_away("site/mise.toml");
  EXPECT_EQ(host.fluke({"validate", "--tasks", "site.hcl"}).status, 78);
  EXPECT_EQ(host.fluke({"doctor", "site.hcl"}).status, 78);
  EXPECT_EQ(host.fluke({"init", "site/app"}).status, 0);
  EXPECT_FALSE(was_executed());
}

TEST_F(Attack, ByTheOwnerOfConfigurationIsNamedAndRefusedUnlessTheManifestTrustsIt) {
  give_away("site/mise.toml");
  for (const std::string command : {"run", "check"}) {
    const support::Ran ran = host.fluke({command, "site.hcl"});
    EXPECT_EQ(ran.status, 78);
    EXPECT_NE(host.normalised(ran.out).find(
                  "mise reads configuration in \"<root>/site/app\" that others can change: "
                  "\"<root>/site/mise.toml\" belongs to uid 65534; run fluke as its owner, or "
                  "write trust_config = true in the manifest"),
              std::string::npos)
        << ran.out;
    EXPECT_FALSE(was_executed());
  }
  host.write("site.hcl",
             "mise \"deploy\" {\n  working_dir  = \"site/app\"\n  trust_config = true\n}\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_TRUE(was_executed());
}

TEST_F(Attack, ByTheOwnerOfADirectoryOfATaskOrOfTheHomeIsRefusedToo) {
  const std::string task = "#!/bin/sh\ntouch \"$ROOT/pwned\"; exit 1\n";
  std::filesystem::permissions(host.write("site/app/mise-tasks/check", task),
                               std::filesystem::perms(0755));
  host.write("home/.config/mise/config.toml", "");
  host.write("site/.config/mise/conf.d/site.toml", "");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 1);
  EXPECT_TRUE(was_executed());
  for (const char* path : {"site/app/mise-tasks/check", "site/app/mise-tasks", "site",
                           "home/.config/mise/config.toml", "site/.config/mise/conf.d/site.toml"}) {
    give_away(path);
    EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 78) << path;
    EXPECT_FALSE(was_executed()) << path;
    ASSERT_EQ(::chown((host.root() / path).c_str(), 0, 0), 0);
  }
}

TEST_F(Attack, ByAFileThatTheEnvironmentMakesConfigurationIsRefusedToo) {
  host.write("site/app/other.toml", e2e::converging_tasks);
  host.write("site.hcl", R"(mise "deploy" {
  working_dir = "site/app"
  env         = { MISE_OVERRIDE_CONFIG_FILENAMES = "other.toml" }
}
)");
  give_away("site/app/other.toml");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 78);
  host.environment["MISE_TRUSTED_CONFIG_PATHS"] = (host.root() / "site/app").string();
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
}

TEST_F(Attack, ByAProgramInAHomeOrACurrentDirectoryOfOthersIsPassedOverAndNamed) {
  host.write("site/mise.toml", e2e::converging_tasks);
  const auto install = [&](const char* path) {
    std::filesystem::permissions(host.write(path, "#!/bin/sh\ntouch \"$ROOT/pwned\"\n"),
                                 std::filesystem::perms(0755));
  };
  install("git");
  install("home/bin/mise");
  give_away("home/bin");
  host.environment["PATH"] =
      ":" + (host.root() / "home/bin").string() + ":" + host.environment["PATH"];
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(host.normalised(ran.err).find(
                "fluke: \"<root>/home/bin/mise\" is in \"<root>/home/bin\", which belongs to uid "
                "65534, and is passed over\n"),
            std::string::npos)
      << ran.err;
  const support::Ran examined = host.fluke({"doctor"});
  EXPECT_EQ(examined.status, 78);
  EXPECT_NE(examined.out.find("fail  host  program    "), std::string::npos) << examined.out;
  EXPECT_NE(examined.out.find(" in PATH, which is not an absolute path, and is passed over; "),
            std::string::npos)
      << examined.out;
  EXPECT_FALSE(was_executed());
  static_cast<void>(
      host.fluke({"run", "--mise", (host.root() / "home/bin/mise").string(), "site.hcl"}));
  EXPECT_TRUE(was_executed());
}

TEST_F(Attack, ByTheOwnerOfTheHomeIsAFindingOfDoctors) {
  give_away("home");
  const support::Ran ran = host.fluke({"doctor"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_NE(host.normalised(ran.out).find("fail  host  home       HOME: \"<root>/home\" belongs to "
                                          "uid 65534, and git and mise run what the settings there "
                                          "say; set HOME to a directory of your own\n"),
            std::string::npos)
      << ran.out;
}

TEST_F(Trust, IsNotNeededBeforehandByAnOrdinaryUserWhoRunsWhatRunsByHand) {
  host.write("site/mise.toml", e2e::converging_tasks);
  std::filesystem::permissions(host.root() / "site/mise.toml", std::filesystem::perms(0666));
  const auto program = host.as_ordinary_user(host.fluke_program({"run", "site.hcl"}));
  if (!program) {
    GTEST_SKIP() << "needs an ordinary user";
  }
  EXPECT_EQ(support::run(*program).status, 0);
}

}  // namespace
