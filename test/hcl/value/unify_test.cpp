// One type for several; the results are those of the original.
#include "hcl/value/unify.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hcl/value/values.h"

namespace {

using namespace values;

struct Unified {
  std::vector<hcl::Type> types;
  std::string expected;
};

void check(const std::vector<Unified>& rows, hcl::Safety safety = hcl::Safety::unsafe) {
  for (const Unified& row : rows) {
    std::string types;
    for (const hcl::Type& type : row.types) {
      types += type.constraint() + " ";
    }
    const auto unified = unify(row.types, safety);
    EXPECT_EQ(unified ? unified->constraint() : "none", row.expected) << types;
  }
}

TEST(Unify, PrefersStringAmongPrimitives) {
  check({{{}, "any"},
         {{number}, "number"},
         {{number, number}, "number"},
         {{number, string}, "string"},
         {{string, boolean, number}, "string"},
         {{number, boolean}, "none"},
         {{any, number}, "number"},
         {{any, any}, "any"},
         {{string, list(string)}, "none"}});
}

TEST(Unify, UnifiesTheElementsOfCollections) {
  check({{{list(number), list(string)}, "list(string)"},
         {{list(number), list(boolean)}, "none"},
         {{set(number), set(string)}, "set(string)"},
         {{map(list(number)), map(list(string))}, "map(list(string))"},
         {{list(number), set(number)}, "list(number)"},
         {{set(number), list(string)}, "list(string)"},
         {{list(string), any}, "any"},
         {{list(number), map(number)}, "none"}});
}

TEST(Unify, UnifiesStructuralTypesPartByPart) {
  check({{{tuple({number}), tuple({string})}, "tuple([string])"},
         {{tuple({number, any}), tuple({any, boolean})}, "tuple([number, bool])"},
         {{object({{"a", {number}}}), object({{"a", {string}}})}, "object({a=string})"},
         {{tuple({number}), tuple({boolean})}, "none"},
         {{tuple({}), object({})}, "none"}});
}

TEST(Unify, MakesCollectionsOfStructuralTypesThatDiffer) {
  check({{{tuple({number}), tuple({number, string})}, "list(string)"},
         {{tuple({}), tuple({number})}, "list(number)"},
         {{tuple({boolean}), tuple({number, number})}, "none"},
         {{object({{"a", {number}}}), object({{"b", {string}}})}, "map(string)"},
         {{object({}), object({{"a", {number}}})}, "map(number)"},
         {{object({{"a", {number}}}), object({{"a", {number}}, {"b", {tuple({})}}})}, "none"}});
}

TEST(Unify, TakesStructuralTypesForCollectionsBesideThem) {
  check({{{list(number), tuple({string})}, "list(string)"},
         {{map(number), object({{"a", {string}}})}, "map(string)"},
         {{set(number), tuple({number})}, "set(number)"},
         {{list(tuple({number})), tuple({})}, "list(tuple([number]))"},
         {{map(tuple({number})), object({})}, "map(tuple([number]))"},
         {{any, list(any), tuple({number})}, "list(any)"},
         {{list(number), tuple({object({})})}, "none"},
         {{any, object({}), tuple({})}, "none"}});
}

TEST(Unify, GivesNothingUpWhereItMustBeSafe) {
  check({{{number, string}, "string"},
         {{list(string), set(string)}, "list(string)"},
         {{map(number), object({{"a", {string}}})}, "map(string)"},
         {{tuple({number}), tuple({string})}, "tuple([string])"}},
        hcl::Safety::safe);
}

TEST(Unify, OfThousandsOfTypesIsSoonDone) {
  std::vector<hcl::Type> types;
  for (int i = 0; i < 4096; ++i) {
    std::vector<hcl::Type> bits;
    for (int bit = 0; bit < 12; ++bit) {
      bits.push_back((i >> bit) % 2 == 0 ? number : boolean);
    }
    types.push_back(i % 2 == 0 ? tuple(std::move(bits)) : set(tuple(std::move(bits))));
  }
  EXPECT_FALSE(unify(types, hcl::Safety::unsafe).has_value());
}

}  // namespace
