// The tools of the conformance test are part of its verdict: these hold them to their promises.
#include <gtest/gtest.h>

#include <string>

#include "diagnostic/source_file.h"
#include "hcl/evaluate/scope.h"
#include "support/golden.h"
#include "tools/hcl_eval/line.h"
#include "tools/hcl_generate/files.h"

namespace {

hcl::Scope scope() {
  static const hcl::Functions no_functions;
  hcl::Scope scope(no_functions);
  scope.set("s", hcl::Value::string("text"));
  return scope;
}

TEST(HclEval, PrintsALineOfJson) {
  support::check_golden("tools/hcl_eval.txt", [](std::string_view input) {
    const diagnostic::SourceFile source("f.hcl", std::string(input));
    return hcl_eval::line(source, scope(), false) + '\n';
  });
}

TEST(HclEval, TellsKindsOnRequest) {
  const diagnostic::SourceFile source("f.hcl", "a=b\n");
  EXPECT_EQ(
      hcl_eval::line(source, scope(), true),
      R"({"file":"f.hcl","body":{"attributes":{"a":{"$error":{"line":1,"column":3,"byte":2}}},)"
      R"("blocks":[]},"diagnostics":[{"severity":"error","summary":"unknown variable \"b\"",)"
      R"("line":1,"column":3,"byte":2,"kind":"unknown-variable"}]})");
}

TEST(HclGenerate, GivesTheSameFilesForTheSameSeed) {
  const auto files = [](std::uint64_t seed) {
    generate::Random random(seed);
    return generate::attributes_file(random, 3) + generate::structure_file(random);
  };
  EXPECT_EQ(files(7), files(7));
  EXPECT_NE(files(7), files(8));
}

}  // namespace
