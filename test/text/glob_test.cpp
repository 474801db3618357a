#include "text/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace text {
namespace {

TEST(Glob, MatchesTheWholeName) {
  struct Case {
    std::string_view pattern;
    std::string_view name;
    bool matches;
  };
  for (const Case& row : {
           Case{"web", "web", true},
           Case{"web", "web-1", false},
           Case{"web-*", "web-1", true},
           Case{"web-*", "web-", true},
           Case{"web-*", "web", false},
           Case{"*-1", "web-1-1", true},
           Case{"*a*b*", "xxaxxbxx", true},
           Case{"*a*b*", "xxbxxaxx", false},
           Case{"web-?", "web-1", true},
           Case{"web-?", "web-12", false},
           Case{"web-?", "web-", false},
           Case{"?", "ü", true},
           Case{"*", "", true},
           Case{"", "", true},
           Case{"", "a", false},
           Case{R"(site["a"])", R"(site["a"])", true},
           Case{R"(site["a*"])", R"(site["abc"])", true},
           Case{"site[*", R"(site["a"])", true},
           Case{"site[*]", R"(site["a"])", true},
           Case{R"(*"b\"c"])", R"(site["b\"c"])", true},
       }) {
    EXPECT_EQ(matches_glob(row.pattern, row.name), row.matches) << row.pattern << " " << row.name;
  }
}

TEST(Glob, IsQuickWithManyStars) {
  std::string pattern;
  for (int i = 0; i < 100; ++i) {
    pattern += "a*";
  }
  EXPECT_FALSE(matches_glob(pattern + "b", std::string(2000, 'a')));
}

TEST(Glob, IsOneOnlyWithAStarOrAQuestionMark) {
  EXPECT_TRUE(is_glob("a*"));
  EXPECT_TRUE(is_glob("?"));
  EXPECT_FALSE(is_glob(R"(site["a"])"));
}

}  // namespace
}  // namespace text
