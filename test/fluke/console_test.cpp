#include "fluke/console.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdlib>

#include "file/descriptor.h"
#include "support/temporary_directory.h"
#include "text/lines.h"
#include "text/utf8.h"

namespace {

using fluke::with_priority;
using report::Priority;

constexpr Priority info = Priority::info;
constexpr std::size_t capacity = std::size_t{64} * 1024;

class HeldOutput : public testing::Test {
 protected:
  [[nodiscard]] std::string written() const { return support::read_file(file_); }

  support::TemporaryDirectory directory_;
  std::filesystem::path file_ = directory_.write("err", "");
  file::Descriptor descriptor_{open(file_.c_str(), O_WRONLY | O_CLOEXEC)};
  fluke::Output output_{descriptor_.get()};
};

TEST_F(HeldOutput, IsWrittenWhenItIsFlushed) {
  output_.hold("one\n", info);
  EXPECT_EQ(written(), "");
  output_.flush();
  EXPECT_EQ(written(), "one\n");
}

TEST_F(HeldOutput, IsWrittenWhenThereIsEnoughOfIt) {
  output_.hold("one\n", info);
  output_.hold(std::string(capacity, 'a'), info);
  EXPECT_EQ(written(), "one\n" + std::string(capacity, 'a'));
}

TEST_F(HeldOutput, KeepsTheOrderOfSmallAndLargeTexts) {
  std::string added;
  for (const std::size_t size :
       {std::size_t{1}, 3 * capacity, capacity - 1, capacity, std::size_t{2}}) {
    const std::string text(size, static_cast<char>('a' + size % 26));
    output_.hold(text, info);
    added += text;
  }
  output_.flush();
  EXPECT_TRUE(written() == added);
}

TEST_F(HeldOutput, DoesNotWaitForLong) {
  const auto start = std::chrono::steady_clock::now();
  std::string added;
  while (written().empty()) {
    output_.hold("a\n", info);
    added += "a\n";
    ASSERT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
  }
  EXPECT_EQ(written(), added);
}

TEST_F(HeldOutput, StandsBeforeWhatIsWrittenNext) {
  output_.hold("one\n", info);
  output_.write("two\n");
  EXPECT_EQ(written(), "one\ntwo\n");
}

TEST_F(HeldOutput, IsWrittenAtItsEnd) {
  output_.hold("one\n", info);
  output_.writer().finish();
  EXPECT_EQ(written(), "one\n");
}

TEST(Journal, HasAPriorityBeforeEachLine) {
  EXPECT_EQ(with_priority("one\n\ntwo\n", Priority::error), "<3>one\n<3>\n<3>two\n");
  EXPECT_EQ(with_priority("one\n", Priority::warning), "<4>one\n");
  EXPECT_EQ(with_priority("<0>one\n", Priority::info), "<6><0>one\n");
  EXPECT_EQ(with_priority("", Priority::info), "");
}

TEST(Journal, HasAPriorityAlsoWhereItCutsALine) {
  const std::string line = std::string(49151, 'a') + "<0>forged" + std::string(70000, 'b') + "\n";
  std::size_t size = 0;
  text::for_each_line(with_priority(line, Priority::info), [&](std::string_view part) {
    EXPECT_TRUE(part.starts_with("<6>")) << part.substr(0, 10);
    EXPECT_LT(part.size(), 48U * 1024);
    size += part.size() - 3;
  });
  EXPECT_EQ(size, line.size() - 1);
  std::string umlauts = "a";
  for (int i = 0; i < 30000; ++i) {
    umlauts += "ö";
  }
  EXPECT_EQ(text::find_invalid_utf8(with_priority(umlauts, Priority::info)), std::nullopt);
}

TEST(Journal, IsWhatTheEnvironmentNames) {
  const support::TemporaryDirectory directory;
  const auto file = directory.write("stream", "");
  const file::Descriptor stream(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  struct stat status {};
  ASSERT_EQ(::fstat(stream.get(), &status), 0);
  unsetenv("JOURNAL_STREAM");
  EXPECT_FALSE(fluke::is_journal(stream.get()));
  const std::string name = std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
  setenv("JOURNAL_STREAM", name.c_str(), 1);
  EXPECT_TRUE(fluke::is_journal(stream.get()));
  setenv("JOURNAL_STREAM", (name + "1").c_str(), 1);
  EXPECT_FALSE(fluke::is_journal(stream.get()));
  EXPECT_FALSE(fluke::is_journal(-1));
  unsetenv("JOURNAL_STREAM");
}

}  // namespace
