#include "fluke/report_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <iterator>
#include <thread>

#include "support/temporary_directory.h"

namespace {

using support::TemporaryDirectory;

std::size_t count_entries(const std::filesystem::path& directory) {
  const std::filesystem::directory_iterator entries(directory);
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

TEST(ReportFile, HoldsTheTextAndLeavesNothingBesideIt) {
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "report.json";
  ASSERT_TRUE(fluke::write_report(file, "one\n"));
  ASSERT_TRUE(fluke::write_report(file, "two\n"));
  EXPECT_EQ(support::read_file(file), "two\n");
  EXPECT_EQ(count_entries(directory.path()), 1U);
}

TEST(ReportFile, HasTheModeThatTheUmaskLeaves) {
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "report.json";
  const mode_t before = ::umask(027);
  const auto written = fluke::write_report(file, "text");
  ::umask(before);
  ASSERT_TRUE(written);
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0640));
}

TEST(ReportFile, OverAnotherKeepsItsModeAndOwner) {
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.write("report.json", "old");
  std::filesystem::permissions(file, std::filesystem::perms(0640));
  // An ordinary user may give a file to no group but their own.
  const gid_t group = ::geteuid() == 0 ? 65534 : ::getegid();
  ASSERT_EQ(::chown(file.c_str(), static_cast<uid_t>(-1), group), 0);
  ASSERT_TRUE(fluke::write_report(file, "new"));
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0640U);
  EXPECT_EQ(status.st_gid, group);
  EXPECT_EQ(support::read_file(file), "new");
}

TEST(ReportFile, DoesNotMindWhatAKilledRunLeftBehind) {
  const TemporaryDirectory directory;
  directory.write(".report.json." + std::to_string(::getpid()) + ".tmp", "half");
  EXPECT_TRUE(fluke::write_report(directory.path() / "report.json", "text"));
}

TEST(ReportFile, MayHaveTheLongestNameThatThereIs) {
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / std::string(255, 'r');
  EXPECT_TRUE(fluke::write_report(file, "text"));
  EXPECT_EQ(support::read_file(file), "text");
}

TEST(ReportFile, IsMadeWhereALinkLeads) {
  const TemporaryDirectory directory;
  const std::filesystem::path link = directory.path() / "link.json";
  std::filesystem::create_symlink("absent", link);
  ASSERT_TRUE(fluke::write_report(link, "text"));
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(support::read_file(directory.path() / "absent"), "text");
}

TEST(ReportFile, InALoopOfLinksIsAnError) {
  const TemporaryDirectory directory;
  const std::filesystem::path link = directory.path() / "link.json";
  std::filesystem::create_symlink("link.json", link);
  EXPECT_EQ(
      fluke::write_report(link, "text").error().message,
      "cannot write the report \"" + link.string() + "\": open: Too many levels of symbolic links");
}

TEST(ReportFile, FollowsASymbolicLink) {
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.write("real/report.json", "old");
  const std::filesystem::path link = directory.path() / "link.json";
  std::filesystem::create_symlink(file, link);
  ASSERT_TRUE(fluke::write_report(link, "new"));
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(support::read_file(file), "new");
}

TEST(ReportFile, IsAppendedWhereALinkOfProcLeads) {
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.write("file", "so far\n");
  const int opened = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  const bool written(fluke::write_report("/proc/self/fd/" + std::to_string(opened), "text\n"));
  ::close(opened);
  EXPECT_TRUE(written);
  EXPECT_EQ(support::read_file(file), "so far\ntext\n");
}

TEST(ReportFile, DoesNotReplaceWhatIsNoRegularFile) {
  ASSERT_TRUE(fluke::write_report("/dev/null", "text"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST(ReportFile, ThatCannotBeMadeIsAnErrorThatNamesIt) {
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "absent" / "report.json";
  const auto written = fluke::write_report(file, "text");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message,
            "cannot write the report \"" + file.string() + "\": open: No such file or directory");
}

TEST(ReportFile, DoesNotWaitForLongForAFifoThatNobodyReads) {
  const TemporaryDirectory directory;
  const std::filesystem::path fifo = directory.path() / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_EQ(fluke::write_report(fifo, "text").error().message,
            "cannot write the report \"" + fifo.string() +
                "\": open: No such device or address; a FIFO needs somebody who reads it");
}

TEST(ReportFile, WaitsForAReaderThatIsSlow) {
  const TemporaryDirectory directory;
  const std::filesystem::path fifo = directory.path() / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  const std::string text(1'000'000, 'x');
  std::string seen;
  const int reading = ::open(fifo.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_EQ(::fcntl(reading, F_SETFL, 0), 0);
  std::thread reader([&] {
    std::array<char, 4096> buffer{};
    while (seen.size() < text.size()) {
      std::this_thread::sleep_for(std::chrono::microseconds(100));
      const ssize_t count = ::read(reading, buffer.data(), buffer.size());
      seen.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
  });
  EXPECT_TRUE(fluke::write_report(fifo, text));
  reader.join();
  ::close(reading);
  EXPECT_EQ(seen, text);
}

TEST(ReportFile, SaysThatTheDiskIsFull) {
  // /dev/full answers every write with ENOSPC; it is written to directly.
  const auto written = fluke::write_report("/dev/full", "text");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message,
            "cannot write the report \"/dev/full\": write: No space left on device");
}

}  // namespace
