#include "file/contents.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>

#include "support/temporary_directory.h"

namespace {

using file::read_regular;
using support::TemporaryDirectory;

TEST(ReadRegular, GivesUpToTheLimit) {
  const TemporaryDirectory directory;
  const std::filesystem::path path = directory.write("file", "text");
  EXPECT_EQ(read_regular(path, 4), "text");
  EXPECT_EQ(read_regular(path, 3).error(), EFBIG);
}

TEST(ReadRegular, DoesNotBeginWithAFileThatIsTooLarge) {
  const TemporaryDirectory directory;
  const std::filesystem::path path = directory.write("file", "");
  std::filesystem::resize_file(path, std::uintmax_t{1} << 40U);
  EXPECT_EQ(read_regular(path, 1000).error(), EFBIG);
}

TEST(ReadRegular, FindsTheEndOfFilesThatDoNotTellTheirSize) {
  EXPECT_TRUE(read_regular("/proc/self/status", 100'000).value_or("").starts_with("Name:"));
  EXPECT_EQ(read_regular("/proc/self/status", 10).error(), EFBIG);
}

TEST(ReadRegular, DoesNotWaitForWhatIsNoFile) {
  const TemporaryDirectory directory;
  const std::filesystem::path fifo = directory.path() / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_EQ(read_regular(fifo, 10).error(), EINVAL);
  EXPECT_EQ(read_regular(directory.path(), 10).error(), EINVAL);
  EXPECT_EQ(read_regular(directory.path() / "absent", 10).error(), ENOENT);
}

}  // namespace
