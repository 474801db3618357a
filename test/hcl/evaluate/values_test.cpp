// What expressions evaluate to: tables of expression and value.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hcl/evaluate/evaluating.h"

namespace {

using evaluating::check;
using evaluating::evaluated;

TEST(Evaluate, Literals) {
  check({{"null", "null"},
         {"true", "true"},
         {"false", "false"},
         {"80", "80"},
         {"1e-7", "0.0000001"},
         {"1.e2", "100"},
         {"1.E-1", "0.1"},
         {"[{ e1 = 2 }].0.e1", "2"},
         {R"("a\tb")", R"("a\tb")"},
         {R"("")", R"("")"}});
}

TEST(Evaluate, NormalisesStrings) {
  check({{"\"e\u0301\" == \"\u00e9\"", "true"}, {"\"e${\"\u0301\"}\" == \"\u00e9\"", "true"}});
}

TEST(Evaluate, JoinsTheTextOfInterpolations) {
  check({{R"("${local.name}:${local.port}")", R"("web:80")"},
         {R"("is ${local.flag}")", R"("is true")"},
         {R"("x${1 / 4}")", R"("x0.25")"},
         {R"("a${"b${"c"}"}")", R"("abc")"},
         {R"("$${a} %%{b} $")", R"("$${a} %%{b} $")"},
         {"<<E\nport ${local.port}\nE\n", R"("port 80\n")"},
         {"<<-E\n    a\n      b\n    E\n", R"("a\n  b\n")"},
         {"<<E\nE\n", R"("")"}});
}

TEST(Evaluate, UnwrapsAQuotedTemplateThatIsOneInterpolation) {
  check({{R"("${local.port}")", "80"},
         {R"("${local.list}")", "[1, 2, 3]"},
         {R"("${null}")", "null"},
         {R"("${"${true}"}")", "true"},
         {"<<E\n${local.port}\nE\n", R"("80\n")"}});
}

TEST(Evaluate, Tuples) {
  check({{"[]", "[]"},
         {R"([1, "a", null, [true]])", R"([1, "a", null, [true]])"},
         {"[\n  local.port,\n]", "[80]"}});
}

TEST(Evaluate, ObjectsWithAllFormsOfKeys) {
  check({{"{}", "{}"},
         {"{ a = 1, b : 2 }", "{ a = 1, b = 2 }"},
         {"{ local = 1 }", "{ local = 1 }"},
         {"{ true = 1, null = 2 }", "{ null = 2, true = 1 }"},
         {R"({ "a b" = 1 })", R"({ "a b" = 1 })"},
         {R"({ "${local.name}-1" = 1 })", "{ web-1 = 1 }"},
         {"{ (local.name) = 1 }", "{ web = 1 }"},
         {"{ 1 = 2 }", R"({ "1" = 2 })"},
         {"{ 1 + 1 = 2 }", R"({ "2" = 2 })"},
         {"{ (true) = 2 }", R"({ true = 2 })"},
         {R"({ env("HOME") = 2 })", R"({ "/root" = 2 })"},
         {"{ a = 1, a = 2 }", "{ a = 2 }"},
         {"{\n  a = 1\n  b = 2,\n}", "{ a = 1, b = 2 }"}});
}

TEST(Evaluate, TraversalsAndIndexes) {
  check({{"local.port", "80"},
         {"local.app.name", R"("web")"},
         {R"(local["port"])", "80"},
         {R"(local["${"po"}rt"])", "80"},
         {"local.list[0]", "1"},
         {R"(local.list["2"])", "3"},
         {"local.list[local.list[0]]", "2"},
         {"local.list.1", "2"},
         {"local.app.0", R"("zero")"},
         {"local.app[0]", R"("zero")"},
         {"local.apps[0].name", R"("web")"},
         {"[1, 2][1]", "2"},
         {"{ a = 1 }.a", "1"},
         {"(local).port", "80"},
         {"local.list[5 - 4]", "2"},
         {"local.cafe\u0301", R"("open")"},
         {"local.none", "null"}});
}

TEST(Evaluate, Arithmetic) {
  check({{"1 + 2 * 3", "7"},
         {"(1 + 2) * 3", "9"},
         {"10 - 3 - 2", "5"},
         {"-local.port", "-80"},
         {"- -5", "5"},
         {"7 % 3", "1"},
         {"-7 % 3", "-1"},
         {"5 % 0", "5"},
         {"1 / 0", "+Inf"},
         {"0.1 + 0.2 == 0.3", "true"},
         {R"("5" + 1)", "6"},
         {R"(-"5")", "-5"},
         {"0 * -1", "-0"}});
}

TEST(Evaluate, Comparisons) {
  check({{"1 < 2", "true"},
         {"2 <= 2", "true"},
         {"1 > 2", "false"},
         {"2 >= 3", "false"},
         {R"("10" > 9)", "true"},
         {"0 * -1 == 0", "true"}});
}

TEST(Evaluate, EqualityNeverConverts) {
  check({{R"(1 == "1")", "false"},
         {R"(true == "true")", "false"},
         {"1 == 1.0", "true"},
         {"[1, 2] == [1, 2]", "true"},
         {"{ a = 1 } == { a = 1 }", "true"},
         {"{ a = 1 } != { a = 2 }", "true"},
         {"null == null", "true"},
         {"local.none == null", "true"},
         {"local.port != null", "true"},
         {"[] == {}", "false"}});
}

TEST(Evaluate, Logic) {
  check({{"true && false", "false"},
         {"true || false", "true"},
         {"!true", "false"},
         {R"("true" && true)", "true"},
         {R"(!"0")", "true"},
         {"1 < 2 && 2 < 3 || false", "true"}});
}

TEST(Evaluate, ConditionalsSelectAResult) {
  check({{R"(local.flag ? "a" : "b")", R"("a")"},
         {R"(local.port == 81 ? "a" : "b")", R"("b")"},
         {R"("false" ? 1 : 2)", "2"},
         {"false ? 1 : true ? 2 : 3", "2"},
         {"true ? null : 1", "null"},
         {"true ? [1, 2] : [3, 4]", "[1, 2]"}});
}

TEST(Evaluate, ConditionalsGiveBothResultsOneType) {
  check({{R"(true ? 1 : "a")", R"("1")"},
         {R"(false ? "a" : true)", R"("true")"},
         {R"(true ? [1, "a"] : ["b", true])", R"(["1", "a"])"},
         {R"(true ? { a = 1 } : { a = "b" })", R"({ a = "1" })"},
         {"true ? [1] : []", "[1]"},
         {"true ? {} : { a = 1 }", "{}"}});
}

TEST(Evaluate, ConditionalsForgetTheErrorsOfTheOtherResult) {
  check({{R"(true ? "a" : local.missing)", R"("a")"},
         {"false ? unknown_function() : 2", "2"},
         {"local.none == null ? 0 : local.none.x", "0"}});
}

TEST(Evaluate, CallsFunctions) {
  check({{R"(env("HOME"))", R"("/root")"},
         {R"(env("NOPE", "x"))", R"("x")"},
         {"count()", "0"},
         {"count(1, null, [])", "3"},
         {"count(1,)", "1"}});
}

TEST(Evaluate, CallsNothingWithWhatIsLeftOfAFailedArgument) {
  const std::string unknown_variable =
      "(unknown)\nunknown-variable: unknown variable \"missing\"; known variables: \"big\", "
      "\"broken\", \"deep\", \"half\", \"local\", \"long\", \"secret\", \"typed\", …";
  check({{R"(join("", [for x in [for y in [1] : missing] : x if false]))", unknown_variable},
         {"add_one([for x in [for y in [1] : missing] : x if false]...)", unknown_variable}});
}

TEST(Evaluate, AttemptsDoNotHideTheLimitsOfNumbers) {
  check({{"attempt(1e9999, 2)",
          "(unknown)\nnumber-out-of-range: 1e9999 is out of range; numbers lie between about "
          "1e-1233 and 1e1233"}});
}

TEST(Evaluate, UnknownValuesSpreadWithoutAWord) {
  for (const char* expression :
       {"broken", "broken.a.b[0]", "broken[local.port]", "local.list[broken]", "broken + 1",
        "1 < broken", "broken && true", "!broken", "-broken", "broken == broken", "half == 1",
        "broken ? 1 : 2", R"("a${broken}")", "count(half)", "{ (broken) = 1 }", "half.unknown"}) {
    EXPECT_EQ(evaluated(expression), "(unknown)") << expression;
  }
  EXPECT_EQ(evaluated("[broken, 1]"), "[(unknown), 1]");
  EXPECT_EQ(evaluated("{ a = broken }"), "{ a = (unknown) }");
  EXPECT_EQ(evaluated("half.known"), "1");
  EXPECT_EQ(evaluated("true ? 1 : broken"), "1");
}

TEST(Evaluate, ChainsOfOperatorsTakeNoStack) {
  std::string sum = "1";
  for (int i = 0; i < 100'000; ++i) {
    sum += " + 1";
  }
  EXPECT_EQ(evaluated(sum), "100001");
}

}  // namespace
