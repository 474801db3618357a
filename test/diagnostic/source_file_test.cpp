#include "diagnostic/source_file.h"

#include <gtest/gtest.h>

#include <string>

namespace diagnostic {
namespace {

std::string place(const SourceFile& file, std::size_t offset) {
  const Position position = file.position(offset);
  return std::to_string(position.line) + ":" + std::to_string(position.column) + "@" +
         std::to_string(position.byte);
}

TEST(SourceFile, CountsLinesAndColumnsFromOne) {
  const SourceFile file("site.hcl", "ab\n\ncd\n");
  EXPECT_EQ(place(file, 0), "1:1@0");
  EXPECT_EQ(place(file, 1), "1:2@1");
  EXPECT_EQ(place(file, 2), "1:3@2");
  EXPECT_EQ(place(file, 3), "2:1@3");
  EXPECT_EQ(place(file, 4), "3:1@4");
  EXPECT_EQ(place(file, 6), "3:3@6");
  EXPECT_EQ(place(file, 7), "4:1@7");
}

TEST(SourceFile, TakesWhatIsPastTheEndForTheEnd) {
  const SourceFile file("site.hcl", "ab");
  EXPECT_EQ(place(file, 2), "1:3@2");
  EXPECT_EQ(place(file, 99), "1:3@2");
  EXPECT_EQ(file.text({.begin = 1, .end = 99}), "b");
  EXPECT_EQ(file.text({.begin = 50, .end = 99}), "");
}

TEST(SourceFile, EmptyTextHasOneEmptyLine) {
  const SourceFile file("site.hcl", "");
  EXPECT_EQ(place(file, 0), "1:1@0");
  EXPECT_EQ(file.line(1), "");
}

TEST(SourceFile, CountsColumnsInGraphemeClusters) {
  const SourceFile file("site.hcl", "x = \"日e\u0301👩‍👩‍👧\" y\n");
  const std::size_t y = file.text().find('y');
  EXPECT_EQ(file.position(y).column, 11U);
  const std::size_t inside_family = file.text().find("👧");
  EXPECT_EQ(file.position(inside_family).column, 8U);
}

TEST(SourceFile, GivesLinesWithoutTheirEnds) {
  const SourceFile file("site.hcl", "unix\ndos\r\nold\rmac\n\r\nlast");
  EXPECT_EQ(file.line(1), "unix");
  EXPECT_EQ(file.line(2), "dos");
  EXPECT_EQ(file.line(3), "old\rmac");
  EXPECT_EQ(file.line(4), "");
  EXPECT_EQ(file.line(5), "last");
}

TEST(SourceFile, HasNoTextForALineThatDoesNotExist) {
  const SourceFile file("site.hcl", "one\n");
  EXPECT_EQ(file.line(0), "");
  EXPECT_EQ(file.line(2), "");
  EXPECT_EQ(file.line(3), "");
}

TEST(Range, JoinsToTheSmallestThatHoldsBoth) {
  EXPECT_EQ(join({.begin = 4, .end = 6}, {.begin = 1, .end = 2}), (Range{.begin = 1, .end = 6}));
  EXPECT_EQ(join({.begin = 1, .end = 9}, {.begin = 2, .end = 3}), (Range{.begin = 1, .end = 9}));
}

}  // namespace
}  // namespace diagnostic
