#include <gtest/gtest.h>

#include "process/output_pump.h"

namespace {

using process::OutputTail;

TEST(OutputTail, KeepsAllThatFits) {
  OutputTail tail(4);
  tail.append("ab");
  tail.append("cd");
  EXPECT_FALSE(tail.truncated());
  EXPECT_EQ(tail.take(), "abcd");
}

TEST(OutputTail, KeepsTheLastBytesOfManyPieces) {
  OutputTail tail(4);
  for (const char* piece : {"a", "bc", "def", "g", "hi"}) {
    tail.append(piece);
  }
  EXPECT_TRUE(tail.truncated());
  EXPECT_EQ(tail.take(), "fghi");
}

TEST(OutputTail, KeepsTheEndOfAPieceThatIsLongerThanItself) {
  OutputTail tail(4);
  tail.append("ab");
  tail.append("0123456789");
  EXPECT_TRUE(tail.truncated());
  EXPECT_EQ(tail.take(), "6789");
}

TEST(OutputTail, KeepsNothingWithoutRoom) {
  OutputTail tail(0);
  tail.append("a");
  EXPECT_TRUE(tail.truncated());
  EXPECT_EQ(tail.take(), "");
}

}  // namespace
