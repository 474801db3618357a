#include "hcl/value/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace {

using hcl::Number;

std::string printed(std::string_view text) {
  const std::optional<Number> number = Number::parse(text);
  return number ? number->to_string() : "none";
}

std::string computed(std::string_view left, char op, std::string_view right) {
  const Number a = *Number::parse(left);
  const Number b = *Number::parse(right);
  const auto operation = op == '+'   ? Number::add
                         : op == '-' ? Number::subtract
                         : op == '*' ? Number::multiply
                         : op == '/' ? Number::divide
                                     : Number::modulo;
  const std::optional<Number> result = operation(a, b);
  return result ? result->to_string() : "none";
}

// The digits below are those that HashiCorp's implementation prints.

TEST(Number, PrintsTheShortestDecimalThatReadsBack) {
  struct Row {
    std::string text;
    std::string expected;
  };
  const std::vector<Row> rows = {
      {"0", "0"},
      {"-0", "-0"},
      {"00012", "12"},
      {"80", "80"},
      {"-80", "-80"},
      {"0.1", "0.1"},
      {"1.50", "1.5"},
      {"1e-7", "0.0000001"},
      {"1e5", "100000"},
      {"1E+5", "100000"},
      {"1.25e1", "12.5"},
      {"9007199254740993", "9007199254740993"},
      {"9223372036854775808", "9223372036854775808"},
      {"123456789012345678901234567890", "123456789012345678901234567890"},
      {"-0.000000000000000000000000000001", "-0.000000000000000000000000000001"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(printed(row.text), row.expected) << row.text;
  }
}

TEST(Number, PrintsZerosForDigitsThatItDoesNotHold) {
  EXPECT_EQ(printed("1" + std::string(180, '2')),
            "1" + std::string(153, '2') + "3" + std::string(26, '0'));
  EXPECT_EQ(printed("1e300"), "1" + std::string(300, '0'));
}

TEST(Number, ReadsWhatTheOriginalConvertsFromStrings) {
  EXPECT_EQ(printed("+5"), "5");
  EXPECT_EQ(printed(".5"), "0.5");
  EXPECT_EQ(printed("5."), "5");
  EXPECT_EQ(printed("-.5e1"), "-5");
}

TEST(Number, ReadsNothingElse) {
  for (const char* text : {"", "-", ".", "e5", "1e", "1e+", "1e5.5", "1.2.3", "1,5", " 1", "1 ",
                           "0x10", "1_000", "--1", "one", "Inf", "NaN", "1p3"}) {
    EXPECT_EQ(printed(text), "none") << text;
  }
}

TEST(Number, RefusesMagnitudesThatWouldTakeMuchMemoryToPrint) {
  EXPECT_EQ(printed("1e1233").size(), 1234U);
  EXPECT_EQ(printed("1e1234"), "none");
  EXPECT_EQ(printed("1e1000000000"), "none");
  EXPECT_EQ(printed("-1e1000000000"), "none");
  EXPECT_EQ(printed("1e-1000000000"), "none");
  EXPECT_EQ(printed("1e99999999999999999999999"), "none");
  EXPECT_EQ(printed("1e-99999999999999999999999"), "none");
  EXPECT_EQ(printed("0e1000000000"), "0");
}

TEST(Number, ComputesWith512Bits) {
  const std::string third = "0." + std::string(154, '3') + "5";
  EXPECT_EQ(computed("1", '/', "3"), third);
  EXPECT_EQ(computed("2", '/', "3"), "0." + std::string(153, '6') + "7");
  EXPECT_EQ(computed("0.1", '+', "0.2"), "0.3");
  EXPECT_EQ(computed("0.1", '*', "3"), "0.3");
  EXPECT_EQ(computed("1", '-', "0.9"), "0.1" + std::string(153, '0') + "3");
  EXPECT_EQ(computed("99999999999999999999", '*', "99999999999999999999"),
            "9999999999999999999800000000000000000001");
}

TEST(Number, TakesTheRemainderWithTheSignOfTheDividend) {
  EXPECT_EQ(computed("7", '%', "3"), "1");
  EXPECT_EQ(computed("-7", '%', "3"), "-1");
  EXPECT_EQ(computed("7", '%', "-3"), "1");
  EXPECT_EQ(computed("5", '%', "0"), "5");
  EXPECT_EQ(computed("5.5", '%', "2"), "1.5");
  EXPECT_EQ(computed("-4", '%', "2"), "0");
  EXPECT_EQ(computed("-0", '%', "2"), "-0");
  EXPECT_EQ(computed("-0", '%', "-2"), "0");
}

TEST(Number, GivesInfinityForADivisionByZero) {
  EXPECT_EQ(computed("1", '/', "0"), "+Inf");
  EXPECT_EQ(computed("-1", '/', "0"), "-Inf");
  EXPECT_EQ(computed("0", '/', "0"), "none");
}

TEST(Number, HasNoAnswerWhereThereIsNone) {
  const Number infinity = *Number::divide(Number(1), Number(0));
  EXPECT_FALSE(Number::subtract(infinity, infinity));
  EXPECT_FALSE(Number::add(infinity, -infinity));
  EXPECT_FALSE(Number::multiply(infinity, Number(0)));
  EXPECT_FALSE(Number::divide(infinity, infinity));
  EXPECT_FALSE(Number::modulo(infinity, Number(3)));
  EXPECT_EQ(Number::modulo(infinity, Number(0)), infinity);
  EXPECT_FALSE(Number::modulo(Number(3), infinity));
}

TEST(Number, BecomesInfiniteOrZeroBeyondTheLimits) {
  EXPECT_EQ(computed("1e1000", '*', "1e1000"), "+Inf");
  EXPECT_EQ(computed("-1e1000", '*', "1e1000"), "-Inf");
  EXPECT_EQ(computed("1e-1000", '*', "1e-1000"), "0");
}

TEST(Number, KnowsWholeNumbers) {
  EXPECT_TRUE(Number::parse("5.0")->is_integer());
  EXPECT_FALSE(Number::parse("5.5")->is_integer());
  EXPECT_FALSE(Number::divide(Number(1), Number(0))->is_integer());
  EXPECT_EQ(Number::parse("-9223372036854775808")->to_int64(), INT64_MIN);
  EXPECT_EQ(Number::parse("9223372036854775807")->to_int64(), INT64_MAX);
  EXPECT_EQ(Number::parse("9223372036854775808")->to_int64(), std::nullopt);
  EXPECT_EQ(Number::parse("0.5")->to_int64(), std::nullopt);
}

TEST(Number, GivesWholeNumbersThatNoDoubleIsExactFor) {
  EXPECT_EQ(Number::parse("9007199254740991")->to_int64(), 9007199254740991);
  EXPECT_EQ(Number::parse("9007199254740993")->to_int64(), 9007199254740993);
  EXPECT_EQ(Number::parse("-9007199254740993")->to_int64(), -9007199254740993);
  EXPECT_EQ(Number::parse("1e-1000")->to_int64(), std::nullopt);
  EXPECT_EQ(Number::parse("1e1000")->to_int64(), std::nullopt);
}

TEST(Number, ComparesByValue) {
  EXPECT_EQ(*Number::parse("1.0"), Number(1));
  EXPECT_EQ(*Number::parse("-0"), Number(0));
  EXPECT_LT(Number(-1), Number(1));
  EXPECT_GT(*Number::divide(Number(1), Number(0)), *Number::parse("1e1233"));
}

TEST(Number, ReadsWholeNumbersInAnyBase) {
  struct Row {
    std::string text;
    int base;
    std::string expected;
  };
  const std::vector<Row> rows = {
      {"ff", 16, "255"},    {"-FF", 16, "-255"},
      {"+12", 10, "12"},    {"z", 36, "35"},
      {"z", 62, "35"},      {"Z", 62, "61"},
      {"inf", 36, "24171"}, {"1010", 2, "10"},
      {"12", 2, "none"},    {"0x1f", 16, "none"},
      {"", 10, "none"},     {"-", 10, "none"},
      {"1.5", 10, "none"},  {std::string(2000, '9'), 10, "none"},
  };
  for (const Row& row : rows) {
    const std::optional<Number> number = Number::parse_integer(row.text, row.base);
    EXPECT_EQ(number ? number->to_string() : "none", row.expected) << row.text;
  }
}

TEST(Number, KeepsThePrecisionOfADouble) {
  const Number root = *Number::from_double(1.4142135623730951);
  EXPECT_EQ(root.to_string(), "1.4142135623730951");
  EXPECT_EQ((-root).to_string(), "-1.4142135623730951");
  EXPECT_EQ(root.print('f', 52), "1.4142135623730951454746218587388284504413604736328125");
  EXPECT_EQ(Number::add(root, *Number::parse("0"))->to_string(),
            "1.4142135623730951454746218587388284504413604736328125");
  EXPECT_EQ(root.to_double(), 1.4142135623730951);
  EXPECT_FALSE(Number::from_double(std::nan("")));
  EXPECT_FALSE(Number::parse("1e400")->to_double());
}

TEST(Number, IsWrittenInOtherBases) {
  EXPECT_EQ(Number::parse("255")->to_string_in_base(16), "ff");
  EXPECT_EQ(Number::parse("-5")->to_string_in_base(2), "-101");
  EXPECT_EQ(Number(0).to_string_in_base(8), "0");
}

TEST(Number, IsRoundedToWholeNumbers) {
  EXPECT_EQ(Number::parse("-1.5")->floor().to_string(), "-2");
  EXPECT_EQ(Number::parse("-1.5")->ceil().to_string(), "-1");
  EXPECT_EQ(Number::parse("-1.5")->abs().to_string(), "1.5");
  EXPECT_EQ(Number::parse("-1.5")->sign(), -1);
  EXPECT_EQ(Number(0).sign(), 0);
}

TEST(Number, HasThePrecisionOfWhereItComesFrom) {
  const Number one(1);
  const Number three(3);
  const auto digits = [](const std::optional<Number>& number) {
    return number->to_string().size();
  };
  EXPECT_EQ(Number::divide(one, three)->to_string(), "0.33333333333333333334");
  EXPECT_EQ(digits(Number::divide(one, *Number::parse("3"))),
            digits(Number::divide(*Number::parse("1"), *Number::parse("3"))));
  EXPECT_EQ(
      Number::divide(*Number::parse_integer("1", 10), *Number::parse_integer("11", 2))->to_string(),
      "0.33333333333333333334");
  EXPECT_EQ(Number::parse_integer("123456789012345678901", 10)->to_string(),
            "123456789012345678901");
  EXPECT_EQ(Number::modulo(Number(2), *Number::parse("1.5e-7"))->to_string(),
            "0.0000000500000000000283204");
}

TEST(Number, EqualsWhatHasTheSameText) {
  EXPECT_EQ(*Number::from_double(std::sqrt(2.0)), *Number::parse("1.4142135623730951"));
  EXPECT_NE(*Number::from_double(std::sqrt(2.0)), *Number::parse("1.4142135623730952"));
  EXPECT_NE(*Number::from_double(std::sqrt(2.0)), *Number::parse("-1.4142135623730951"));
  EXPECT_EQ(Number(0), *Number::parse("-0"));
  EXPECT_EQ(Number(7), *Number::parse("7"));
  EXPECT_NE(Number(7), *Number::parse("8"));
}

TEST(Number, RoundsToAZeroWithoutASign) {
  EXPECT_EQ(Number::parse("-0.1")->ceil().to_string(), "0");
  EXPECT_EQ(Number::parse("-0")->floor().to_string(), "0");
}

}  // namespace
