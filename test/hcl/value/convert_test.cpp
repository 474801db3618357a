#include "hcl/value/convert.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "hcl/value/values.h"

namespace {

using namespace values;
using hcl::Number;
using hcl::Value;

std::string converted(const std::optional<Value>& value) {
  return value ? to_hcl(*value) : "none";
}

struct Row {
  std::string json;
  hcl::Type type;
  std::string expected;
};

/// The converted value and its type, or the path and message of the error.
std::string converted(const Value& value, const hcl::Type& type) {
  const auto result = convert(value, type);
  return result ? values::shown(*result) : result.error().path + ": " + result.error().message;
}

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(converted(json(row.json), row.type), row.expected)
        << row.json << " as " << row.type.constraint();
  }
}

TEST(Convert, MakesStringsOfNumbersAndBools) {
  EXPECT_EQ(converted(to_string(Value::number(*Number::parse("1e-7")))), R"("0.0000001")");
  EXPECT_EQ(converted(to_string(Value::boolean(true))), R"("true")");
  EXPECT_EQ(converted(to_string(Value::string("a"))), R"("a")");
}

TEST(Convert, MakesNumbersOfStringsThatHoldOne) {
  EXPECT_EQ(converted(to_number(Value::string("80"))), "80");
  EXPECT_EQ(converted(to_number(Value::string("1e3"))), "1000");
  EXPECT_EQ(converted(to_number(Value::string(" 80"))), "none");
  EXPECT_EQ(converted(to_number(Value::string(""))), "none");
  EXPECT_EQ(converted(to_number(Value::boolean(true))), "none");
}

TEST(Convert, MakesBoolsOfFourStrings) {
  EXPECT_EQ(converted(to_bool(Value::string("true"))), "true");
  EXPECT_EQ(converted(to_bool(Value::string("1"))), "true");
  EXPECT_EQ(converted(to_bool(Value::string("false"))), "false");
  EXPECT_EQ(converted(to_bool(Value::string("0"))), "false");
  EXPECT_EQ(converted(to_bool(Value::string("True"))), "none");
  EXPECT_EQ(converted(to_bool(Value::string("yes"))), "none");
  EXPECT_EQ(converted(to_bool(Value::number(Number(1)))), "none");
}

TEST(Convert, KeepsNullAndUnknown) {
  EXPECT_EQ(converted(to_string(Value())), "null");
  EXPECT_EQ(converted(to_number(Value())), "null");
  EXPECT_EQ(converted(to_bool(Value())), "null");
  EXPECT_EQ(converted(to_string(Value::unknown())), "(unknown)");
  EXPECT_EQ(converted(to_number(Value::unknown())), "(unknown)");
  EXPECT_EQ(converted(to_bool(Value::unknown())), "(unknown)");
}

TEST(Convert, LeavesCollectionsAlone) {
  EXPECT_EQ(converted(to_string(Value::tuple({}))), "none");
  EXPECT_EQ(converted(to_number(Value::object({}))), "none");
  EXPECT_EQ(converted(to_bool(Value::tuple({}))), "none");
}

/// The parts as a collection of any type, or what is wrong with them.
std::string gathered(hcl::Type collection, Value parts) {
  const auto converted = convert(parts, collection);
  return converted ? converted->type().constraint() : converted.error().message;
}

TEST(Convert, GathersPartsThatHaveATypeInCommon) {
  const hcl::Type list = hcl::Type::list(hcl::Type::any());
  const hcl::Type map = hcl::Type::map(hcl::Type::any());
  const Value one = Value::number(Number(1));
  const Value inner = Value::tuple({one});
  const std::string none = "all parts must have one type, and these have none in common";
  EXPECT_EQ(gathered(list, Value::tuple({one, Value::string("a")})), "list(string)");
  EXPECT_EQ(gathered(list, Value::tuple({one, Value()})), "list(number)");
  EXPECT_EQ(gathered(list, Value::tuple({Value(), Value()})), "list(any)");
  EXPECT_EQ(gathered(list, Value::tuple({one, inner})), none);
  EXPECT_EQ(gathered(list, Value::tuple({Value(), inner})), none);
  EXPECT_EQ(gathered(map, Value::object({{"a", one}, {"b", Value::object({})}})), none);
  EXPECT_EQ(gathered(map, Value::object({{"a", one}, {"b", inner}, {"c", Value()}})), none);
  EXPECT_EQ(gathered(map, Value::object({{"a", inner}, {"b", Value()}})), "map(tuple([number]))");
}

