#include "process/environment.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "support/temporary_directory.h"

namespace {

using process::Environment;
using process::find_program;

class FindProgram : public testing::Test {
 protected:
  std::string program(const char* path, mode_t mode = 0755) const {
    const std::filesystem::path file = directory_.write(path, "#!/bin/sh\n");
    chmod(file.c_str(), mode);
    return file;
  }
  [[nodiscard]] std::string in(const char* path) const { return directory_.path() / path; }
  [[nodiscard]] static Environment with_path(const std::string& path) {
    Environment environment;
    environment.set("PATH", path);
    return environment;
  }

  support::TemporaryDirectory directory_;
};

TEST(Environment, KeepsTheOrderAndDropsWhatIsNoPair) {
  const std::array<const char*, 6> entries = {"B=1", "nothing", "=x", "A=", "B=2", nullptr};
  EXPECT_EQ(Environment::from(entries.data()).entries(), (std::vector<std::string>{"B=1", "A="}));
}

TEST(Environment, OfNothingIsEmpty) {
  EXPECT_TRUE(Environment::from(nullptr).entries().empty());
}

TEST(Environment, GetsSetsAndUnsets) {
  Environment environment;
  environment.set("A", "1=2");
  environment.set("AB", "3");
  EXPECT_EQ(environment.get("A"), "1=2");
  EXPECT_EQ(environment.get("B"), std::nullopt);
  environment.set("A", "");
  EXPECT_EQ(environment.get("A"), "");
  environment.unset("A");
  environment.unset("never there");
  EXPECT_EQ(environment.entries(), std::vector<std::string>{"AB=3"});
}

TEST_F(FindProgram, TakesTheFirstOnPath) {
  program("b/mise");
  const std::string first = program("a/mise");
  EXPECT_EQ(find_program("mise", with_path(in("none") + ":" + in("a") + ":" + in("b"))), first);
}

TEST_F(FindProgram, PassesOverWhatCannotBeExecuted) {
  program("a/mise", 0644);
  std::filesystem::create_directories(in("b/mise"));
  const std::string found = program("c/mise");
  EXPECT_EQ(find_program("mise", with_path(in("a") + ":" + in("b") + ":" + in("c"))), found);
}

TEST_F(FindProgram, LooksInMoreDirectoriesAfterPath) {
  const std::string elsewhere = program("more/mise");
  const std::vector<std::string> more = {in("none"), in("more")};
  EXPECT_EQ(find_program("mise", with_path(in("a")), more), elsewhere);
  const std::string on_path = program("a/mise");
  EXPECT_EQ(find_program("mise", with_path(in("a")), more), on_path);
}

TEST_F(FindProgram, TakesANameWithASlashAsItIs) {
  const std::string found = program("a/mise");
  EXPECT_EQ(find_program(found, with_path("")), found);
  EXPECT_EQ(find_program(in("b/mise"), with_path(in("a"))), std::nullopt);
}

TEST_F(FindProgram, GivesAnAbsolutePathForARelativeElementOfPath) {
  const std::string found = program("a/mise");
  const std::string relative = std::filesystem::relative(in("a"));
  const std::optional<std::string> answer = find_program("mise", with_path(relative));
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->starts_with('/'));
  EXPECT_TRUE(std::filesystem::equivalent(*answer, found));
}

TEST_F(FindProgram, PassesOverRelativeAndEmptyElementsOfPathIfItIsForRoot) {
  if (geteuid() != 0) {
    GTEST_SKIP() << "needs root";
  }
  program("a/mise");
  const std::string found = program("b/mise");
  const std::string relative = std::filesystem::relative(in("a"));
  process::PassedOver passed_over;
  EXPECT_EQ(find_program("mise", with_path(relative + ":" + in("b")), {}, &passed_over), found);
  ASSERT_EQ(passed_over.size(), 1U);
  EXPECT_TRUE(passed_over[0].ends_with(" is found by \"" + relative +
                                       "\" in PATH, which is not an absolute path, and is passed "
                                       "over"))
      << passed_over[0];
}

TEST_F(FindProgram, LooksWhereExecDoesWithoutPath) {
  EXPECT_EQ(find_program("sh", Environment()), "/bin/sh");
}

TEST_F(FindProgram, FindsNothingForNothing) {
  EXPECT_EQ(find_program("", with_path(directory_.path())), std::nullopt);
}

}  // namespace
