// Layout, held against what HashiCorp's hclfmt makes of the same text.
#include "hcl/format/format.h"

#include <gtest/gtest.h>

#include <string>

#include "hcl/format/all_tokens.h"
#include "support/golden.h"

namespace {

class Golden : public testing::TestWithParam<const char*> {
 protected:
  void check(const std::function<std::string(std::string_view)>& produce) {
    support::check_golden(std::string("hcl/format/") + GetParam() + ".txt", produce);
  }
};

TEST_P(Golden, IsLaidOutAsByHclfmt) {
  check(hcl::format);
}

TEST_P(Golden, ChangesNoMoreWhenItIsFormattedAgain) {
  check([](std::string_view input) { return hcl::format(hcl::format(input)); });
}

INSTANTIATE_TEST_SUITE_P(Layout, Golden,
                         testing::Values("indentation", "spaces", "alignment", "heredocs",
                                         "mistakes"),
                         [](const auto& file) { return std::string(file.param); });

struct Case {
  const char* name;
  std::string_view text;
  std::string_view expected;
};

void check(std::initializer_list<Case> cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(hcl::format(one.text), one.expected) << one.name;
    EXPECT_EQ(hcl::format(one.expected), one.expected) << one.name << ", again";
  }
}

TEST(Format, KeepsTheEndOfTheTextAsItIs) {
  check({
      {"nothing", "", ""},
      {"no newline", "a=1", "a = 1"},
      {"space and no newline", "a=1  ", "a = 1  "},
      {"a comment without a newline", "a=1 #b", "a = 1 #b"},
      {"empty lines", "a=1\n\n\n", "a = 1\n\n\n"},
  });
}

TEST(Format, KeepsWindowsLineEndsAndDropsAByteOrderMark) {
  check({
      {"line ends", "a=1 \r\n# b\r\nc {\r\nd=<<E\r\n x\r\nE\r\n}\r\n",
       "a = 1\r\n# b\r\nc {\r\n  d = <<E\r\n x\r\nE\r\n}\r\n"},
      {"byte order mark", "\xEF\xBB\xBF\x61=1\n", "a = 1\n"},
  });
}

TEST(Format, LeavesBytesThatAreNoTextInTheirPlace) {
  check({
      {"in code", "a=\xFF\n", "a = \xFF\n"},
      {"in a comment", "a=1 # \xFF\n", "a = 1 # \xFF\n"},
      {"next to each other in a string", "a=\"\xDE\xF5 b\"\n", "a = \"\xDE\xF5 b\"\n"},
      {"next to each other in a heredoc", "a=<<E\n\xDE\xF5\nE\n", "a = <<E\n\xDE\xF5\nE\n"},
      {"a lone carriage return in a heredoc", "a=<<E\nb\rc=1\nE\nd=1\n",
       "a = <<E\nb\rc=1\nE\nd=1\n"},
  });
}

// Where hclfmt makes other tokens of the text, or of its own result, we do not.
TEST(Format, MakesNoOtherTokensOfTheText) {
  check({
      {"two legacy indexes", "a = b.0 .1\n", "a = b.0 .1\n"},
      {"an index that looks like an exponent", "a = b.0 .e5\n", "a = b.0 .e5\n"},
      {"points between two numbers", "a = 2 ....0\n", "a = 2 ....0\n"},
      {"a function in a namespace", "a = b::c ( 1 )\n", "a = b::c(1)\n"},
      {"two colons that join no names", "a = [::1, b::1]\n", "a = [:: 1, b:: 1]\n"},
      {"an exclamation mark and an equals sign", "a ! = b\n", "a ! = b\n"},
      {"points", "a . . . b\n", "a.. .b\n"},
      {"a strip marker that is none", "a = \"${ ~b}\"\n", "a = \"${ ~ b}\"\n"},
      {"a string that ends with an interpolation", "a = \"${b}\nc=1\n", "a = \"${b}\nc=1\n"},
      {"a carriage return that ends no line", "a\r \n", "a \r \n"},
      {"a byte order mark behind a space", " \xEF\xBB\xBF\x61\n", " \xEF\xBB\xBF a\n"},
  });
}

TEST(Format, TakesLinearTimeWhateverTheNesting) {
  const std::size_t many = 300'000;
  std::string brackets(many, '[');
  EXPECT_EQ(hcl::format(brackets), brackets);
  std::string templates;
  for (std::size_t i = 0; i < many; ++i) {
    templates += "\"${";
  }
  EXPECT_EQ(hcl::format(templates), templates);
  std::string comments;
  for (std::size_t i = 0; i < many; ++i) {
    comments += "/* ";
  }
  EXPECT_EQ(hcl::format(comments).substr(0, 8), "/ * / * ");
}

std::string kinds(std::string_view text) {
  std::string spelled;
  for (const hcl::layout::Token& token : hcl::all_tokens(text)) {
    spelled += text.substr(token.begin, token.end - token.begin);
    spelled += '|';
  }
  return spelled;
}

TEST(FormatScanner, KeepsCommentsAndEveryNewline) {
  EXPECT_EQ(kinds("a = 1 # b\n\n/* c\n */ d // e"), "a|=|1|# b\n|\n|/* c\n */|d|// e||");
}

TEST(FormatScanner, TakesTemplatesApart) {
  EXPECT_EQ(kinds(R"("a${b}$${c}%{~ if {d} ~}")"), "\"|a|${|b|}|$${|c}|%{~|if|{|d|}|~}|\"||");
  EXPECT_EQ(kinds("<<-E\n  a${b}\n E \nc"), "<<-E\n|  a|${|b|}|\n| E |\n|c||");
}

}  // namespace
