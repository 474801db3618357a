// The parser under inputs that were made to break it: one diagnostic, bounded stack, linear time.
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "hcl/syntax/parser.h"

namespace {

std::string repeat(std::size_t count, std::string_view text) {
  std::string result;
  result.reserve(count * text.size());
  for (std::size_t i = 0; i < count; ++i) {
    result += text;
  }
  return result;
}

std::string kinds_of(std::string text) {
  const diagnostic::SourceFile source("test.hcl", std::move(text));
  std::string kinds;
  for (const diagnostic::Diagnostic& each : hcl::parse(source).diagnostics) {
    kinds += (kinds.empty() ? "" : " ") + std::string(each.kind);
  }
  return kinds;
}

struct Row {
  const char* name;
  std::string head;
  std::string repeated;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

const auto row_name = [](const testing::TestParamInfo<Row>& info) {
  return std::string(info.param.name);
};

class Nesting : public testing::TestWithParam<Row> {};

TEST_P(Nesting, IsRefusedOnceAndAtOnce) {
  EXPECT_EQ(kinds_of(GetParam().head + repeat(200'000, GetParam().repeated)), "nesting");
}

INSTANTIATE_TEST_SUITE_P(
    All, Nesting,
    testing::Values(Row{"brackets", "a = ", "["}, Row{"parentheses", "a = ", "("},
                    Row{"objects", "a = ", "{a="}, Row{"calls", "a = ", "f("},
                    Row{"indexes", "a = b", "[b"}, Row{"signs", "a = ", "-"},
                    Row{"conditionals", "a = ", "b ? c : "}, Row{"middles", "a = ", "b ? "},
                    Row{"templates", "a = ", "\"${"}, Row{"splats", "a = b", "[*]"},
                    Row{"attribute_splats", "a = b", ".*[0]"},
                    Row{"directives", "a = \"", "%{if b}"}, Row{"blocks", "", "a {\n"},
                    Row{"for_expressions", "a = ", "[for b in "}),
    row_name);

TEST(Limits, NestingUpToTheLimitIsFine) {
  EXPECT_EQ(kinds_of("a = " + repeat(hcl::max_nesting, "[") + repeat(hcl::max_nesting, "]")), "");
}

TEST(Limits, LongOperatorChainsAreNotNesting) {
  EXPECT_EQ(kinds_of("a = 1" + repeat(100'000, " + 1")), "");
}

TEST(Limits, LongTraversalsAreNotNesting) {
  EXPECT_EQ(kinds_of("a = b" + repeat(100'000, ".c[0]")), "");
}

TEST(Limits, AHundredMistakesAreEnough) {
  EXPECT_EQ(kinds_of(repeat(200'000, "a = )\n")),
            repeat(100, "expected-expression ") + "too-many-errors");
}

class Linear : public testing::TestWithParam<Row> {};

TEST_P(Linear, InputOfAMegabyteTakesNoTime) {
  // Quadratic behaviour would run into the limit for a test.
  const std::string& repeated = GetParam().repeated;
  static_cast<void>(kinds_of(GetParam().head + repeat(1'000'000 / repeated.size(), repeated)));
}

INSTANTIATE_TEST_SUITE_P(
    All, Linear,
    testing::Values(Row{"heredoc_lines", "a = <<-EOT\n", "  x\n"},
                    Row{"heredoc_openings", "a = ", "<<A\n"},
                    Row{"heredoc_strips", "a = <<-EOT\n", "  ${~ b ~}\n"},
                    Row{"open_quotes", "a = ) ", "\""}, Row{"skipped_brackets", "a = ) ", "["},
                    Row{"skipped_templates", "a = ) ", "\"${"}, Row{"single_quotes", "a = ) ", "'"},
                    Row{"closers", "a = ", ")"}, Row{"objects_on_a_line", "a = [", "{},"},
                    Row{"spaces_and_names", "a = [\n", "b            \n"},
                    Row{"dots", "a = 1", "."}, Row{"invisible", "", "\xC2\xA0"},
                    Row{"bad_bytes", "", "\xFF"}, Row{"bad_bytes_in_a_string", "a = \"", "\xFF"},
                    Row{"same_names", "", "a = 1\n"}, Row{"comments", "", "/*/"},
                    Row{"smart_quotes", "a = ) ", "\xE2\x80\x9C"}),
    row_name);

}  // namespace
