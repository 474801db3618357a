#include "fluke/live_output.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "file/descriptor.h"
#include "support/temporary_directory.h"

namespace {

constexpr std::size_t capacity = std::size_t{128} * 1024;

class LiveOutput : public testing::Test {
 protected:
  [[nodiscard]] std::string written() const { return support::read_file(file_); }

  support::TemporaryDirectory directory_;
  std::filesystem::path file_ = directory_.write("err", "");
  file::Descriptor descriptor_{open(file_.c_str(), O_WRONLY | O_CLOEXEC)};
  fluke::Output output_{descriptor_.get()};
};

TEST_F(LiveOutput, IsWrittenWhenItIsFlushed) {
  fluke::LiveOutput live(output_);
  live.add("one\n");
  EXPECT_EQ(written(), "");
  live.flush();
  EXPECT_EQ(written(), "one\n");
}

TEST_F(LiveOutput, IsWrittenInFullBuffersWhileMoreComes) {
  fluke::LiveOutput live(output_);
  live.add(std::string(3 * capacity - 1, 'a'));
  EXPECT_EQ(written().size(), 2 * capacity);
  live.flush();
  EXPECT_EQ(written(), std::string(3 * capacity - 1, 'a'));
}

TEST_F(LiveOutput, KeepsTheOrderOfSmallAndLargeTexts) {
  std::string added;
  {
    fluke::LiveOutput live(output_);
    for (const std::size_t size :
         {std::size_t{1}, 3 * capacity, capacity - 1, capacity, std::size_t{2}}) {
      const std::string text(size, static_cast<char>('a' + size % 26));
      live.add(text);
      added += text;
    }
  }
  EXPECT_TRUE(written() == added);
}

TEST_F(LiveOutput, DoesNotWaitForLong) {
  fluke::LiveOutput live(output_);
  const auto start = std::chrono::steady_clock::now();
  std::string added;
  while (written().empty()) {
    live.add("a\n");
    added += "a\n";
    ASSERT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
  }
  EXPECT_EQ(written(), added);
}

TEST_F(LiveOutput, IsWrittenAtItsEnd) {
  fluke::LiveOutput(output_).add("one\n");
  EXPECT_EQ(written(), "one\n");
}

}  // namespace
