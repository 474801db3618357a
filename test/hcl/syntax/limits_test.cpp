// The parser under inputs that were made to break it: one diagnostic, bounded stack, linear time.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <limits>
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

struct Nested {
  const char* name;
  std::string head;
  std::string repeated;
};

void PrintTo(const Nested& row, std::ostream* out) {
  *out << row.name;
}

const auto nested_name = [](const testing::TestParamInfo<Nested>& info) {
  return std::string(info.param.name);
};

class Nesting : public testing::TestWithParam<Nested> {};

TEST_P(Nesting, IsRefusedOnceAndAtOnce) {
  EXPECT_EQ(kinds_of(GetParam().head + repeat(200'000, GetParam().repeated)), "nesting");
}

INSTANTIATE_TEST_SUITE_P(
    All, Nesting,
    testing::Values(Nested{"brackets", "a = ", "["}, Nested{"parentheses", "a = ", "("},
                    Nested{"objects", "a = ", "{a="}, Nested{"calls", "a = ", "f("},
                    Nested{"indexes", "a = b", "[b"}, Nested{"signs", "a = ", "-"},
                    Nested{"conditionals", "a = ", "b ? c : "}, Nested{"middles", "a = ", "b ? "},
                    Nested{"templates", "a = ", "\"${"}, Nested{"splats", "a = b", "[*]"},
                    Nested{"attribute_splats", "a = b", ".*[0]"},
                    Nested{"directives", "a = \"", "%{if b}"}, Nested{"blocks", "", "a {\n"},
                    Nested{"for_expressions", "a = ", "[for b in "}),
    nested_name);

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

/// The least time of the processor that a body of so many attributes takes, of ten.
std::clock_t time_of_attributes(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += "a" + std::to_string(i) + " = 1\n";
  }
  std::clock_t least = std::numeric_limits<std::clock_t>::max();
  for (int i = 0; i < 10; ++i) {
    const std::clock_t begin = std::clock();
    EXPECT_EQ(kinds_of(text), "");
    least = std::min(least, std::clock() - begin);
  }
  return least;
}

TEST(Limits, TenTimesTheAttributesOfABodyTakeTenTimesAsLong) {
  // Looking through all names for each of them would make it a hundred. Of more attributes most are
  // not in the processor's cache, which costs time as well.
  EXPECT_LT(time_of_attributes(30'000), 30 * time_of_attributes(3'000));
}

class Linear : public testing::TestWithParam<Nested> {};

TEST_P(Linear, InputOfAMegabyteTakesNoTime) {
  // Quadratic behaviour would run into the limit for a test.
  const std::string& repeated = GetParam().repeated;
  static_cast<void>(kinds_of(GetParam().head + repeat(1'000'000 / repeated.size(), repeated)));
}

INSTANTIATE_TEST_SUITE_P(
    All, Linear,
    testing::Values(
        Nested{"heredoc_lines", "a = <<-EOT\n", "  x\n"},
        Nested{"heredoc_openings", "a = ", "<<A\n"},
        Nested{"heredoc_strips", "a = <<-EOT\n", "  ${~ b ~}\n"},
        Nested{"open_quotes", "a = ) ", "\""}, Nested{"skipped_brackets", "a = ) ", "["},
        Nested{"skipped_templates", "a = ) ", "\"${"}, Nested{"single_quotes", "a = ) ", "'"},
        Nested{"closers", "a = ", ")"}, Nested{"objects_on_a_line", "a = [", "{},"},
        Nested{"spaces_and_names", "a = [\n", "b            \n"}, Nested{"dots", "a = 1", "."},
        Nested{"invisible", "", "\xC2\xA0"}, Nested{"bad_bytes", "", "\xFF"},
        Nested{"bad_bytes_in_a_string", "a = \"", "\xFF"}, Nested{"same_names", "", "a = 1\n"},
        Nested{"comments", "", "/*/"}, Nested{"smart_quotes", "a = ) ", "\xE2\x80\x9C"}),
    nested_name);

}  // namespace
