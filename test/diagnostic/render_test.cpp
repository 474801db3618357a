#include "diagnostic/render.h"

#include <gtest/gtest.h>

#include <string>

#include "support/diagnostics.h"

namespace diagnostic {
namespace {

/// An error at the first `marked` in the file.
Diagnostic error_at(const SourceFile& file, std::string_view marked) {
  const auto begin = static_cast<std::uint32_t>(file.text().find(marked));
  Diagnostic diagnostic;
  diagnostic.kind = "some-kind";
  diagnostic.summary = "summary";
  diagnostic.detail = "detail";
  diagnostic.file = &file;
  diagnostic.range = {.begin = begin, .end = begin + static_cast<std::uint32_t>(marked.size())};
  return diagnostic;
}

TEST(Render, ShowsSummaryPlaceLineCaretsAndDetail) {
  const SourceFile file("site.hcl", "mise \"a\" {\n\n  working_dri = \"/opt/app\"\n}\n");
  Diagnostic diagnostic = error_at(file, "working_dri");
  diagnostic.summary = "unknown attribute \"working_dri\"";
  diagnostic.detail = "a mise block has no such attribute; did you mean \"working_dir\"?";
  EXPECT_EQ(render(diagnostic, Colour::off),
            R"(error: unknown attribute "working_dri"
  --> site.hcl:3:3
   |
 3 |   working_dri = "/opt/app"
   |   ^^^^^^^^^^^ a mise block has no such attribute; did you mean "working_dir"?
)");
}

TEST(Render, SaysNothingBesideTheCaretsWithoutADetail) {
  const SourceFile file("site.hcl", "a = b\n");
  Diagnostic diagnostic = error_at(file, "b");
  diagnostic.detail.clear();
  EXPECT_EQ(render(diagnostic, Colour::off), R"(error: summary
  --> site.hcl:1:5
   |
 1 | a = b
   |     ^
)");
}

TEST(Render, CallsAWarningByItsName) {
  const SourceFile file("site.hcl", "a = b\n");
  Diagnostic diagnostic = error_at(file, "b");
  diagnostic.severity = Severity::warning;
  EXPECT_EQ(render(diagnostic, Colour::off), R"(warning: summary
  --> site.hcl:1:5
   |
 1 | a = b
   |     ^ detail
)");
}

TEST(Render, PointsAtEveryNote) {
  const SourceFile first("first.hcl", "mise \"a\" {}\n");
  const SourceFile second("second.hcl", std::string(9, '\n') + "mise \"a\" {}\n");
  Diagnostic diagnostic = error_at(second, "\"a\"");
  diagnostic.notes.push_back(
      {.file = &first, .range = {.begin = 5, .end = 8}, .message = "first declared here"});
  diagnostic.notes.push_back({.file = nullptr, .range = {}, .message = "names are unique"});
  EXPECT_EQ(render(diagnostic, Colour::off), R"(error: summary
   --> second.hcl:10:6
    |
 10 | mise "a" {}
    |      ^^^ detail
note: first declared here
  --> first.hcl:1:6
   |
 1 | mise "a" {}
   |      ^^^
note: names are unique
)");
}

TEST(Render, IsOneLineWithoutAFile) {
  Diagnostic diagnostic;
  diagnostic.summary = "cannot read site.hcl";
  EXPECT_EQ(render(diagnostic, Colour::off), "error: cannot read site.hcl\n");
  diagnostic.detail = "No such file or directory";
  EXPECT_EQ(render(diagnostic, Colour::off),
            "error: cannot read site.hcl\n  = No such file or directory\n");
}

TEST(Render, ColoursWhereItIsTold) {
  const SourceFile file("site.hcl", "a = b\n");
  Diagnostic diagnostic = error_at(file, "b");
  diagnostic.notes.push_back({.file = nullptr, .range = {}, .message = "message"});
  EXPECT_EQ(render(diagnostic, Colour::on),
            "\x1b[1;31merror:\x1b[0m summary\n"
            "  \x1b[34m-->\x1b[0m site.hcl:1:5\n"
            "\x1b[34m   |\x1b[0m\n"
            "\x1b[34m 1 |\x1b[0m a = b\n"
            "\x1b[34m   |\x1b[0m     \x1b[1;31m^\x1b[0m detail\n"
            "\x1b[1mnote:\x1b[0m message\n");
  diagnostic = {.severity = Severity::warning,
                .kind = "some-kind",
                .summary = "summary",
                .detail = "detail",
                .file = nullptr,
                .range = {},
                .notes = {}};
  EXPECT_EQ(render(diagnostic, Colour::on),
            "\x1b[1;33mwarning:\x1b[0m summary\n  \x1b[34m=\x1b[0m detail\n");
}

TEST(Render, MakesForeignTextHarmlessEverywhere) {
  const SourceFile file("\x1b[2J.hcl", "a = \"\x1b[31m\xff\" b\n");
  Diagnostic diagnostic = error_at(file, "b");
  diagnostic.summary = "sum\rmary";
  diagnostic.detail = "de\ntail";
  diagnostic.notes.push_back({.file = nullptr, .range = {}, .message = "no\x07te"});
  EXPECT_EQ(render(diagnostic, Colour::off), R"(error: sum\x0dmary
  --> \x1b[2J.hcl:1:14
   |
 1 | a = "\x1b[31m\xff" b
   |                    ^ de\x0atail
note: no\x07te
)");
}

TEST(Render, MarksAControlCharacterOrInvalidByteAsWideAsItIsShown) {
  const SourceFile file("site.hcl", "a\x01 \xff b\n");
  EXPECT_EQ(render(error_at(file, "\x01"), Colour::off), R"(error: summary
  --> site.hcl:1:2
   |
 1 | a\x01 \xff b
   |  ^^^^ detail
)");
  EXPECT_EQ(render(error_at(file, "\xff"), Colour::off), R"(error: summary
  --> site.hcl:1:4
   |
 1 | a\x01 \xff b
   |       ^^^^ detail
)");
}

TEST(Render, LeavesTheEndOfALineOut) {
  const SourceFile file("site.hcl", "a = (\r\nb\r\n");
  const std::string expected = R"(error: summary
  --> site.hcl:1:6
   |
 1 | a = (
   |      ^ detail
)";
  EXPECT_EQ(render(error_at(file, "\r\n"), Colour::off), expected);
  EXPECT_EQ(render(error_at(file, "\n"), Colour::off), expected);
}

TEST(Render, PointsAtTheEndOfTheText) {
  const SourceFile file("site.hcl", "a {\n");
  Diagnostic diagnostic = error_at(file, "");
  diagnostic.range = {.begin = 4, .end = 4};
  EXPECT_EQ(render(diagnostic, Colour::off), R"(error: summary
  --> site.hcl:2:1
   |
 2 |
   | ^ detail
)");
}

TEST(Render, SurvivesARangeThatIsNotInTheText) {
  const SourceFile file("site.hcl", "ab");
  Diagnostic diagnostic = error_at(file, "ab");
  const std::string expected = R"(error: summary
  --> site.hcl:1:3
   |
 1 | ab
   |   ^ detail
)";
  diagnostic.range = {.begin = 77, .end = 99};
  EXPECT_EQ(render(diagnostic, Colour::off), expected);
  diagnostic.range = {.begin = 77, .end = 7};
  EXPECT_EQ(render(diagnostic, Colour::off), expected);
}

TEST(Render, CutsALongLineAroundTheMark) {
  const SourceFile file("site.hcl", std::string(5000, 'x') + "WRONG" + std::string(5000, 'y'));
  EXPECT_EQ(render(error_at(file, "WRONG"), Colour::off),
            "error: summary\n"
            "  --> site.hcl:1:5001\n"
            "   |\n"
            " 1 | …" +
                std::string(40, 'x') + "WRONG" + std::string(155, 'y') +
                "…\n"
                "   | " +
                std::string(41, ' ') + "^^^^^ detail\n");
}

TEST(Render, CutsAMarkThatIsTooLongItself) {
  const SourceFile file("site.hcl", "a = " + std::string(5000, '['));
  Diagnostic diagnostic = error_at(file, "[");
  diagnostic.range.end = 5004;
  EXPECT_EQ(render(diagnostic, Colour::off),
            "error: summary\n"
            "  --> site.hcl:1:5\n"
            "   |\n"
            " 1 | a = " +
                std::string(196, '[') +
                "…\n"
                "   |     " +
                std::string(196, '^') + " detail\n");
}

TEST(Render, DoesNotCutALineOfManyBytesThatFits) {
  std::string line;
  for (int i = 0; i < 100; ++i) {
    line += "日";
  }
  const SourceFile file("site.hcl", line);
  EXPECT_EQ(render(error_at(file, "日"), Colour::off),
            "error: summary\n  --> site.hcl:1:1\n   |\n 1 | " + line + "\n   | ^^ detail\n");
}

TEST(Render, DoesNotShowAClusterWithoutEnd) {
  std::string marks;
  for (int i = 0; i < 5000; ++i) {
    marks += "\u0301";
  }
  const SourceFile file("site.hcl", "a = e" + marks + "\n");
  EXPECT_EQ(render(error_at(file, "e"), Colour::off),
            "error: summary\n  --> site.hcl:1:5\n   |\n 1 | a = …\n   |     ^ detail\n");
}

TEST(Render, BeginsACutLineWithAWholeCharacter) {
  std::string filler;
  for (int i = 0; i < 400; ++i) {
    filler += "é";
  }
  const SourceFile file("site.hcl", filler + "x!");
  EXPECT_EQ(render(error_at(file, "!"), Colour::off),
            "error: summary\n"
            "  --> site.hcl:1:402\n"
            "   |\n"
            " 1 | …" +
                filler.substr(0, 38) +
                "x!\n"
                "   | " +
                std::string(21, ' ') + "^ detail\n");
}

TEST(Render, SeparatesTwoDiagnosticsByAnEmptyLine) {
  const SourceFile file("site.hcl", "a = b\n");
  Diagnostic unplaced;
  unplaced.summary = "other";
  EXPECT_EQ(render(Diagnostics{}, Colour::off), "");
  EXPECT_EQ(render(Diagnostics{error_at(file, "b"), unplaced}, Colour::off), R"(error: summary
  --> site.hcl:1:5
   |
 1 | a = b
   |     ^ detail

error: other
)");
}

TEST(RenderWithKinds, NamesEachKindAbove) {
  const SourceFile file("site.hcl", "a = b\n");
  EXPECT_EQ(support::render_with_kinds({error_at(file, "b"), error_at(file, "a")}),
            R"(# some-kind
error: summary
  --> site.hcl:1:5
   |
 1 | a = b
   |     ^ detail

# some-kind
error: summary
  --> site.hcl:1:1
   |
 1 | a = b
   | ^ detail
)");
}

}  // namespace
}  // namespace diagnostic
