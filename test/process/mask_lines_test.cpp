#include <gtest/gtest.h>

#include <string>

#include "process/line_splitter.h"

namespace process {
namespace {

constexpr std::size_t longest = LineSplitter::longest;

class MaskedLines : public ::testing::Test {
 protected:
  MaskedLines() { secrets.add("hunter2"); }

  /// What is seen of `printed`.
  std::string seen(std::string_view printed) const {
    std::string lines;
    const LineSink sink = mask_lines(secrets, [&](std::string_view some) { lines += some; });
    LineSplitter splitter(sink);
    splitter.append(printed);
    splitter.finish();
    return lines;
  }

  text::Secrets secrets;
};

TEST_F(MaskedLines, HoldNoSecret) {
  EXPECT_EQ(seen("a hunter2\nhunter2 b\n"), "a ***\n*** b\n");
}

TEST_F(MaskedLines, HoldNoPartOfASecretThatWasCutInTwo) {
  for (std::size_t before = 0; before <= 7; ++before) {
    const std::string dots(longest - before, '.');
    const std::string first = before == 0 ? "" : "***";
    const std::string second = before == 7 ? "" : "***";
    EXPECT_EQ(seen(dots + "hunter2.\nbehind hunter2\n"),
              dots + first + "\n" + second + ".\nbehind ***\n");
  }
}

TEST_F(MaskedLines, AreLeftAloneWhereNothingIsSecret) {
  secrets = {};
  const std::string line = std::string(longest, 'h') + "unter2\n";
  EXPECT_EQ(seen(line), std::string(longest, 'h') + "\nunter2\n");
}

}  // namespace
}  // namespace process
