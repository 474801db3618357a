#include "fluke/line_diff.h"

#include <gtest/gtest.h>

namespace {

using fluke::line_diff;

TEST(LineDiff, OfEqualTextsIsEmpty) {
  EXPECT_EQ(line_diff("a", "1\n2\n", "1\n2\n"), "");
  EXPECT_EQ(line_diff("a", "", ""), "");
}

TEST(LineDiff, HasThreeLinesOfContext) {
  EXPECT_EQ(line_diff("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n"),
            "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n");
}

TEST(LineDiff, JoinsChangesWhoseContextsMeet) {
  EXPECT_EQ(line_diff("a", "1\n2\n3\n4\n5\n6\n7\n8\n", "X\n2\n3\n4\n5\n6\n7\nY\n"),
            "--- a\n+++ a\n@@ -1,8 +1,8 @@\n-1\n+X\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+Y\n");
}

TEST(LineDiff, KeepsChangesApartWhoseContextsDoNotMeet) {
  EXPECT_EQ(line_diff("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "X\n2\n3\n4\n5\n6\n7\n8\nY\n"),
            "--- a\n+++ a\n@@ -1,4 +1,4 @@\n-1\n+X\n 2\n 3\n 4\n"
            "@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+Y\n");
}

TEST(LineDiff, SaysWhereALastLineHasNoNewline) {
  EXPECT_EQ(line_diff("a", "1\n2", "1\nX"),
            "--- a\n+++ a\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+X\n"
            "\\ No newline at end of file\n");
}

}  // namespace
