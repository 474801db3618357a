#include "text/wrap.h"

#include <gtest/gtest.h>

namespace {

using Lines = std::vector<std::string>;
using text::wrapped;

TEST(Wrapped, FillsLinesWithWords) {
  EXPECT_EQ(wrapped("one two three four", 9), (Lines{"one two", "three", "four"}));
  EXPECT_EQ(wrapped("one two three four", 100), Lines{"one two three four"});
}

TEST(Wrapped, GivesAWordThatIsTooWideALineOfItsOwn) {
  EXPECT_EQ(wrapped("a wonderful b", 4), (Lines{"a", "wonderful", "b"}));
}

TEST(Wrapped, CountsColumnsAndNotBytes) {
  EXPECT_EQ(wrapped("ää öö", 5), Lines{"ää öö"});
  EXPECT_EQ(wrapped("漢字 漢字", 8), (Lines{"漢字", "漢字"}));
}

TEST(Wrapped, HasNoLineForNothing) {
  EXPECT_EQ(wrapped("", 10), Lines{});
  EXPECT_EQ(wrapped("  ", 10), Lines{});
}

}  // namespace
