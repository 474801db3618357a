// What type constraints mean, and what their defaults do to values.
#include "hcl/evaluate/type_expression.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hcl/evaluate/evaluating.h"
#include "support/diagnostics.h"
#include "support/golden.h"

namespace {

using evaluating::Parsed;
using evaluating::Row;

hcl::TypeConstraint read(const Parsed& parsed, diagnostic::Diagnostics& diagnostics) {
  return read_type(*parsed.result.file.body.find("x")->value, parsed.source, diagnostics);
}

/// The type that is read, as it would be written.
std::string type(const std::string& expression) {
  const Parsed parsed("x = " + expression + "\n");
  diagnostic::Diagnostics diagnostics = parsed.result.diagnostics;
  const hcl::TypeConstraint constraint = read(parsed, diagnostics);
  return diagnostics.empty() ? constraint.type.constraint() : diagnostics.front().summary;
}

/// `value` with the defaults of `type`, converted to it, and its type then.
std::string given(const std::string& type, const std::string& value) {
  const Parsed parsed("x = " + type + "\nvalue = " + value + "\n");
  diagnostic::Diagnostics diagnostics = parsed.result.diagnostics;
  const hcl::TypeConstraint constraint = read(parsed, diagnostics);
  const hcl::Value before = evaluate(*parsed.result.file.body.find("value")->value,
                                     evaluating::scope(), parsed.source, diagnostics);
  if (!diagnostics.empty()) {
    return diagnostics.front().summary;
  }
  const auto after = convert(before, constraint);
  return after ? to_hcl(*after, 1000) : after.error().path + ": " + after.error().message;
}

std::string reported_of_type(std::string_view file) {
  const Parsed parsed{std::string(file)};
  diagnostic::Diagnostics diagnostics = parsed.result.diagnostics;
  for (const hcl::Attribute& attribute : parsed.result.file.body.attributes) {
    static_cast<void>(read_type(*attribute.value, parsed.source, diagnostics));
  }
  return support::render_with_kinds(diagnostics);
}

TEST(ReadType, ReadsEveryForm) {
  const std::vector<Row> rows = {
      {"any", "any"},
      {"bool", "bool"},
      {"number", "number"},
      {"string", "string"},
      {"list(string)", "list(string)"},
      {"set(number)", "set(number)"},
      {"map(any)", "map(any)"},
      {"map(list(bool))", "map(list(bool))"},
      {"tuple([])", "tuple([])"},
      {"tuple([string, any])", "tuple([string, any])"},
      {"object({})", "object({})"},
      {"object({ b = string, a = number })", "object({a=number, b=string})"},
      {"object({ a = optional(number) })", "object({a=optional(number)})"},
      {"object({ a = optional(number, 3) })", "object({a=optional(number)})"},
      {"object({ null = string })", "object({null=string})"},
      {"object({ a = string, a = number })", "object({a=number})"},
      {"list(object({ a = object({ b = optional(string) }) }))",
       "list(object({a=object({b=optional(string)})}))"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(type(row.expression), row.expected) << row.expression;
  }
}

TEST(ReadType, SaysWhatIsWrong) {
  support::check_golden("hcl/evaluate/types.txt", reported_of_type);
}

TEST(Defaults, StandInForWhatIsMissingOrNull) {
  const std::string type = "object({ a = string, b = optional(number, 3), c = optional(bool) })";
  EXPECT_EQ(given(type, R"({ a = "x" })"), R"({ a = "x", b = 3, c = null })");
  EXPECT_EQ(given(type, R"({ a = "x", b = null })"), R"({ a = "x", b = 3, c = null })");
  EXPECT_EQ(given(type, R"({ a = "x", b = "4", d = 1 })"), R"({ a = "x", b = 4, c = null })");
  EXPECT_EQ(given(type, "{ b = 1 }"), R"(: the attribute "a" is missing)");
  EXPECT_EQ(given(type, "null"), "null");
  EXPECT_EQ(given(type, "broken"), "(unknown)");
  EXPECT_EQ(given(type, "[1]"), ": an object is needed, not a tuple");
}

TEST(Defaults, AreConvertedToTheType) {
  EXPECT_EQ(given(R"(object({ a = optional(list(string), [1, true]) }))", "{}"),
            R"({ a = ["1", "true"] })");
  EXPECT_EQ(given(R"(object({ a = optional(any, [1]) }))", "{}"), "{ a = [1] }");
}

TEST(Defaults, ReachIntoWhateverTheTypeHolds) {
  const std::string part = "object({ a = optional(number, 3) })";
  EXPECT_EQ(given("object({ b = optional(" + part + ", {}) })", "{}"), "{ b = { a = 3 } }");
  EXPECT_EQ(given("object({ b = optional(" + part + ") })", "{}"), "{ b = null }");
  EXPECT_EQ(given("object({ b = " + part + " })", "{ b = {} }"), "{ b = { a = 3 } }");
  EXPECT_EQ(given("list(" + part + ")", "[{}, { a = 1 }]"), "[{ a = 3 }, { a = 1 }]");
  EXPECT_EQ(given("set(" + part + ")", "[{}, { a = 3 }]"), "[{ a = 3 }]");
  EXPECT_EQ(given("map(" + part + ")", "{ x = {}, y = { a = 1 } }"),
            "{ x = { a = 3 }, y = { a = 1 } }");
  EXPECT_EQ(given("tuple([string, " + part + "])", R"(["x", {}])"), R"(["x", { a = 3 }])");
  EXPECT_EQ(given("map(list(" + part + "))", "{ x = [{}] }"), "{ x = [{ a = 3 }] }");
  EXPECT_EQ(given("list(object({ a = optional(string, \"x\"), b = string }))", "typed.services"),
            "[0]: the attribute \"b\" is missing");
}

TEST(Defaults, LeaveSensitiveWhatWasSensitive) {
  EXPECT_EQ(given("object({ a = optional(number, 3), b = string })", "{ b = secret.name }"),
            "{ a = 3, b = (sensitive) }");
  EXPECT_EQ(given("list(number)", "secret.list"), "(sensitive)");
  EXPECT_EQ(given("list(object({ a = optional(number, 3) }))", "mark([{}])"), "(sensitive)");
}

}  // namespace
