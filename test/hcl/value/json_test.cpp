#include "hcl/value/json.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hcl/value/values.h"

namespace {

using namespace values;

struct JsonRow {
  std::string text;
  std::string expected;
};

TEST(FromJson, ReadsEveryKindOfValue) {
  const std::vector<JsonRow> rows = {
      {"null", "null : any"},
      {" true ", "true : bool"},
      {"80", "80 : number"},
      {"-0.5e1", "-5 : number"},
      {R"("a\n\u00e9\ud83d\ude00")", "\"a\\né😀\" : string"},
      {R"("e\u0301")", "\"é\" : string"},
      {"[]", "[] : tuple([])"},
      {R"([1, "a", [null]])", R"([1, "a", [null]] : tuple([number, string, tuple([any])]))"},
      {"{}", "{} : object({})"},
      {R"({"b": 1, "a": {}})", "{ a = {}, b = 1 } : object({a=object({}), b=number})"},
      {R"({"a": 1, "a": 2})", R"({ a = 2 } : object({a=number}))"},
      {R"("\ud800\u0041 \\ud800 \udc00")", "\"�A \\\\ud800 �\" : string"},
  };
  for (const JsonRow& row : rows) {
    EXPECT_EQ(shown(json(row.text)), row.expected) << row.text;
  }
}

TEST(FromJson, KeepsTheDigitsOfNumbers) {
  for (const std::string text :
       {"123456789012345678901234567890", "0.123456789012345678901234567890123456789",
        "18446744073709551615", "-9223372036854775808", "9223372036854775808"}) {
    EXPECT_EQ(to_hcl(json(text)), text);
  }
}

TEST(FromJson, ReadsNumbersBeyondADouble) {
  const std::string zeros(399, '0');
  EXPECT_EQ(json("1e399").as_number()->to_string(), "1" + zeros);
  EXPECT_EQ(json("-1e399").as_number()->to_string(), "-1" + zeros);
  EXPECT_EQ(json("1e-400").as_number()->to_string(), "0." + zeros + "1");
}

TEST(FromJson, RefusesNumbersThatAreOutOfRange) {
  for (const std::string text : {"1e1300", "-1e1300", "1e-1300", "1e99999", "1e-99999"}) {
    const auto value = hcl::from_json(text);
    ASSERT_FALSE(value.has_value()) << text;
    EXPECT_EQ(value.error().message, "the number " + text + " is out of range");
  }
}

TEST(FromJson, SaysWhereTheTextIsWrong) {
  struct Case {
    std::string text;
    std::size_t offset;
  };
  for (const Case& each : {Case{"", 0}, Case{"[1, ]", 4}, Case{"{\"a\" 1}", 5}, Case{"1 2", 2},
                           Case{"\"a", 2}, Case{"nul", 3}, Case{"[1e99999]", 7}}) {
    const auto value = hcl::from_json(each.text);
    ASSERT_FALSE(value.has_value()) << each.text;
    EXPECT_EQ(value.error().offset, each.offset) << each.text << ": " << value.error().message;
    EXPECT_FALSE(value.error().message.empty()) << each.text;
  }
}

TEST(FromJson, RefusesWhatIsNestedTooDeep) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(hcl::from_json(nested(1000)).has_value());
  ASSERT_FALSE(hcl::from_json(nested(1001)).has_value());
  EXPECT_EQ(hcl::from_json(nested(1'000'000)).error().message, "more than 1000 levels");
}

TEST(ToJson, WritesEveryKindOfValue) {
  const std::vector<JsonRow> rows = {
      {"null", "null"},
      {"true", "true"},
      {"1e3", "1000"},
      {"1e-7", "0.0000001"},
      {R"("a\"\\\n\t\u0001é😀")", R"("a\"\\\n\t\u0001é😀")"},
      {R"([1, "a", {}])", R"([1,"a",{}])"},
      {R"({"b": [ ], "a": null})", R"({"a":null,"b":[]})"},
  };
  for (const JsonRow& row : rows) {
    EXPECT_EQ(hcl::to_json(json(row.text)), row.expected) << row.text;
  }
  EXPECT_EQ(hcl::to_json(json(R"(["b", "a"])", set(string))), R"(["a","b"])");
  EXPECT_EQ(hcl::to_json(json(R"({"a": 1})", map(string))), R"({"a":"1"})");
}

TEST(ToJson, EscapesForHtmlWhereAsked) {
  const hcl::Value value = hcl::Value::string("<a&b>\u2028\u2029");
  EXPECT_EQ(hcl::to_json(value), "\"<a&b>\u2028\u2029\"");
  EXPECT_EQ(hcl::to_json(value, hcl::JsonEscapes::html), R"("\u003ca\u0026b\u003e\u2028\u2029")");
}

}  // namespace
