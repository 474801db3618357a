#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hcl/evaluate/evaluating.h"

namespace {

/// The source text of each reference in `expression`, separated by spaces.
std::string referenced(std::string_view expression) {
  const evaluating::Parsed parsed("x = " + std::string(expression) + "\n");
  std::string text;
  for (const hcl::Traversal* traversal : references(*parsed.result.file.body.attributes[0].value)) {
    text += text.empty() ? "" : " ";
    text += traversal->root.text;
    for (const hcl::Step& step : traversal->steps) {
      text += parsed.source.text(step.range);
    }
  }
  return text;
}

TEST(References, AreFoundInEveryKindOfNode) {
  struct Row {
    std::string expression;
    std::string expected;
  };
  const std::vector<Row> rows = {
      {"1", ""},
      {"a", "a"},
      {"a.b[0].c", "a.b[0].c"},
      {"a[b.c].d[e]", "a[b.c].d[e] b.c e"},
      {"(a).b[c]", "a c"},
      {"f(a, b...)", "a b"},
      {"[a, [b]]", "a b"},
      {"{ a = b, (c) = d, \"${e}\" = f }", "b c d e f"},
      {"{ a.b = c }", "c"},
      {"-a + !b * c", "a b c"},
      {"a - b - c", "a b c"},
      {"a ? b : c", "a b c"},
      {"\"${a} and ${b}\"", "a b"},
      {"\"%{ if a }${b}%{ else }${c}%{ endif }\"", "a b c"},
      {"\"%{ for k, v in a }${k}${v}${b}%{ endfor }${v}\"", "a b v"},
      {"[for v in a : v.b + c]", "a c"},
      {"{for k, v in a : k => v... if b}", "a b"},
      {"[for v in v : v]", "v"},
      {"[for v in a : [for w in v : w + v + x]]", "a x"},
      {"[[for v in a : v], v]", "a v"},
      {"a.*.b", "a"},
      {"a[*].b[c]", "a c"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(referenced(row.expression), row.expected) << row.expression;
  }
}

TEST(References, OfALongChainTakeNoStack) {
  std::string sum = "a";
  for (int i = 0; i < 100'000; ++i) {
    sum += " + a";
  }
  EXPECT_EQ(referenced(sum).size(), 200'001U);
}

}  // namespace
