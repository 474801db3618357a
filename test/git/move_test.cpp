#include "git/move.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>

#include "support/temporary_directory.h"

namespace {

namespace fs = std::filesystem;

/// Both ways of moving keep the same promises.
class Move : public testing::TestWithParam<int (*)(const fs::path&, const fs::path&)> {
 protected:
  int move(const char* from, const char* to) { return GetParam()(at(from), at(to)); }
  fs::path at(const char* name) { return directory.path() / name; }
  void write(const char* name, const char* text) { std::ofstream(at(name)) << text; }

  support::TemporaryDirectory directory;
};

TEST_P(Move, MovesFilesLinksAndDirectories) {
  write("file", "text");
  fs::create_symlink("nowhere", at("link"));
  fs::create_directories(at("directory/inner"));
  EXPECT_EQ(move("file", "file2"), 0);
  EXPECT_EQ(move("link", "link2"), 0);
  EXPECT_EQ(move("directory", "directory2"), 0);
  EXPECT_EQ(support::read_file(at("file2")), "text");
  EXPECT_EQ(fs::read_symlink(at("link2")), "nowhere");
  EXPECT_TRUE(fs::is_directory(at("directory2/inner")));
  EXPECT_FALSE(fs::exists(at("file")) || fs::is_symlink(at("link")) || fs::exists(at("directory")));
}

TEST_P(Move, ReplacesNothing) {
  write("file", "mine");
  write("other", "theirs");
  fs::create_symlink("nowhere", at("dangling"));
  fs::create_directory(at("directory"));
  EXPECT_EQ(move("other", "file"), EEXIST);
  EXPECT_EQ(move("other", "dangling"), EEXIST);
  EXPECT_EQ(move("directory", "file"), EEXIST);
  EXPECT_EQ(move("other", "directory"), EEXIST);
  EXPECT_EQ(support::read_file(at("file")), "mine");
  EXPECT_EQ(support::read_file(at("other")), "theirs");
}

INSTANTIATE_TEST_SUITE_P(Ways, Move,
                         testing::Values(&git::move_without_replacing, &git::move_by_link));

TEST(MoveByLink, GoesOnWhereAKillLeftBothNames) {
  const support::TemporaryDirectory directory;
  std::ofstream(directory.path() / "from") << "text";
  fs::create_hard_link(directory.path() / "from", directory.path() / "to");
  EXPECT_EQ(git::move_by_link(directory.path() / "from", directory.path() / "to"), 0);
  EXPECT_FALSE(fs::exists(directory.path() / "from"));
  EXPECT_EQ(support::read_file(directory.path() / "to"), "text");
}

}  // namespace
