#include "hcl/value/convert.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using hcl::Number;
using hcl::Value;

std::string shown(const std::optional<Value>& value) {
  return value ? to_hcl(*value) : "none";
}

TEST(Convert, MakesStringsOfNumbersAndBools) {
  EXPECT_EQ(shown(to_string(Value::number(*Number::parse("1e-7")))), R"("0.0000001")");
  EXPECT_EQ(shown(to_string(Value::boolean(true))), R"("true")");
  EXPECT_EQ(shown(to_string(Value::string("a"))), R"("a")");
}

TEST(Convert, MakesNumbersOfStringsThatHoldOne) {
  EXPECT_EQ(shown(to_number(Value::string("80"))), "80");
  EXPECT_EQ(shown(to_number(Value::string("1e3"))), "1000");
  EXPECT_EQ(shown(to_number(Value::string(" 80"))), "none");
  EXPECT_EQ(shown(to_number(Value::string(""))), "none");
  EXPECT_EQ(shown(to_number(Value::boolean(true))), "none");
}

TEST(Convert, MakesBoolsOfFourStrings) {
  EXPECT_EQ(shown(to_bool(Value::string("true"))), "true");
  EXPECT_EQ(shown(to_bool(Value::string("1"))), "true");
  EXPECT_EQ(shown(to_bool(Value::string("false"))), "false");
  EXPECT_EQ(shown(to_bool(Value::string("0"))), "false");
  EXPECT_EQ(shown(to_bool(Value::string("True"))), "none");
  EXPECT_EQ(shown(to_bool(Value::string("yes"))), "none");
  EXPECT_EQ(shown(to_bool(Value::number(Number(1)))), "none");
}

TEST(Convert, KeepsNullAndUnknown) {
  EXPECT_EQ(shown(to_string(Value())), "null");
  EXPECT_EQ(shown(to_number(Value())), "null");
  EXPECT_EQ(shown(to_bool(Value())), "null");
  EXPECT_EQ(shown(to_string(Value::unknown())), "(unknown)");
  EXPECT_EQ(shown(to_number(Value::unknown())), "(unknown)");
  EXPECT_EQ(shown(to_bool(Value::unknown())), "(unknown)");
}

TEST(Convert, LeavesCollectionsAlone) {
  EXPECT_EQ(shown(to_string(Value::tuple({}))), "none");
  EXPECT_EQ(shown(to_number(Value::object({}))), "none");
  EXPECT_EQ(shown(to_bool(Value::tuple({}))), "none");
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
  EXPECT_EQ(gathered(map, Value::object({{"a", inner}, {"b", Value()}})), "map(any)");
}

}  // namespace
