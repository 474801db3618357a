#include "file/safe_path.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/temporary_directory.h"

namespace {

class SafePath : public testing::Test {
 protected:
  SafePath() { mode("site", 0755); }

  void mode(const char* path, unsigned bits) const {
    ASSERT_EQ(::chmod((directory_.path() / path).c_str(), bits), 0);
  }

  /// What is said of `path`, without the directory of the test.
  [[nodiscard]] std::string said(const char* path,
                                 file::Groups groups = file::Groups::not_trusted) const {
    std::string said = file::why_unsafe(directory_.path() / path, groups).value_or("");
    const std::string root = directory_.path().string() + "/";
    for (std::size_t at = said.find(root); at != std::string::npos; at = said.find(root)) {
      said.erase(at, root.size());
    }
    return said;
  }

  support::TemporaryDirectory directory_;
  std::filesystem::path file_ = directory_.write("site/file", "");
};

TEST_F(SafePath, IsOnesOwn) {
  mode("site/file", 0644);
  EXPECT_EQ(said("site/file"), "");
  EXPECT_EQ(said("site/absent"), "");
}

TEST_F(SafePath, IsNoneThatEverybodyMayWriteTo) {
  mode("site/file", 0646);
  EXPECT_EQ(said("site/file"), "\"site/file\" can be written by everybody");
  mode("site/file", 0644);
  mode("site", 0777);
  EXPECT_EQ(said("site/file"), "\"site/file\" is in \"site\", which can be written by everybody");
  mode("site", 01777);
  EXPECT_EQ(said("site/file"), "");
}

TEST_F(SafePath, IsNoneThatLeadsToAnUnsafeOne) {
  mode("site/file", 0646);
  std::filesystem::create_symlink("site/file", directory_.path() / "link");
  EXPECT_EQ(said("link"), "\"site/file\" can be written by everybody");
  mode("site/file", 0644);
  directory_.write("shared/file", "");
  std::filesystem::create_symlink("../site/file", directory_.path() / "shared/link");
  std::filesystem::create_symlink("shared/link", directory_.path() / "chain");
  EXPECT_EQ(said("chain"), "");
  mode("shared", 0777);
  EXPECT_EQ(said("chain"), "\"shared/link\" is in \"shared\", which can be written by everybody");
  std::filesystem::create_symlink("circle", directory_.path() / "circle");
  EXPECT_EQ(said("circle"), "");
}

TEST_F(SafePath, IsNoneOfAnotherOwnerOrGroup) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "needs root, to give a file away";
  }
  mode("site/file", 0664);
  ASSERT_EQ(::chown(file_.c_str(), 0, 65534), 0);
  EXPECT_EQ(said("site/file"), "\"site/file\" can be written by gid 65534");
  EXPECT_EQ(said("site/file", file::Groups::trusted), "");
  ASSERT_EQ(::chown(file_.c_str(), 65534, 0), 0);
  EXPECT_EQ(said("site/file", file::Groups::trusted), "\"site/file\" belongs to uid 65534");
}

}  // namespace
