// Holds what the task list and mise's own look-up say of a name to what `mise run NAME` does.
#include "executor/mise/site.h"

namespace {

struct Case {
  const char* label;
  const char* name;
  /// What the task prints, or null if `mise run` knows no such task.
  const char* prints;
};

class Names : public MiseSite, public testing::WithParamInterface<Case> {
 protected:
  Names() {
    write("mise.toml", R"(
[tasks.mise]
run = "echo mise"
[tasks.check]
alias = "c"
run = "echo check"
[tasks."deploy.prod"]
run = "echo deploy.prod"
[tasks."two words"]
run = "echo two words"
[tasks."a/b"]
run = "echo a/b"
[tasks.first]
alias = "second"
run = "echo first"
[tasks.second]
run = "echo second"
[tasks.x1]
alias = "x"
run = "echo x1"
[tasks.x2]
alias = "x"
run = "echo x2"
)");
    write_script("script.sh", "echo script");
    write_script("mise-tasks/plain", "echo plain");
    write_script("mise-tasks/file.sh", "echo file.sh");
    write_script("mise-tasks/pack.tar.gz", "echo pack.tar.gz");
    write_script("mise-tasks/db/migrate.sh", "echo db/migrate.sh");
    write_script("mise-tasks/web/_default", "echo web");
  }

  [[nodiscard]] bool is_known(std::string_view name) {
    const auto tasks = client().tasks(place(), std::nullopt);
    if (!tasks) {
      ADD_FAILURE() << tasks.error().message << "\n" << tasks.error().output;
      return false;
    }
    if (tasks->find(name) != nullptr) {
      return true;
    }
    return client().would_run(place(), name, std::nullopt).has_value();
  }
};

TEST_P(Names, AreKnownIfMiseRunsThem) {
  const Case& row = GetParam();
  EXPECT_EQ(printed_by(row.name).substr(0, 5) != "mise ", row.prints != nullptr);
  if (row.prints != nullptr) {
    EXPECT_EQ(printed_by(row.name), std::string(row.prints) + "\n");
  }
  EXPECT_EQ(is_known(row.name), row.prints != nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Names,
    testing::Values(
        Case{"OfATask", "check", "check"}, Case{"Alias", "c", "check"},
        Case{"OtherCase", "Check", nullptr}, Case{"Missing", "chek", nullptr},
        Case{"ExtensionThatItLacks", "check.sh", nullptr},
        Case{"WithASpace", "two words", "two words"},
        Case{"WithADot", "deploy.prod", "deploy.prod"},
        Case{"WithADotLessExtension", "deploy", "deploy.prod"}, Case{"WithASlash", "a/b", "a/b"},
        Case{"ColonForSlash", "a:b", "a/b"}, Case{"TaskBeforeAlias", "second", "second"},
        Case{"AliasOfTwo", "x", "x2"}, Case{"OfAFile", "plain", "plain"},
        Case{"OfAFileLessExtension", "file", "file.sh"},
        Case{"OfAFileWithExtension", "file.sh", "file.sh"},
        Case{"OfAFileWithAnotherExtension", "file.py", nullptr},
        Case{"OneExtensionOfTwo", "pack.tar", "pack.tar.gz"},
        Case{"BothExtensions", "pack.tar.gz", "pack.tar.gz"},
        Case{"NoExtensionOfTwo", "pack", nullptr},
        Case{"InANamespace", "db:migrate", "db/migrate.sh"},
        Case{"InANamespaceWithExtension", "db:migrate.sh", "db/migrate.sh"},
        Case{"SlashForColon", "db/migrate", nullptr}, Case{"DefaultOfANamespace", "web", "web"},
        Case{"DefaultByItsFile", "web:_default", nullptr}, Case{"Path", "./script.sh", "script"},
        Case{"FileOfTheConfiguration", "mise.toml", nullptr}),
    [](const auto& test_case) { return test_case.param.label; });

using NamesOfTwo = MiseSite;

TEST_F(NamesOfTwo, AreLeftToMiseWhichRunsBoth) {
  write_script("mise-tasks/x.sh", "echo one");
  write_script("mise-tasks/x.py", "echo two");
  EXPECT_EQ(listed(), "x, x");
  const auto tasks = client().tasks(place(), std::nullopt);
  ASSERT_TRUE(tasks);
  EXPECT_EQ(tasks->find("x"), nullptr);
  EXPECT_TRUE(client().would_run(place(), "x", std::nullopt));
}

}  // namespace
