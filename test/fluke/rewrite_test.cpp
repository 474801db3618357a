#include "fluke/rewrite.h"

#include <gtest/gtest.h>

#include "support/temporary_directory.h"

namespace {

TEST(Rewrite, RefusesWhatIsNoRegularFile) {
  EXPECT_EQ(fluke::rewrite("/dev/null", "text").error(),
            "cannot rewrite \"/dev/null\": it is not a regular file; use - to format standard "
            "input");
}

TEST(Rewrite, RefusesAFileThatIsGone) {
  EXPECT_EQ(fluke::rewrite("/absent/a.hcl", "text").error(),
            "cannot rewrite \"/absent/a.hcl\": open: No such file or directory");
}

TEST(Rewrite, ReplacesTheWholeText) {
  const support::TemporaryDirectory directory;
  const std::filesystem::path file = directory.write("a.hcl", "a long text\n");
  ASSERT_TRUE(fluke::rewrite(file, "text\n"));
  EXPECT_EQ(support::read_file(file), "text\n");
}

}  // namespace
