#include "hcl/value/value.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using hcl::Elements;
using hcl::Members;
using hcl::Number;
using hcl::to_hcl;
using hcl::Value;

Value number(std::int64_t value) {
  return Value::number(Number(value));
}

TEST(Value, IsNullByDefault) {
  EXPECT_TRUE(Value().is_null());
  EXPECT_EQ(Value(), Value());
}

TEST(Value, NormalisesStrings) {
  EXPECT_EQ(*Value::string("e\u0301").as_string(), "\u00e9");
  EXPECT_EQ(Value::string("e\u0301"), Value::string("\u00e9"));
}

TEST(Value, NamesItsType) {
  EXPECT_EQ(Value().type_name(), "null");
  EXPECT_EQ(Value::unknown().type_name(), "unknown value");
  EXPECT_EQ(Value::boolean(true).type_name(), "bool");
  EXPECT_EQ(number(1).type_name(), "number");
  EXPECT_EQ(Value::string("").type_name(), "string");
  EXPECT_EQ(Value::tuple({}).type_name(), "tuple");
  EXPECT_EQ(Value::object({}).type_name(), "object");
}

TEST(Value, EqualsValuesOfItsTypeAndContents) {
  const Value a = Value::tuple({number(1), Value::object({{"a", Value::string("x")}})});
  const Value b = Value::tuple({number(1), Value::object({{"a", Value::string("x")}})});
  const Value c = Value::tuple({number(1), Value::object({{"a", Value::string("y")}})});
  EXPECT_EQ(a, b);
  EXPECT_NE(a, c);
  EXPECT_NE(number(1), Value::string("1"));
  EXPECT_NE(Value(), Value::boolean(false));
  EXPECT_NE(Value::tuple({}), Value::object({}));
}

TEST(Value, KnowsWhetherAnyPartIsUnknown) {
  EXPECT_FALSE(Value::unknown().is_wholly_known());
  EXPECT_TRUE(Value::tuple({number(1)}).is_wholly_known());
  EXPECT_FALSE(Value::tuple({Value::object({{"a", Value::unknown()}})}).is_wholly_known());
}

TEST(Value, KnowsItsDepthAndSize) {
  EXPECT_EQ(number(1).depth(), 0U);
  EXPECT_EQ(Value::tuple({}).depth(), 1U);
  EXPECT_EQ(Value::tuple({Value::object({{"a", number(1)}})}).depth(), 2U);
  EXPECT_EQ(Value::string("abc").size(), 16U + 3U);
  const Value three = Value::tuple({number(1), number(2)});
  EXPECT_EQ(three.size(), 3U * 16U);
  EXPECT_EQ(Value::object({{"ab", three}, {"c", three}}).size(), 7U * 16U + 3U);
}

TEST(Value, SaturatesItsSize) {
  Value value = number(1);
  for (int i = 0; i < 100; ++i) {
    value = Value::tuple({value, value});
  }
  EXPECT_EQ(value.size(), UINT64_MAX);
}

TEST(ToHcl, ShowsEachType) {
  EXPECT_EQ(to_hcl(Value()), "null");
  EXPECT_EQ(to_hcl(Value::unknown()), "(unknown)");
  EXPECT_EQ(to_hcl(Value::boolean(false)), "false");
  EXPECT_EQ(to_hcl(number(80)), "80");
  EXPECT_EQ(to_hcl(Value::string("a \"b\"\n")), R"("a \"b\"\n")");
  EXPECT_EQ(to_hcl(Value::string("${a} %{b} $5")), R"("$${a} %%{b} $5")");
  EXPECT_EQ(to_hcl(Value::tuple({})), "[]");
  EXPECT_EQ(to_hcl(Value::tuple({number(1), Value::string("a")})), R"([1, "a"])");
  EXPECT_EQ(to_hcl(Value::object({})), "{}");
  EXPECT_EQ(to_hcl(Value::object({{"b c", number(2)}, {"a-1", number(1)}})),
            R"({ a-1 = 1, "b c" = 2 })");
}

TEST(ToHcl, CutsLongValues) {
  EXPECT_EQ(to_hcl(Value::string("0123456789"), 5), R"("01234…")");
  EXPECT_EQ(to_hcl(Value::string("äöü"), 3), R"("ä…")");
  EXPECT_EQ(to_hcl(Value::tuple(Elements(100, number(12))), 10), "[12, 12, 12, …]");
  EXPECT_EQ(to_hcl(Value::object({{"a", number(1)}, {"b", number(2)}, {"c", number(3)}}), 8),
            "{ a = 1, … }");
}

TEST(ToHcl, DoesNotVisitWhatItDoesNotShow) {
  Value value = number(1);
  for (int i = 0; i < 900; ++i) {
    value = Value::tuple({value, value});
  }
  EXPECT_LT(to_hcl(value, 20).size(), 2000U);
}

}  // namespace