TEST(ConvertToType, ConvertsPrimitives) {
  check({{"80", string, R"("80" : string)"},
         {R"("80")", number, "80 : number"},
         {"true", string, R"("true" : string)"},
         {R"("0")", boolean, "false : bool"},
         {"80", any, "80 : number"},
         {"80", boolean, ": a bool is needed, not a number"},
         {"true", number, ": a number is needed, not a bool"},
         {R"("a")", number, ": a number is needed, and this string does not hold one"},
         {R"("True")", boolean,
          R"(: a bool is needed, and this string is neither "true" nor "false")"},
         {"[]", string, ": a string is needed, not a tuple"}});
}

TEST(ConvertToType, MakesListsAndSetsOfTuples) {
  check(
      {{R"([1, "a"])", list(string), R"(["1", "a"] : list(string))"},
       {R"([1, "a"])", list(any), R"(["1", "a"] : list(string))"},
       {R"(["b", "a", "b"])", set(string), R"(["a", "b"] : set(string))"},
       {R"([1, "1"])", set(any), R"(["1"] : set(string))"},
       {"[]", list(number), "[] : list(number)"},
       {"[]", list(any), "[] : list(any)"},
       {"[null, 1]", list(any), "[null, 1] : list(number)"},
       {"[[1], [\"a\"]]", list(any), R"([["1"], ["a"]] : list(tuple([string])))"},
       {"[[1, 2], [\"a\"]]", list(any), R"([["1", "2"], ["a"]] : list(list(string)))"},
       {"[[1], [\"a\"]]", list(list(any)), R"([["1"], ["a"]] : list(list(string)))"},
       {R"([{"a": 1}, {}])", list(any), "[{ a = 1 }, {}] : list(map(number))"},
       {"[1, true]", list(any), ": all parts must have one type, and these have none in common"},
       {R"([1, "x"])", list(number), "[1]: a number is needed, and this string does not hold one"},
       {R"({"a": 1})", list(any), ": a list of any type is needed, not an object"},
       {R"("a")", list(string), ": a list of string is needed, not a string"}});
}

TEST(ConvertToType, MakesMapsOfObjects) {
  check({{R"({"a": 1, "b": "x"})", map(string), R"({ a = "1", b = "x" } : map(string))"},
         {R"({"a": 1, "b": "x"})", map(any), R"({ a = "1", b = "x" } : map(string))"},
         {"{}", map(any), "{} : map(any)"},
         {R"({"x": {"a": 1}, "y": {"a": "s"}})", map(any),
          R"({ x = { a = "1" }, y = { a = "s" } } : map(object({a=string})))"},
         {R"({"a": 1, "b": []})", map(any),
          ": all parts must have one type, and these have none in common"},
         {R"({"a": 1, "b": []})", map(number), R"(["b"]: a number is needed, not a tuple)"},
         {"[1]", map(number), ": a map of number is needed, not a tuple"}});
}

TEST(ConvertToType, FitsObjectsAndTuples) {
  check({{R"({"a": 1, "c": 2})", object({{"a", {string}}}), R"({ a = "1" } : object({a=string}))"},
         {R"({"a": 1})", object({{"a", {number}}, {"b", optional(list(string))}}),
          "{ a = 1, b = null } : object({a=number, b=list(string)})"},
         {R"({"a": 1})", object({{"a", {any}}}), "{ a = 1 } : object({a=number})"},
         {R"({"a": 1})", object({{"b", {number}}}), R"(: the attribute "b" is missing)"},
         {R"({"a": {"b": ["x"]}})", object({{"a", {object({{"b", {list(number)}}})}}}),
          ".a.b[0]: a number is needed, and this string does not hold one"},
         {R"([1, "2"])", tuple({string, number}), R"(["1", 2] : tuple([string, number]))"},
         {"[1]", tuple({string, number}), ": a tuple of 2 elements is needed, not 1"},
         {"[1, 2]", tuple({number, list(number)}), "[1]: a list of number is needed, not a number"},
         {"[1]", object({}), ": an object is needed, not a tuple"}});
}

TEST(ConvertToType, ConvertsCollectionsIntoEachOther) {
  const Value numbers = json("[2, 1, 2]", list(number));
  EXPECT_EQ(converted(numbers, list(string)), R"(["2", "1", "2"] : list(string))");
  EXPECT_EQ(converted(numbers, set(any)), "[1, 2] : set(number)");
  EXPECT_EQ(converted(json(R"(["b", "a"])", set(string)), list(any)),
            R"(["a", "b"] : list(string))");
  EXPECT_EQ(converted(numbers, tuple({number, number, number})),
            ": a tuple is needed, not a list of number");
  const Value ports = json(R"({"a": 1, "b": 2})", map(number));
  EXPECT_EQ(converted(ports, map(string)), R"({ a = "1", b = "2" } : map(string))");
  EXPECT_EQ(converted(ports, object({{"a", {string}}, {"z", optional(number)}})),
            R"({ a = "1", z = null } : object({a=string, z=number}))");
  EXPECT_EQ(converted(ports, object({{"c", {number}}})), R"(: the attribute "c" is missing)");
  EXPECT_EQ(converted(ports, object({{"a", {list(number)}}})),
            ".a: a list of number is needed, not a number");
  EXPECT_EQ(converted(json("[]", list(number)), list(string)), "[] : list(string)");
  EXPECT_EQ(converted(json("[]", list(any)), list(string)), "[] : list(string)");
}

