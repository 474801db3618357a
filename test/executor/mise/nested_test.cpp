// fluke under an outer mise: what that one sets must not reach into the resource.
#include "executor/mise/site.h"

namespace {

/// The site's tasks are run with the environment that an outer mise gives to a task of its own.
class Nested : public MiseSite {
 protected:
  void enter_outer_task(std::string_view outer_environment) {
    root_.write("outer/mise.toml", "[env]\n" + std::string(outer_environment) +
                                       "[tasks.call]\nrun = 'env -0 > seen'\n"
                                       "[tasks.check]\nrun = 'echo check of the outer'\n");
    const process::Result result =
        client().run({.directory = root_.path() / "outer"}, "call", std::nullopt, {});
    ASSERT_TRUE(process::succeeded(result.ending)) << result.output;
    environment_ = {};
    std::string entries = support::read_file(root_.path() / "outer/seen");
    for (std::string_view rest = entries; !rest.empty();) {
      const std::string_view entry = rest.substr(0, rest.find('\0'));
      const std::size_t equals = entry.find('=');
      environment_.set(entry.substr(0, equals), entry.substr(equals + 1));
      rest.remove_prefix(entry.size() + 1);
    }
    ASSERT_TRUE(environment_.get("MISE_TASK_NAME"));
    ASSERT_TRUE(environment_.get("__MISE_DIFF"));
  }
};

TEST_F(Nested, ResourceSeesItsOwnTasks) {
  enter_outer_task("");
  write("mise.toml", "[tasks.check]\nrun = 'echo check of the resource'\n");
  EXPECT_EQ(listed(), "check");
  EXPECT_EQ(printed_by("check"), "check of the resource\n");
}

TEST_F(Nested, ResourceSeesItsOwnEnvironment) {
  enter_outer_task("STAGE = 'outer'\n");
  write("mise.toml", "[env]\nSTAGE = 'resource'\n[tasks.check]\nrun = 'echo $STAGE'\n");
  EXPECT_EQ(printed_by("check"), "resource\n");
}

TEST_F(Nested, ToolsOfTheOuterDirectoryAreLeftBehind) {
  enter_outer_task("_.path = ['./outer-tools']\n");
  ASSERT_NE(environment_.get("PATH")->find("outer-tools"), std::string_view::npos);
  write("mise.toml", "[tasks.check]\nrun = 'echo $PATH'\n");
  EXPECT_EQ(printed_by("check").find("outer-tools"), std::string::npos);
}

TEST_F(Nested, VariablesOfTheTaskAreItsOwn) {
  enter_outer_task("");
  write("mise.toml",
        "[tasks.check]\nrun = 'echo $MISE_TASK_NAME $MISE_PROJECT_ROOT $MISE_ORIGINAL_CWD'\n");
  EXPECT_EQ(printed_by("check"), "check " + site_.string() + " " + site_.string() + "\n");
}

TEST_F(Nested, VariableOfTheManifestWinsAlsoIfTheOuterMiseSetTheSameValue) {
  environment_.set("STAGE", "original");
  enter_outer_task("STAGE = 'production'\n");
  ASSERT_EQ(environment_.get("STAGE"), "production");
  write("mise.toml", "[tasks.check]\nrun = 'echo $STAGE'\n");
  EXPECT_EQ(printed_by("check"), "original\n") << "mise takes back what the outer one set";
  EXPECT_EQ(printed_by("check", {{"STAGE", "production"}}), "production\n");
}

}  // namespace
