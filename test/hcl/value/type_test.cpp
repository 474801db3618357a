#include "hcl/value/type.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hcl/value/values.h"

namespace {

using namespace values;

TEST(Type, IsNamedForMessagesAndForConstraints) {
  struct Row {
    hcl::Type type;
    std::string name;
    std::string constraint;
  };
  const std::vector<Row> rows = {
      {hcl::Type(), "any type", "any"},
      {boolean, "bool", "bool"},
      {number, "number", "number"},
      {string, "string", "string"},
      {list(string), "list of string", "list(string)"},
      {set(list(number)), "set of list of number", "set(list(number))"},
      {map(any), "map of any type", "map(any)"},
      {tuple({}), "tuple", "tuple([])"},
      {tuple({string, any}), "tuple", "tuple([string, any])"},
      {object({}), "object", "object({})"},
      {object({{"b", {string}}, {"a", optional(list(any))}}), "object",
       "object({a=optional(list(any)), b=string})"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(row.type.name(), row.name);
    EXPECT_EQ(row.type.constraint(), row.constraint);
  }
}

TEST(Type, EqualsTypesOfItsShape) {
  EXPECT_EQ(list(string), list(string));
  EXPECT_EQ(list(string).hash(), list(string).hash());
  EXPECT_EQ(object({{"a", {tuple({number})}}}), object({{"a", {tuple({number})}}}));
  EXPECT_NE(list(string), set(string));
  EXPECT_NE(list(string), list(any));
  EXPECT_NE(tuple({string}), tuple({string, string}));
  EXPECT_NE(tuple({}), object({}));
  EXPECT_NE(object({{"a", {number}}}), object({{"b", {number}}}));
  EXPECT_NE(object({{"a", {number}}}), object({{"a", optional(number)}}));
}

TEST(Type, KnowsWhetherItHoldsAnyType) {
  EXPECT_TRUE(string.is_wholly_known());
  EXPECT_TRUE(tuple({}).is_wholly_known());
  EXPECT_FALSE(any.is_wholly_known());
  EXPECT_FALSE(map(list(any)).is_wholly_known());
  EXPECT_FALSE(tuple({string, any}).is_wholly_known());
  EXPECT_FALSE(object({{"a", {any}}}).is_wholly_known());
}

TEST(Type, LosesTheMarksOfOptionalAttributes) {
  const hcl::Type part = object({{"a", optional(number)}});
  EXPECT_EQ(list(tuple({map(part)})).without_optional().constraint(),
            "list(tuple([map(object({a=number}))]))");
  EXPECT_EQ(object({{"b", optional(part)}, {"c", {string}}}).without_optional().constraint(),
            "object({b=object({a=number}), c=string})");
  EXPECT_EQ(set(string).without_optional(), set(string));
}

}  // namespace
