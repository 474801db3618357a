#include "text/secrets.h"

#include <gtest/gtest.h>

namespace text {
namespace {

TEST(Secrets, AreMaskedWhereverTheyStand) {
  Secrets secrets;
  EXPECT_TRUE(secrets.empty());
  secrets.add("hunter2");
  EXPECT_FALSE(secrets.empty());
  EXPECT_EQ(secrets.masked("hunter2"), "***");
  EXPECT_EQ(secrets.masked("a hunter2b hunter2hunter2"), "a ***b ******");
  EXPECT_EQ(secrets.masked("hunter 2"), "hunter 2");
}

TEST(Secrets, AreMaskedWholeWhereOneHoldsAnother) {
  Secrets secrets;
  secrets.add("abc");
  secrets.add("abcdef");
  secrets.add("abc");
  EXPECT_EQ(secrets.masked("abcdef abcd"), "*** ***d");
}

TEST(Secrets, AreMaskedInPartWhereATextWasCut) {
  constexpr Cut both = {.begin = true, .end = true};
  Secrets secrets;
  secrets.add("hunter2");
  EXPECT_EQ(secrets.masked("ter2 and hun"), "ter2 and hun");
  EXPECT_EQ(secrets.masked("ter2 and hun", {.begin = true}), "*** and hun");
  EXPECT_EQ(secrets.masked("ter2 and hun", {.end = true}), "ter2 and ***");
  EXPECT_EQ(secrets.masked("hunter2 hunter2", both), "*** ***");
  EXPECT_EQ(secrets.masked("2", both), "***");
  EXPECT_EQ(secrets.masked("x", both), "x");
  EXPECT_EQ(secrets.masked("", both), "");
}

TEST(Secrets, AreMaskedInPartWhereAnEllipsisFollows) {
  Secrets secrets;
  secrets.add("hunter2");
  secrets.add("another");
  EXPECT_EQ(secrets.masked("$ login hunte… and anoth..."), "$ login ***… and ***...");
  EXPECT_EQ(secrets.masked("$ login hun…"), "$ login ***…");
  EXPECT_EQ(secrets.masked("hu… an… hunter2… unt… …"), "hu… an… ***… unt… …");
}

TEST(Secrets, OfSeveralLinesAreMaskedLineByLine) {
  Secrets secrets;
  secrets.add("first line\r\nsecond line\n");
  EXPECT_EQ(secrets.masked("x first line\nsecond line y"), "x ***\n*** y");
}

TEST(Secrets, ThatAreTooShortAreNotLookedFor) {
  Secrets secrets;
  secrets.add("a");
  secrets.add("");
  secrets.add("ab\nc");
  EXPECT_TRUE(secrets.empty());
}

}  // namespace
}  // namespace text
