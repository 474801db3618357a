#include "hcl/value/json.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
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

TEST(FromJson, SaysWhereAndHowTheTextIsWrong) {
  constexpr std::string_view control =
      "a string holds no line breaks, tabs or other control characters: they are written \\n, \\t "
      "or \\uXXXX";
  constexpr std::string_view escape =
      "no escape of JSON: they are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX with four "
      "hexadecimal digits";
  struct Case {
    std::string text;
    std::size_t offset;
    std::string_view message;
  };
  const std::vector<Case> cases = {
      {"", 0, "expected a value, found the end of the text"},
      {"\xEF\xBB\xBF", 3, "expected a value, found the end of the text"},
      {"[1, ]", 4, "expected a value, found \"]\""},
      {"[1 2]", 3, "expected \",\" or \"]\", found a number"},
      {"[[]", 3, "expected \",\" or \"]\", found the end of the text"},
      {"{\"a\" 1}", 5, "expected \":\", found a number"},
      {"{\"a\": 1,}", 8, "expected a name in double quotes, found \"}\""},
      {"{'a': 1}", 1, "expected a name in double quotes, found \"'\""},
      {"{a: 1}", 1, "expected a name in double quotes, found \"a\""},
      {"{\"a\": 1 \"b\": 2}", 8, "expected \",\" or \"}\", found a string"},
      {"1 2", 2, "expected the end of the text, found a number"},
      {"nul", 0, "expected a value, found \"nul\""},
      {"é", 0, "expected a value, found \"é\""},
      {"\xFF", 0, "expected a value, found \"\\xff\""},
      {"True", 0, "expected a value, found \"True\""},
      {"nullx", 4, "expected the end of the text, found \"x\""},
      {"-", 1, "expected a digit, found the end of the text"},
      {"01", 1, "expected the end of the text, found a number"},
      {".5", 0, "expected a value, found \".\""},
      {"1.x", 2, "expected a digit, found \"x\""},
      {"1e+", 3, "expected a digit, found the end of the text"},
      {"[\"a", 1, "the string that begins here has no end"},
      {"\"a\\\"", 0, "the string that begins here has no end"},
      {"\"a\nb\"", 2, control},
      {"\"\\q\"", 1, escape},
      {"\"\\u12g4\"", 1, escape},
      {"\"\\u+123\"", 1, escape},
      {"\"\\", 1, escape},
      {"\"a\xFF\"", 2, "this is not UTF-8 text"},
      {"{\"a\\q\": 1}", 3, escape},
  };
  for (const Case& each : cases) {
    const auto value = hcl::from_json(each.text);
    ASSERT_FALSE(value.has_value()) << each.text;
    EXPECT_EQ(value.error().kind, hcl::JsonError::Kind::syntax) << each.text;
    EXPECT_EQ(value.error().offset, each.offset) << each.text << ": " << value.error().message;
    EXPECT_EQ(value.error().message, each.message) << each.text;
  }
}

TEST(FromJson, SaysWhichValueCannotBeRead) {
  const auto number = hcl::from_json("[1, 1e99999]");
  ASSERT_FALSE(number.has_value());
  EXPECT_EQ(number.error().kind, hcl::JsonError::Kind::value);
  EXPECT_EQ(number.error().offset, 4U);
  const auto member = hcl::from_json(R"({"a": 1, "a": "x"})");
  ASSERT_FALSE(member.has_value());
  EXPECT_EQ(member.error().kind, hcl::JsonError::Kind::value);
  EXPECT_EQ(member.error().offset, 9U);
  EXPECT_EQ(member.error().message,
            "two members have the name \"a\", and their values are of two types");
}

TEST(FromJson, RefusesWhatIsNestedTooDeep) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(hcl::from_json(nested(1000)).has_value());
  ASSERT_FALSE(hcl::from_json(nested(1001)).has_value());
  EXPECT_EQ(hcl::from_json(nested(1'000'000)).error().message, "more than 1000 levels");
}

/// "NAME at PLACE: VALUE at PLACE" for each member, places as they stand in the text.
std::string members_of(std::string_view text) {
  std::string out;
  const hcl::Json json = hcl::read_json(text).value();
  for (const hcl::JsonMember& member : json.members) {
    const auto part = [text](diagnostic::Range range) {
      return text.substr(range.begin, range.end - range.begin);
    };
    out += fmt::format("{} at {}: {} at {}\n", member.name, part(member.name_range),
                       hcl::to_hcl(member.value), part(member.value_range));
  }
  return out;
}

TEST(ReadJson, FindsTheMembersOfTheOutermostObject) {
  EXPECT_EQ(members_of("{}"), "");
  EXPECT_EQ(members_of("\xEF\xBB\xBF { \"a\" : 1 , \"b\":null}\n"),
            "a at \"a\": 1 at 1\nb at \"b\": null at null\n");
  EXPECT_EQ(
      members_of("{\n\t\"a\": [1, {\"x\": 2}],\r\n\t\"b\": {\"a\": {}}\n}"),
      "a at \"a\": [1, { x = 2 }] at [1, {\"x\": 2}]\nb at \"b\": { a = {} } at {\"a\": {}}\n");
  EXPECT_EQ(members_of(R"({"a\u0062": "]\\", "ab": "}"})"),
            "ab at \"a\\u0062\": \"]\\\\\" at \"]\\\\\"\nab at \"ab\": \"}\" at \"}\"\n");
  EXPECT_EQ(members_of("[{\"a\": 1}]"), "");
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