TEST(ConvertToType, ClosesWhatTheCommonTypeLeavesOpen) {
  const Value empty = json("[]", list(any));
  const Value one = json("[1]");
  EXPECT_EQ(converted(Value::tuple({Value(), empty, one}), list(any)),
            "[null, [], [1]] : list(list(number))");
  EXPECT_EQ(converted(Value::tuple({one, json("[]")}), list(list(any))),
            "[[1], []] : list(list(number))");
  EXPECT_EQ(converted(Value::object({{"a", one}, {"b", Value()}}), map(any)),
            "{ a = [1], b = null } : map(tuple([number]))");
  EXPECT_EQ(converted(Value::tuple({one, Value()}), list(any)),
            ": all parts must have one type, and these have none in common");
}

TEST(ConvertToType, GivesNullAndUnknownTheType) {
  check({{"null", list(string), "null : list(string)"},
         {"null", any, "null : any"},
         {"[null]", list(number), "[null] : list(number)"},
         {"null", object({{"a", optional(string)}}), "null : object({a=string})"}});
  EXPECT_EQ(converted(Value::null(list(number)), set(any)), "null : set(number)");
  EXPECT_EQ(converted(Value::null(list(number)), string),
            ": a string is needed, not a list of number");
  EXPECT_EQ(converted(Value::unknown(number), string), "(unknown) : string");
  EXPECT_EQ(converted(Value::unknown(), list(string)), "(unknown) : list(string)");
}

TEST(ConvertToType, KeepsWhatIsSensitive) {
  const Value secret = Value::string("hunter").marked_sensitive();
  EXPECT_EQ(converted(Value::tuple({secret}), list(string)), "[(sensitive)] : list(string)");
  EXPECT_TRUE(convert(Value::tuple({secret}), list(string))->holds_sensitive());
  EXPECT_FALSE(convert(Value::tuple({secret}), list(string))->is_sensitive());
  EXPECT_TRUE(convert(Value::tuple({secret}), set(string))->is_sensitive());
  EXPECT_EQ(converted(json("[1]").marked_sensitive(), list(string)), "(sensitive) : list(string)");
}

TEST(ConvertToType, TellsNoPathThroughWhatIsSensitive) {
  const Value hidden = json(R"({"hunter": "x"})").marked_sensitive();
  EXPECT_EQ(converted(hidden, map(number)),
            ": a number is needed, and this string does not hold one");
  EXPECT_EQ(converted(Value::object({{"a", hidden}}), object({{"a", {map(number)}}})),
            ".a: a number is needed, and this string does not hold one");
}

TEST(IsConvertible, GoesByTypesAlone) {
  struct Case {
    hcl::Type from;
    hcl::Type to;
    bool is_safe;
    bool is_unsafe;
  };
  const std::vector<Case> cases = {
      {number, string, true, true},
      {string, number, false, true},
      {number, boolean, false, false},
      {any, string, false, true},
      {string, any, true, true},
      {list(number), list(string), true, true},
      {list(number), set(number), false, true},
      {set(number), list(number), true, true},
      {tuple({number, string}), list(any), true, true},
      {tuple({number, boolean}), list(any), false, false},
      {tuple({number}), tuple({number, number}), false, false},
      {object({{"a", {number}}}), object({}), true, true},
      {object({}), object({{"a", optional(number)}}), true, true},
      {object({}), object({{"a", {number}}}), false, false},
      {map(number), object({{"a", {string}}}), false, true},
      {object({{"a", {number}}}), map(string), true, true},
      {map(number), list(number), false, false},
  };
  for (const Case& each : cases) {
    const std::string name = each.from.constraint() + " to " + each.to.constraint();
    EXPECT_EQ(is_convertible(each.from, each.to, hcl::Safety::safe), each.is_safe) << name;
    EXPECT_EQ(is_convertible(each.from, each.to, hcl::Safety::unsafe), each.is_unsafe) << name;
  }
}

}  // namespace
