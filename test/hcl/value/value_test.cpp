#include "hcl/value/value.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using hcl::Elements;
using hcl::Members;
using hcl::Number;
using hcl::to_hcl;
using hcl::Type;
using hcl::Value;

Value number(std::int64_t value) {
  return Value::number(Number(value));
}

Value minus_zero() {
  return Value::number(-Number(0));
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

TEST(Value, KnowsItsType) {
  EXPECT_EQ(Value().type(), Type::any());
  EXPECT_EQ(Value::null(Type::list(Type::string())).type().constraint(), "list(string)");
  EXPECT_EQ(Value::unknown(Type::number()).type(), Type::number());
  EXPECT_EQ(Value::list(Type::number(), {number(1)}).type().constraint(), "list(number)");
  EXPECT_EQ(Value::map(Type::any(), {}).type().constraint(), "map(any)");
  EXPECT_EQ(Value::tuple({number(1), Value::object({{"a", Value()}})}).type().constraint(),
            "tuple([number, object({a=any})])");
  EXPECT_EQ(Value::set(Type::string(), {}).kind(), hcl::TypeKind::set);
  EXPECT_EQ(Value::null(Type::map(Type::any())).kind(), hcl::TypeKind::map);
}

TEST(Value, ComparesTypesBeforeContents) {
  const Elements elements{number(1)};
  EXPECT_NE(Value::list(Type::number(), elements), Value::tuple(elements));
  EXPECT_NE(Value::list(Type::number(), elements), Value::set(Type::number(), elements));
  EXPECT_EQ(Value::list(Type::number(), elements), Value::list(Type::number(), elements));
  EXPECT_NE(Value::list(Type::number(), {}), Value::list(Type::string(), {}));
  EXPECT_NE(Value::map(Type::number(), {{"a", number(1)}}), Value::object({{"a", number(1)}}));
  EXPECT_EQ(Value::null(Type::string()), Value());
  EXPECT_NE(Value::tuple({Value::null(Type::string())}), Value::tuple({Value()}));
  EXPECT_EQ(Value::unknown(Type::string()), Value::unknown(Type::string()));
  EXPECT_EQ(number(1).marked_sensitive(), number(1));
}

TEST(Value, OfASetIsInOrderAndHasNoDuplicates) {
  const auto set = [](const Type& element, Elements elements) {
    return to_hcl(Value::set(element, std::move(elements)));
  };
  const auto text = [](std::string_view value) { return Value::string(value); };
  EXPECT_EQ(set(Type::string(), {text("b"), text("a"), text("é"), text("B"), text("a")}),
            R"(["B", "a", "b", "é"])");
  EXPECT_EQ(set(Type::number(), {number(10), number(9), number(-1), number(9)}), "[-1, 9, 10]");
  EXPECT_EQ(set(Type::number(), {number(0), minus_zero()}), "[0]");
  EXPECT_EQ(set(Type::boolean(), {Value::boolean(true), Value::boolean(false)}), "[false, true]");
  EXPECT_EQ(set(Type::string(), {Value::null(Type::string()), text("a"), Value::unknown(),
                                 Value::null(Type::string())}),
            R"(["a", (unknown), null])");
  const Type pair = Type::tuple({Type::number(), Type::string()});
  EXPECT_EQ(set(pair, {Value::tuple({number(2), text("a")}), Value::tuple({number(10), text("a")}),
                       Value::tuple({number(2), text("a")})}),
            R"([[10, "a"], [2, "a"]])");
  EXPECT_EQ(
      set(Type::tuple({Type::number()}),
          {Value::tuple({number(0)}), Value::tuple({number(-1)}), Value::tuple({minus_zero()})}),
      "[[-1], [0]]");
  const auto object = [&](std::string_view name) {
    return Value::object({{"a", text("x")}, {"name", text(name)}});
  };
  EXPECT_EQ(set(object("").type(), {object("b"), object("a"), object("b")}),
            R"([{ a = "x", name = "a" }, { a = "x", name = "b" }])");
}

TEST(Value, KeepsTextApartInTheOrderOfASet) {
  // Texts that hold what separates parts are different all the same.
  const auto pair = [](std::string_view a, std::string_view b) {
    return Value::tuple({Value::string(a), Value::string(b)});
  };
  const Value set = Value::set(pair("", "").type(), {pair("a\";\"b", "c"), pair("a", "b\";\"c")});
  EXPECT_EQ(set.as_elements()->size(), 2U);
}

TEST(Value, IsAsSensitiveAsItsOrigin) {
  const Value secret = Value::string("hunter").marked_sensitive();
  const Value holder = Value::tuple({secret});
  EXPECT_TRUE(secret.is_sensitive());
  EXPECT_FALSE(holder.is_sensitive());
  EXPECT_TRUE(holder.holds_sensitive());
  EXPECT_TRUE(Value::object({{"a", holder}}).holds_sensitive());
  EXPECT_FALSE(number(1).holds_sensitive());
  EXPECT_TRUE(number(1).marked_like(holder).is_sensitive());
  EXPECT_FALSE(number(1).marked_like(number(2)).is_sensitive());
  EXPECT_TRUE(number(1).marked_as_part_of(secret).is_sensitive());
  EXPECT_FALSE(number(1).marked_as_part_of(holder).is_sensitive());
  EXPECT_FALSE(secret.marked_sensitive(false).is_sensitive());
  EXPECT_TRUE(Value::set(Type::string(), {secret}).is_sensitive());
  EXPECT_FALSE(Value::list(Type::string(), {secret}).is_sensitive());
}

TEST(ToHcl, HidesWhatIsSensitive) {
  const Value secret = Value::string("hunter").marked_sensitive();
  EXPECT_EQ(to_hcl(secret), "(sensitive)");
  EXPECT_EQ(to_hcl(Value::object({{"a", Value::tuple({number(1), secret})}})),
            "{ a = [1, (sensitive)] }");
  EXPECT_EQ(to_hcl(Value::null(Type::string()).marked_sensitive()), "(sensitive)");
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
