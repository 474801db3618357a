// What the evaluator says about mistakes.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "hcl/evaluate/evaluating.h"
#include "hcl/evaluate/kinds.h"
#include "support/golden.h"

namespace {

using evaluating::evaluated;
using evaluating::reported;
using evaluating::reported_together;

TEST(EvaluateDiagnostics, LookLikeTheGoldenFiles) {
  support::check_golden("hcl/evaluate/budget.txt", reported_together);
  support::check_golden("hcl/evaluate/calls.txt", reported);
  support::check_golden("hcl/evaluate/collections.txt", reported);
  support::check_golden("hcl/evaluate/conditionals.txt", reported);
  support::check_golden("hcl/evaluate/limits.txt", reported);
  support::check_golden("hcl/evaluate/loops.txt", reported);
  support::check_golden("hcl/evaluate/operators.txt", reported);
  support::check_golden("hcl/evaluate/sensitive.txt", reported);
  support::check_golden("hcl/evaluate/splats.txt", reported);
  support::check_golden("hcl/evaluate/templates.txt", reported);
  support::check_golden("hcl/evaluate/traversals.txt", reported);
}

TEST(EvaluateDiagnostics, EveryKindIsInAGoldenFile) {
  std::set<std::string> kinds;
  for (const hcl::evaluation::Kind kind : hcl::evaluation::all_kinds) {
    kinds.emplace(name(kind));
  }
  EXPECT_EQ(support::kinds_in_golden("hcl/evaluate"), kinds);
}

TEST(EvaluateDiagnostics, ReportEveryMistakeOfAnExpression) {
  EXPECT_EQ(evaluated("[loca.a, local.rot, missing()]"),
            R"([(unknown), (unknown), (unknown)]
unknown-variable: unknown variable "loca"; did you mean "local"?
unknown-attribute: local has no attribute "rot"; did you mean "root"?
unknown-function: unknown function "missing"; known functions: "add_one", "at_least_one", "attempt", "count", "count_up", "env", "fail", "join", …)");
}

TEST(EvaluateDiagnostics, SayNothingAboutWhatTheParserReported) {
  const std::string text = evaluated("1 + ]");
  EXPECT_EQ(text.find("operand"), std::string::npos) << text;
}

}  // namespace
