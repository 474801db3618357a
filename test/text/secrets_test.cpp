#include "text/secrets.h"

#include <gtest/gtest.h>

namespace text {
namespace {

TEST(Secrets, AreMaskedWhereverTheyStand) {
  Secrets secrets;
  EXPECT_TRUE(secrets.empty());
  secrets.add("hunter2");
  EXPECT_FALSE(secrets.empty());
  EXPECT_EQ(secrets.mask("hunter2"), "***");
  EXPECT_EQ(secrets.mask("a hunter2b hunter2hunter2"), "a ***b ******");
  EXPECT_EQ(secrets.mask("hunter 2"), "hunter 2");
}

TEST(Secrets, AreMaskedWholeWhereOneHoldsAnother) {
  Secrets secrets;
  secrets.add("abc");
  secrets.add("abcdef");
  secrets.add("abc");
  EXPECT_EQ(secrets.mask("abcdef abcd"), "*** ***d");
}

TEST(Secrets, AreMaskedInPartWhereATextWasCut) {
  constexpr Cut both = {.begin = true, .end = true};
  Secrets secrets;
  secrets.add("hunter2");
  EXPECT_EQ(secrets.mask("ter2 and hun"), "ter2 and hun");
  EXPECT_EQ(secrets.mask("ter2 and hun", {.begin = true}), "*** and hun");
  EXPECT_EQ(secrets.mask("ter2 and hun", {.end = true}), "ter2 and ***");
  EXPECT_EQ(secrets.mask("hunter2 hunter2", both), "*** ***");
  EXPECT_EQ(secrets.mask("2", both), "***");
  EXPECT_EQ(secrets.mask("x", both), "x");
  EXPECT_EQ(secrets.mask("", both), "");
}

TEST(Secrets, AreMaskedInPartWhereAnEllipsisFollows) {
  Secrets secrets;
  secrets.add("hunter2");
  secrets.add("another");
  EXPECT_EQ(secrets.mask("$ login hunte… and anoth..."), "$ login ***… and ***...");
  EXPECT_EQ(secrets.mask("$ login hun…"), "$ login ***…");
  EXPECT_EQ(secrets.mask("hu… an… hunter2… unt… …"), "hu… an… ***… unt… …");
}

TEST(Secrets, OfSeveralLinesAreMaskedLineByLine) {
  Secrets secrets;
  secrets.add("first line\r\nsecond line\n");
  EXPECT_EQ(secrets.mask("x first line\nsecond line y"), "x ***\n*** y");
}

TEST(Secrets, ThatAreTooShortAreNotLookedFor) {
  Secrets secrets;
  secrets.add("a");
  secrets.add("");
  secrets.add("ab\nc");
  EXPECT_TRUE(secrets.empty());
}

TEST(Secrets, OfAUrlAreMaskedInAnyForm) {
  Secrets secrets;
  secrets.add_url("https://user:p%40ss w^rd@host/x.git");
  EXPECT_EQ(secrets.mask("raw p%40ss w^rd."), "raw ***.");
  EXPECT_EQ(secrets.mask("decoded p@ss w^rd."), "decoded ***.");
  EXPECT_EQ(secrets.mask("encoded p%40ss%20w%5Erd."), "encoded ***.");
}

TEST(Secrets, OfAUrlAreNoWordsThatAreTooShort) {
  Secrets secrets;
  secrets.add_url("https://git@host/x.git");
  secrets.add_url("https://user:it@host/x.git");
  EXPECT_TRUE(secrets.empty());
}

TEST(Secrets, OfAUrlMayBeALoneToken) {
  Secrets secrets;
  secrets.add_url("https://ghp_0123456789abcdef@host/x.git");
  EXPECT_EQ(secrets.mask("user ghp_0123456789abcdef is unknown"), "user *** is unknown");
}

}  // namespace
}  // namespace text
