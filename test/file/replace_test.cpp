#include "file/replace.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <iterator>

#include "support/temporary_directory.h"

namespace {

namespace fs = std::filesystem;
using support::TemporaryDirectory;

class Replace : public testing::Test {
 protected:
  Replace() { EXPECT_EQ(::stat(path_.c_str(), &former_.status), 0); }

  [[nodiscard]] tl::expected<void, file::Error> replace() const {
    const auto place = file::resolve(path_, file::Links::any);
    return file::replace(*place, "new", former_);
  }

  [[nodiscard]] auto count_entries() const {
    return std::distance(fs::directory_iterator(directory_.path()), fs::directory_iterator());
  }

  TemporaryDirectory directory_;
  fs::path path_ = directory_.write("file", "old");
  file::Former former_{.is_needed = true};
};

TEST_F(Replace, PutsTheNewTextInPlaceAndLeavesNothingBesideIt) {
  EXPECT_TRUE(replace());
  EXPECT_EQ(support::read_file(path_), "new");
  EXPECT_EQ(count_entries(), 1);
}

TEST_F(Replace, KeepsWhatSomebodySavedMeanwhile) {
  directory_.write("file", "their");
  const auto replaced = replace();
  ASSERT_FALSE(replaced);
  EXPECT_EQ(replaced.error().code, ESTALE);
  EXPECT_EQ(support::read_file(path_), "their");
  EXPECT_EQ(count_entries(), 1);
}

TEST_F(Replace, KeepsAnotherFileOfTheSameSizeAndTime) {
  const fs::path other = directory_.write("other", "the");
  fs::last_write_time(other, fs::last_write_time(path_));
  fs::rename(other, path_);
  EXPECT_EQ(replace().error().code, ESTALE);
  EXPECT_EQ(support::read_file(path_), "the");
}

TEST_F(Replace, KeepsALinkThatCameInItsPlace) {
  const TemporaryDirectory elsewhere;
  const fs::path target = elsewhere.write("target", "their");
  const auto place = file::resolve(path_, file::Links::any);
  fs::remove(path_);
  fs::create_symlink(target, path_);
  EXPECT_EQ(file::replace(*place, "new", former_).error().code, ESTALE);
  EXPECT_TRUE(fs::is_symlink(path_));
  EXPECT_EQ(support::read_file(target), "their");
}

TEST_F(Replace, DoesNotBringBackAFileThatWasRemoved) {
  const auto place = file::resolve(path_, file::Links::any);
  fs::remove(path_);
  EXPECT_EQ(file::replace(*place, "new", former_).error().code, ESTALE);
  EXPECT_EQ(count_entries(), 0);
}

}  // namespace
