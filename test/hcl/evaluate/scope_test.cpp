#include "hcl/evaluate/scope.h"

#include <gtest/gtest.h>

namespace {

TEST(Scope, FindsVariablesAndFunctionsByName) {
  const hcl::Functions functions = {{"f", hcl::Function{}}};
  hcl::Scope scope(functions);
  scope.set("b", hcl::Value::boolean(true));
  scope.set("a", hcl::Value());
  scope.set("a", hcl::Value::boolean(false));
  EXPECT_EQ(*scope.find("a"), hcl::Value::boolean(false));
  EXPECT_EQ(scope.find("f"), nullptr);
  EXPECT_NE(scope.find_function("f"), nullptr);
  EXPECT_EQ(scope.find_function("a"), nullptr);
  EXPECT_EQ(scope.variable_names(), (std::vector<std::string_view>{"a", "b"}));
  EXPECT_EQ(scope.function_names(), (std::vector<std::string_view>{"f"}));
}

}  // namespace
