// What people wrongly type, in every place where they do: one mistake makes one diagnostic, and the
// parser finds its way back.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "hcl/syntax/parser.h"

namespace {

/// "HERE" is where the mistake goes. A mistake that takes several lines does not fit everywhere.
const std::vector<std::string> places = {
    "a = HERE\nb = 2\n",
    "mise \"x\" {\n  a = HERE\n  b = 2\n}\n",
    "a = [\n  1,\n  HERE,\n  3\n]\nb = 2\n",
    "a = { b = HERE }\nb = 2\n",
    "a = {\n  b = HERE\n  c = 2\n}\nb = 2\n",
    "a = upper(HERE)\nb = 2\n",
    "a = \"x ${HERE} y\"\nb = 2\n",
    "a = \"%{ if HERE }x%{ endif }\"\nb = 2\n",
    "a = <<EOT\nx ${HERE} y\nEOT\nb = 2\n",
    "a = true ? HERE : 2\nb = 2\n",
    "mise HERE {\n  a = 1\n}\nb = 2\n",
    "mise \"x\" HERE {\n  a = 1\n}\nb = 2\n",
    "HERE = 1\nb = 2\n",
};

std::string at_place(const std::string& place, const std::string& mistake) {
  std::string text = place;
  return text.replace(text.find("HERE"), 4, mistake);
}

/// "2 single-quotes": the lines and kinds of all diagnostics.
std::string told(const std::string& text) {
  const diagnostic::SourceFile source("site.hcl", text);
  std::string result;
  for (const diagnostic::Diagnostic& each : hcl::parse(source).diagnostics) {
    const std::size_t line = source.position(each.range.begin).line;
    result += std::to_string(line) + " " + std::string(each.kind) + "\n";
  }
  return result;
}

/// At most one: a few of these are no mistakes where a label stands.
TEST(Cascades, OneMistakeMakesOneDiagnostic) {
  for (const std::string mistake : {"'x'",
                                    "'it''s'",
                                    "'",
                                    "`x`",
                                    "`",
                                    "1;",
                                    "1; 2",
                                    "a & b",
                                    "a | b",
                                    "2 ** 3",
                                    "i++",
                                    "a === b",
                                    "a <> b",
                                    "a := 1",
                                    "foo bar",
                                    "'a' 'b'",
                                    "“x”",
                                    "‘x y’",
                                    "1\u00a0+\u00a0;",
                                    "${x}",
                                    "${upper(\"a\")}",
                                    "$x",
                                    "@x",
                                    "\\",
                                    "a not b",
                                    "a ?? b",
                                    "/opt/app",
                                    "10MB",
                                    "1.2.3",
                                    "0xff",
                                    "\"\"x\"\"",
                                    "\"\\d \\e\""}) {
    for (const std::string& place : places) {
      const std::string diagnostics = told(at_place(place, mistake));
      EXPECT_LE(std::ranges::count(diagnostics, '\n'), 1)
          << at_place(place, mistake) << diagnostics;
    }
  }
}

TEST(Cascades, AHeaderThatIsWrongStillOpensItsBlock) {
  EXPECT_EQ(told("mise \"x\"; {\n  a = 1\n}\n"), "1 semicolon\n");
  EXPECT_EQ(told("mise \"x {\n  a = 1\n}\n"), "1 unterminated-string\n");
  EXPECT_EQ(told("mise 'x {\n  a = 1\n}\n"), "1 single-quotes\n");
  EXPECT_EQ(told("mise ‘x’ {\n  a = 1\n}\n"), "1 smart-quotes\n");
  EXPECT_EQ(told("mise 1 {\n  a = 1\n}\n"), "1 missing-equals\n");
}

TEST(Cascades, AHeredocWithItsMarkerInQuotesIsRead) {
  EXPECT_EQ(told("a = <<\"EOT\"\nx = y z\nEOT\nb = 1\n"), "1 heredoc-opening\n");
  EXPECT_EQ(told("m {\n  a = <<-'EOT'\n  x = y z\n  EOT\n  b = 1\n}\n"), "2 heredoc-opening\n");
}

TEST(Cascades, MistakesOnSeveralLinesAreAllTold) {
  EXPECT_EQ(told("a = 'x'\nb = 1;\nc = [1 2]\nd = `x`\n"),
            "1 single-quotes\n2 semicolon\n3 missing-separator\n4 backticks\n");
}

}  // namespace
