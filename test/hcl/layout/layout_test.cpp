// Layout, held against what HashiCorp's hclfmt makes of the same text.
#include "hcl/layout/layout.h"

#include <gtest/gtest.h>

#include <string>

#include "hcl/layout/all_tokens.h"
#include "support/golden.h"

namespace {

class Golden : public testing::TestWithParam<const char*> {
 protected:
  void check(const std::function<std::string(std::string_view)>& produce) {
    support::check_golden(std::string("hcl/layout/") + GetParam() + ".txt", produce);
  }
};

/// The layout of a text, which has no syntax errors.
std::string layout(std::string_view text) {
  const diagnostic::SourceFile source("a.hcl", std::string(text));
  auto laid_out = hcl::canonical_layout(source);
  EXPECT_TRUE(laid_out) << text;
  return laid_out ? *std::move(laid_out) : "";
}

TEST_P(Golden, IsLaidOutAsByHclfmt) {
  check(layout);
}

TEST_P(Golden, ChangesNoMoreWhenItIsLaidOutAgain) {
  check([](std::string_view input) { return layout(layout(input)); });
}

INSTANTIATE_TEST_SUITE_P(Layout, Golden,
                         testing::Values("indentation", "spaces", "alignment", "heredocs"),
                         [](const auto& file) { return std::string(file.param); });

struct Case {
  const char* name;
  std::string_view text;
  std::string_view expected;
};

void check(std::initializer_list<Case> cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(layout(one.text), one.expected) << one.name;
    EXPECT_EQ(layout(one.expected), one.expected) << one.name << ", again";
  }
}

TEST(Layout, KeepsTheEndOfTheTextAsItIs) {
  check({
      {"nothing", "", ""},
      {"no newline", "a=1", "a = 1"},
      {"space and no newline", "a=1  ", "a = 1  "},
      {"a comment without a newline", "a=1 #b", "a = 1 #b"},
      {"empty lines", "a=1\n\n\n", "a = 1\n\n\n"},
  });
}

TEST(Layout, KeepsWindowsLineEndsAndDropsAByteOrderMark) {
  check({
      {"line ends", "a=1 \r\n# b\r\nc {\r\nd=<<E\r\n x\r\nE\r\n}\r\n",
       "a = 1\r\n# b\r\nc {\r\n  d = <<E\r\n x\r\nE\r\n}\r\n"},
      {"byte order mark", "\xEF\xBB\xBF\x61=1\n", "a = 1\n"},
  });
}

TEST(Layout, LeavesBytesThatAreNoTextInAComment) {
  check({{"a comment", "a=1 # \xFF\n", "a = 1 # \xFF\n"}});
}

// Where hclfmt makes other tokens of the text, or of its own result, we do not.
TEST(Layout, MakesNoOtherTokensOfTheText) {
  check({
      {"two legacy indexes", "a = b.0 .1\n", "a = b.0 .1\n"},
      {"an index that looks like an exponent", "a = b.0 .e5\n", "a = b.0 .e5\n"},
      {"a function in a namespace", "a = b::c ( 1 )\n", "a = b::c(1)\n"},
  });
}

TEST(Layout, CountsWhatOpensNoSequenceByItself) {
  check({
      {"a combining character behind a dollar", "a = \"$\u0301\" # b\ncc = 1 # d\n",
       "a  = \"$\u0301\" # b\ncc = 1    # d\n"},
      {"an escaped sequence", "a = \"$${~\u0301\" # b\ncc = 1 # d\n",
       "a  = \"$${~\u0301\" # b\ncc = 1       # d\n"},
  });
}

TEST(Layout, OfATextWithSyntaxErrorsIsTheErrors) {
  const diagnostic::SourceFile source("a.hcl", "a=1\nb=\nc={\n");
  const auto result = hcl::canonical_layout(source);
  ASSERT_FALSE(result);
  ASSERT_EQ(result.error().size(), 2);
  EXPECT_EQ(result.error()[0].kind, "expected-expression");
  EXPECT_EQ(result.error()[1].kind, "unclosed-bracket");
}

std::string tokens(std::string_view text) {
  const diagnostic::SourceFile source("a.hcl", std::string(text));
  std::string spelled;
  for (const std::string_view token : hcl::all_tokens(source)) {
    spelled += token;
    spelled += '|';
  }
  return spelled;
}

TEST(LayoutTokens, HoldCommentsAndEveryNewline) {
  EXPECT_EQ(tokens("a = 1 # b\n\n/* c\n */ d // e"), "a|=|1|# b\n|\n|/* c\n */|d|// e||");
  EXPECT_EQ(tokens("a\r\n\n# b\r\n#"), "a|\r\n|\n|# b\r\n|#||");
}

TEST(LayoutTokens, TakeTemplatesApart) {
  EXPECT_EQ(tokens(R"("a${b}$${c}%{~ if {d} ~}")"), "\"|a|${|b|}|$${c}|%{~|if|{|d|}|~}|\"||");
  EXPECT_EQ(tokens("<<-E\n  a${b}\n E \nc"), "<<-E\n|  a|${|b|}|\n| E |\n|c||");
}

}  // namespace
