// What for expressions, splats, template directives and expanded arguments evaluate to.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hcl/evaluate/evaluating.h"

namespace {

using evaluating::check;

TEST(ForExpressions, MakeTuples) {
  check({{"[for x in local.list : x + 1]", "[2, 3, 4]"},
         {"[for i, x in local.list : i * x]", "[0, 2, 6]"},
         {"[for x in [] : missing]", "[]"},
         {"[for x in typed.list : x]", R"(["a", "b", null])"},
         {"[for x in typed.set : x]", R"(["a", "b"])"},
         {"[for k, x in typed.set : k == x]", "[true, true]"},
         {"[for x in typed.map : x]", R"(["x", "y"])"},
         {"[for k, x in typed.map : k]", R"(["a", "b"])"},
         {"[for k, x in { b = 1, a = 2 } : \"${k}${x}\"]", R"(["a2", "b1"])"},
         {"[for x in local.list : x if x != 2]", "[1, 3]"},
         {R"([for x in ["true", "false"] : 1 if x])", "[1]"},
         {"[for x in local.list : [for y in local.list : x * y if y > 1]]",
          "[[2, 3], [4, 6], [6, 9]]"}});
}

TEST(ForExpressions, MakeObjects) {
  check({{"{for x in [\"b\", \"a\"] : x => 1}", "{ a = 1, b = 1 }"},
         {"{for k, v in typed.map : v => k}", R"({ x = "a", y = "b" })"},
         {"{for i, x in local.list : i => x if i > 0}", R"({ "1" = 2, "2" = 3 })"},
         {"{for x in [true, false] : x => x}", "{ false = false, true = true }"},
         {"{for x in local.list : x % 2 => x...}", R"({ "0" = [2], "1" = [1, 3] })"},
         {"{for x in [] : x => x...}", "{}"}});
}

TEST(ForExpressions, BindNamesForTheirBodyOnly) {
  check({{"[for local in [1, 2] : local]", "[1, 2]"},
         {"[[for x in [1] : x], local.port]", "[[1], 80]"},
         {"[for x in [1, 2] : [for x in [x, 5] : x]]", "[[1, 5], [2, 5]]"},
         {"[for x, x in [7] : x]", "[7]"},
         {"[for true in [1] : true]", "[true]"},
         {"[for count in [1] : count(count)]", "[1]"}});
}

TEST(ForExpressions, CheckTheirConditionOnceBeforehand) {
  check({{"[for x in [] : x if missing]",
          "(unknown)\nunknown-variable: unknown variable \"missing\"; known variables: \"big\", "
          "\"broken\", "
          "\"deep\", \"half\", \"local\", \"long\", \"secret\", \"typed\", …"},
         {"[for x in [] : x if []]",
          "(unknown)\ninvalid-condition: [] is a tuple; a condition is true or false; make it a "
          "comparison, as in x != null"},
         {"[for x in [] : x if add_one(x, null)]",
          "(unknown)\ntoo-many-arguments: too many arguments for \"add_one\"; add_one takes 1 "
          "argument, not 2"},
         {"[for x in [] : x if same(x, null)]", "[]"},
         {"[for x in [1] : x if same(x, null)]",
          "(unknown)\ninvalid-argument: this is null; argument \"b\" of same cannot be null"}});
}

TEST(ForExpressions, KnowOfTheirConditionWhatTheTypesTell) {
  check({{R"([for x in [] : x if "a${x}" == "a" ? "true" : "never"])", "[]"},
         {R"([for x in [] : x if "a${x}" == 1 ? "true" : "never"])",
          "(unknown)\ninvalid-condition: `\"a${x}\" == 1 ? \"true\" : \"never\"` is \"never\", a "
          "string; a condition is true or false; make it a comparison, as in x != null"}});
}

TEST(ForExpressions, AreHeldAgainstOthersWithTheFirstOfTheirDuplicates) {
  check(
      {{R"(true ? [1, 2] : [for x in { for y in [1, 2] : "a" => y } : []])",
        "(unknown)\nmismatched-results: one result is [1, 2], a tuple, the other [[]], a tuple; a "
        "conditional has one type, and [0] is a number in the first, a tuple in the second; make "
        "the two agree"}});
}

TEST(Splats, TakeStepsFromEachElement) {
  check({{"local.apps[*].name", R"(["web"])"},
         {"local.apps.*.name", R"(["web"])"},
         {"local.list[*]", "[1, 2, 3]"},
         {"typed.services[*].name", R"(["web", "db"])"},
         {"typed.services[*].ports[0]", "[80, 80]"},
         {"typed.services.*.ports[0]", "[80]"},
         {"typed.services.*.ports.0", "[80, 80]"},
         {"typed.services[*].ports[*]", "[[80], [80]]"},
         {"typed.set_of_services[*].name", R"(["db", "web"])"},
         {"typed.empty[*].name", "[]"},
         {"[[1, 2], [3]][*][0]", "[1, 3]"},
         {"[[1, 2], [3]][*][*]", "[[1, 2], [3]]"},
         {"[null, 1][*]", "[null, 1]"},
         {"{ a = 1 }[*].a", "[1]"},
         {"local.app[*].name", R"(["web"])"}});
}

TEST(Splats, TakeASingleValueForAListAndNullForNone) {
  check({{"local.port[*]", "[80]"},
         {"null[*]", "[]"},
         {"local.none[*].a.b", "[]"},
         {"typed.no_string[*]", "[]"},
         {"typed.no_map[*].a", "[]"},
         {"typed.map[*].a", R"(["x"])"},
         {"[local.none, local.app][*][*].name", R"([[], ["web"]])"}});
}

TEST(Splats, MakeListsOfListsAndTuplesOfTuples) {
  check({{"typed.services[*].name == [\"web\", \"db\"]", "false"},
         {"local.apps[*].name == [\"web\"]", "true"},
         {"type(typed.services[*].name)", "\"list(string)\""},
         {"type(typed.set_of_services[*].name)", "\"list(string)\""},
         {"type(typed.empty[*].name)", "\"list(string)\""},
         {"type(typed.empty[*].ports[0])", "\"list(number)\""},
         {"type(typed.empty[*].ports[*])", "\"list(list(number))\""},
         {"type(local.apps[*].name)", "\"tuple([string])\""}});
}

TEST(Splats, HaveTheTypeThatTheirStepsTellWhereTheyFail) {
  check({{R"(true ? ["x", "y"] : local.app[*].name[*].missing)", R"(["x", "y"])"},
         {R"(true ? "x" : [for x in local.list : missing][*])", R"("x")"},
         {"[for x in local.list[*].missing : 1]",
          "(unknown)\nattribute-of-non-object: `local.list[*]` is 1, a number; only objects and "
          "maps have attributes"}});
}

TEST(Splats, AreCheckedEvenOverNoElements) {
  check(
      {{"typed.empty[*].name.missing",
        "(unknown)\nattribute-of-non-object: `typed.empty[*].name` is a string; only objects and "
        "maps "
        "have attributes"},
       {"typed.empty[*].name[0]",
        "(unknown)\nindex-of-non-collection: `typed.empty[*].name` is a string; only lists, maps, "
        "tuples and objects have parts"}});
}

TEST(TemplateDirectives, ChooseAndRepeatText) {
  check(
      {{R"("a%{ if local.flag }b%{ endif }c")", R"("abc")"},
       {R"("a%{ if !local.flag }b%{ else }x%{ endif }c")", R"("axc")"},
       {R"("%{ if false }b%{ endif }")", R"("")"},
       {R"("%{ if "true" }b%{ endif }")", R"("b")"},
       {R"("%{ for x in local.list }${x},%{ endfor }")", R"("1,2,3,")"},
       {R"("%{ for i, x in local.list }${i}=${x} %{ endfor }")", R"("0=1 1=2 2=3 ")"},
       {R"("%{ for k, v in typed.map }${k}${v}%{ endfor }")", R"("axby")"},
       {R"("%{ for x in [] }${missing}%{ endfor }")", R"("")"},
       {R"("%{ if true }${local.port}%{ endif }")", R"("80")"},
       {R"("%{ for x in local.list }%{ if x > 1 }%{ for y in [1, 2] }${x * y} %{ endfor }%{ endif }%{ endfor }")",
        R"("2 4 3 6 ")"},
       {"<<E\n%{ for x in local.list ~}\n${x}\n%{ endfor ~}\nE\n", R"("1\n2\n3\n")"}});
}

TEST(TemplateDirectives, ForgetTheErrorsOfTheTextThatIsNotChosen) {
  check({{R"("%{ if true }a%{ else }${missing}%{ endif }")", R"("a")"},
         {R"("%{ if false }${local.none}%{ endif }b")", R"("b")"}});
}

TEST(ExpandedArguments, AreTheElements) {
  check({{"count(local.list...)", "3"},
         {"count(0, typed.list...)", "4"},
         {"count(typed.set...)", "2"},
         {"count([]...)", "0"},
         {"pair(1, [2]...)", "2"},
         {R"(join([",", ["a", "b"]]...))", R"("a,b")"}});
}

}  // namespace
