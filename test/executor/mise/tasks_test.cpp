// Which tasks the real mise lists for a directory.
#include <sys/stat.h>

#include "executor/mise/site.h"

namespace {

class Tasks : public MiseSite {};

TEST_F(Tasks, OfAnEmptyDirectoryAreNone) {
  EXPECT_EQ(listed(), "");
}

TEST_F(Tasks, OfATomlFileCount) {
  write("mise.toml", "[tasks.check]\nrun = 'true'\n[tasks.apply]\nrun = 'true'\n");
  EXPECT_EQ(listed(), "apply, check");
}

TEST_F(Tasks, NameTheFileThatDefinesThem) {
  write(".mise.toml", "[tasks.check]\nrun = 'true'\n");
  const auto tasks = client().tasks(place(), std::nullopt);
  ASSERT_TRUE(tasks);
  ASSERT_NE(tasks->find("check"), nullptr);
  EXPECT_EQ(tasks->find("check")->source, site_ / ".mise.toml");
}

TEST_F(Tasks, ThatAreHiddenCount) {
  write("mise.toml", "[tasks.check]\nhide = true\nrun = 'true'\n");
  EXPECT_EQ(listed(), "check");
}

TEST_F(Tasks, GoByTheirAliasesToo) {
  write("mise.toml", "[tasks.check]\nalias = ['c', 'verify']\nrun = 'true'\n");
  EXPECT_EQ(listed(), "check (c) (verify)");
}

TEST_F(Tasks, ThatOnlyDependOnOthersCount) {
  write("mise.toml", "[tasks.apply]\ndepends = ['build']\n[tasks.build]\nrun = 'true'\n");
  EXPECT_EQ(listed(), "apply, build");
}

TEST_F(Tasks, ThatAreFilesCount) {
  write_script("mise-tasks/a", "true");
  write_script(".mise-tasks/b.sh", "true");
  write_script("mise/tasks/c", "true");
  write_script(".mise/tasks/d/e", "true");
  write_script(".config/mise/tasks/f", "true");
  EXPECT_EQ(listed(), "a, b, c, d:e, f");
}

TEST_F(Tasks, OfOtherConfigurationFilesCount) {
  write("mise.local.toml", "[tasks.a]\nrun = 'true'\n");
  write(".config/mise.toml", "[tasks.b]\nrun = 'true'\n");
  write(".mise/config.toml", "[tasks.c]\nrun = 'true'\n");
  EXPECT_EQ(listed(), "a, b, c");
}

TEST_F(Tasks, ThatAreIncludedCount) {
  write("mise.toml", "[task_config]\nincludes = ['more.toml', 'scripts']\n");
  write("more.toml", "[a]\nrun = 'true'\n");
  write_script("scripts/b", "true");
  EXPECT_EQ(listed(), "a, b");
}

TEST_F(Tasks, OfTheEnvironmentThatTheUserChoseCount) {
  write("mise.prod.toml", "[tasks.check]\nrun = 'true'\n");
  EXPECT_EQ(listed(), "");
  environment_.set("MISE_ENV", "prod");
  EXPECT_EQ(listed(), "check");
}

TEST_F(Tasks, OfTheUserCount) {
  write_at_home(".config/mise/config.toml", "[tasks.check]\nrun = 'true'\n");
  EXPECT_EQ(listed(), "check");
}

TEST_F(Tasks, CannotBeReadFromABrokenFile) {
  write("mise.toml", "[tasks.check\n");
  const auto tasks = client().tasks(place(), std::nullopt);
  ASSERT_FALSE(tasks);
  EXPECT_EQ(tasks.error().cause, mise::Cause::bad_config);
  EXPECT_EQ(tasks.error().message,
            "mise cannot read the configuration here: \"mise tasks ls --json --hidden\" in \"" +
                site_.string() + "\" exited with status 1");
  EXPECT_NE(tasks.error().output.find("unclosed table"), std::string::npos) << tasks.error().output;
}

TEST_F(Tasks, CannotBeReadInADirectoryThatIsMissing) {
  const auto tasks = client().tasks({.directory = "/nowhere/at/all"}, std::nullopt);
  ASSERT_FALSE(tasks);
  EXPECT_EQ(tasks.error().cause, mise::Cause::bad_config);
  EXPECT_EQ(tasks.error().message,
            "mise could not be started: cannot enter /nowhere/at/all: No such file or directory");
}

TEST_F(Tasks, ThroughALinkToTheDirectoryCount) {
  write("mise.toml", "[env]\nTWO = '{{ 1 + 1 }}'\n[tasks.check]\nrun = 'true'\n");
  const std::filesystem::path real = site_;
  site_ = root_.path() / "link";
  std::filesystem::create_directory_symlink(real, site_);
  EXPECT_EQ(listed(), "check");
}

}  // namespace
