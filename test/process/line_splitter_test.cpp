#include "process/line_splitter.h"

#include <gtest/gtest.h>

#include <vector>

#include "text/lines.h"

namespace {

using Lines = std::vector<std::string>;

Lines split(const std::vector<std::string>& chunks) {
  Lines lines;
  const process::LineSink sink = [&lines](std::string_view some) {
    EXPECT_TRUE(some.ends_with('\n'));
    text::for_each_line(some, [&lines](std::string_view line) { lines.emplace_back(line); });
  };
  process::LineSplitter splitter(sink);
  for (const std::string& chunk : chunks) {
    splitter.append(chunk);
  }
  splitter.finish();
  return lines;
}

const std::string full(process::LineSplitter::longest, 'x');

struct Case {
  const char* name;
  std::vector<std::string> chunks;
  Lines lines;
};

class LineSplitter : public testing::TestWithParam<Case> {};

TEST_P(LineSplitter, Cuts) {
  EXPECT_EQ(split(GetParam().chunks), GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Table, LineSplitter,
    testing::Values(Case{"Nothing", {}, {}}, Case{"LinesInOneChunk", {"a\nbc\n"}, {"a", "bc"}},
                    Case{"LastLineWithoutEnd", {"a\nb"}, {"a", "b"}},
                    Case{"EmptyLines", {"\n\n"}, {"", ""}},
                    Case{"LineAcrossChunks", {"a", "b", "c\nd", "\n"}, {"abc", "d"}},
                    Case{"CarriageReturnBeforeLineFeed", {"a\r\nb\r", "\n"}, {"a", "b"}},
                    Case{"CarriageReturnElsewhereStays", {"a\rb\n"}, {"a\rb"}},
                    Case{"LongestLineIsOnePiece", {full + "\n", full, "\n"}, {full, full}},
                    Case{"LongerLineComesInPieces", {full + "y\nz\n"}, {full, "y", "z"}},
                    Case{"PiecesAcrossChunks", {full, full, "y"}, {full, full, "y"}}),
    [](const auto& test_case) { return test_case.param.name; });

}  // namespace
