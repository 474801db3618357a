#include "text/quote.h"

#include <gtest/gtest.h>

namespace text {
namespace {

struct Row {
  const char* name;
  std::string_view text;
  std::string_view expected;
};

TEST(Quoted, StaysOnOneLineAndCannotAct) {
  using namespace std::string_view_literals;
  const Row rows[] = {
      {"empty", "", R"("")"},
      {"plain", "deploy", R"("deploy")"},
      {"quotes and backslashes", R"(a"b\c)", R"("a\"b\\c")"},
      {"white space", "a\tb\r\nc", R"("a\tb\r\nc")"},
      {"escape sequence", "\x1b[31mred", R"("\x1b[31mred")"},
      {"NUL and DEL", "\0\x7f"sv, R"("\x00\x7f")"},
      {"C1 control", "\xc2\x9b", R"("\xc2\x9b")"},
      {"invalid byte", "a\xff", R"("a\xff")"},
      {"cut off sequence", "\xe2\x82", R"("\xe2\x82")"},
      {"beyond ASCII", "größe 日本 👩‍👩‍👧",
       R"("größe 日本 👩‍👩‍👧")"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(quoted(row.text), row.expected) << row.name;
  }
}

TEST(Neutralised, KeepsTextAndShowsControls) {
  using namespace std::string_view_literals;
  const Row rows[] = {
      {"empty", "", ""},
      {"plain, with tab, quotes and backslash", "a\tb \"c\" \\", "a\tb \"c\" \\"},
      {"escape sequence", "\x1b]0;title\x07", R"(\x1b]0;title\x07)"},
      {"carriage return and newline", "a\r\nb", R"(a\x0d\x0ab)"},
      {"NUL and DEL", "\0\x7f"sv, R"(\x00\x7f)"},
      {"C1 control",
       "\xc2\x9b"
       "31m",
       R"(\xc2\x9b31m)"},
      {"invalid byte between letters", "a\xc3z", R"(a\xc3z)"},
      {"surrogate", "\xed\xa0\x80", R"(\xed\xa0\x80)"},
      {"beyond ASCII", "größe 日本", "größe 日本"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(neutralised(row.text), row.expected) << row.name;
  }
}

TEST(Neutralised, ShowsWhatNobodySeesInLinesOfOthers) {
  const Row rows[] = {
      {"what turns the direction of writing", "a\u202eb\u2066c\u200fd\u061c",
       R"(a\xe2\x80\xaeb\xe2\x81\xa6c\xe2\x80\x8fd\xd8\x9c)"},
      {"what ends a line elsewhere", "a\u2028b\u2029", R"(a\xe2\x80\xa8b\xe2\x80\xa9)"},
      {"no width", "a\u200bb\u2060c\ufeff", R"(a\xe2\x80\x8bb\xe2\x81\xa0c\xef\xbb\xbf)"},
      {"joiners", "👩\u200d👧 می\u200cروم", "👩\u200d👧 می\u200cروم"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(neutralised(row.text, Colours::kept), row.expected) << row.name;
  }
}

TEST(Neutralised, KeepsColoursOrLeavesThemOut) {
  const struct {
    const char* name;
    std::string_view text;
    std::string_view kept;
    std::string_view left_out;
  } rows[] = {
      {"none", "plain", "plain", "plain"},
      {"two", "a \x1b[1;31mred\x1b[m b", "a \x1b[1;31mred\x1b[m b\x1b[0m", "a red b"},
      {"other sequences", "\x1b[2J\x1b[31\x1b]0;t\x07", R"(\x1b[2J\x1b[31\x1b]0;t\x07)",
       R"(\x1b[2J\x1b[31\x1b]0;t\x07)"},
      {"one in another", "\x1b[\x1b[31m2J", "\\x1b[\x1b[31m2J\x1b[0m", R"(\x1b[2J)"},
      {"private", "\x1b[?25m\x1b[31 m", R"(\x1b[?25m\x1b[31 m)", R"(\x1b[?25m\x1b[31 m)"},
  };
  for (const auto& [name, text, kept, left_out] : rows) {
    EXPECT_EQ(neutralised(text, Colours::kept), kept) << name;
    EXPECT_EQ(neutralised(text, Colours::left_out), left_out) << name;
  }
}

TEST(ShellWord, IsReadAsOneWordAndStaysOnOneLine) {
  const Row rows[] = {
      {"empty", "", "''"},
      {"plain", "/opt/app", "/opt/app"},
      {"space and tab", "a \tb", "'a \tb'"},
      {"single quote", "it's", R"('it'\''s')"},
      {"what a shell would act on", "$(id)`id`\\", R"('$(id)`id`\')"},
      {"line break and quotes", "a\n'b'\\", R"($'a\n\'b\'\\')"},
      {"escape sequence and invalid byte", "\x1b[31m\xff", R"($'\x1b[31m\xff')"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(shell_word(row.text), row.expected) << row.name;
  }
}

TEST(Counted, ChoosesThePluralByTheNumber) {
  EXPECT_EQ(counted(0, "resource"), "0 resources");
  EXPECT_EQ(counted(1, "resource"), "1 resource");
  EXPECT_EQ(counted(2, "resource"), "2 resources");
  EXPECT_EQ(counted(1, "directory", "directories"), "1 directory");
  EXPECT_EQ(counted(2, "directory", "directories"), "2 directories");
}

}  // namespace
}  // namespace text
