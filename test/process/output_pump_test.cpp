#include "process/output_pump.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace {

using file::Descriptor;
using process::OutputPump;

class OutputPumpTest : public testing::Test {
 protected:
  OutputPumpTest() {
    std::array<int, 2> ends = {-1, -1};
    EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    reading_ = ends[0];
    child_ = Descriptor(ends[1]);
    pump_.emplace(Descriptor(ends[0]), Descriptor(), process::Command{}, sink_);
  }

  /// What the child prints is read by the pump.
  void print(std::size_t size) {
    const std::string text(size, '\n');
    ASSERT_EQ(write(child_.get(), text.data(), size), static_cast<ssize_t>(size));
    pump_->read_ready();
  }

  [[nodiscard]] bool rests() const {
    EXPECT_EQ(pump_->wanted()[0].fd, pump_->rest() ? -1 : reading_);
    return pump_->rest().has_value();
  }

  Descriptor child_;
  int reading_ = -1;
  std::size_t told_ = 0;
  const process::LineSink sink_ = [this](std::string_view lines) { told_ += lines.size(); };
  std::optional<OutputPump> pump_;
};

TEST_F(OutputPumpTest, RestsOnlyAsLongAsTheChildPrintsInAFlood) {
  EXPECT_FALSE(rests());
  print(100);
  EXPECT_FALSE(rests());
  print(60000);
  EXPECT_TRUE(rests());
  print(60000);
  EXPECT_TRUE(rests());
  print(100);
  EXPECT_FALSE(rests());
}

TEST_F(OutputPumpTest, DoesNotRestWhenTheChildHasPrintedItsLast) {
  print(60000);
  pump_->read_ready();
  EXPECT_FALSE(rests());
}

TEST_F(OutputPumpTest, ReadsAllThatGatheredInARest) {
  print(60000);
  print(700000);
  EXPECT_EQ(told_, 760000U);
}

}  // namespace
