// What the expressions of a manifest may take in all.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "hcl/evaluate/evaluate.h"
#include "hcl/syntax/parser.h"
#include "manifest/functions.h"
#include "manifest_dump.h"
#include "support/temporary_directory.h"

namespace manifest {
namespace {

TEST(Budget, IsOneForAllExpressionsOfAManifest) {
  std::string text = "locals {\n";
  for (int i = 0; i < 20; ++i) {
    text += fmt::format("  pairs{} = setproduct(range(1000), range(250))\n", i);
  }
  text += "}\nmise \"a\" {\n  working_dir = local.pairs0[0]\n  timeout = 1 + 1\n}\n";
  const std::string told = decoded(text);
  EXPECT_TRUE(told.starts_with("# too-much-memory\nerror: this takes too much memory\n")) << told;
  EXPECT_NE(told.find("setproduct(range(1000), range(250))\n"), std::string::npos) << told;
  EXPECT_NE(told.find(" all values together may take 32 MB; this one took 1"), std::string::npos)
      << told;
  EXPECT_EQ(told.rfind("error: "), told.find("error: ")) << told;
}

/// What is left of the steps of a budget after an expression, and what was said.
struct Outcome {
  bool is_spent = false;
  std::string told;
};

Outcome evaluated_in(const std::filesystem::path& directory, std::string expression,
                     std::uint64_t steps) {
  const diagnostic::SourceFile source("test.hcl", "x = " + std::move(expression) + "\n");
  const hcl::ParseResult parsed = hcl::parse(source);
  hcl::Budget budget({.steps = steps, .size = hcl::Budget::usual.size});
  const hcl::Functions functions = make_functions({}, directory, budget);
  diagnostic::Diagnostics diagnostics;
  static_cast<void>(hcl::evaluate(*parsed.file.body.find("x")->value, hcl::Scope(functions), source,
                                  budget, diagnostics));
  return {.is_spent = budget.is_spent(),
          .told = diagnostics.empty() ? "" : diagnostics.front().summary};
}

TEST(Budget, IsSpentByTheFilesThatFilesetLooksAt) {
  const support::TemporaryDirectory directory;
  for (int i = 0; i < 10; ++i) {
    directory.write(fmt::format("file{}", i), "");
  }
  EXPECT_EQ(evaluated_in(directory.path(), R"(fileset(".", "*"))", 1000).told, "");
  const Outcome often =
      evaluated_in(directory.path(), R"([for i in range(10): fileset(".", "*")])", 1000);
  EXPECT_TRUE(often.is_spent);
  EXPECT_EQ(often.told, "this takes too long");
}

TEST(Budget, IsSpentByTemplates) {
  const support::TemporaryDirectory directory;
  directory.write("template", "%{ for x in range(100) }${x}%{ endfor }");
  EXPECT_EQ(evaluated_in(directory.path(), R"(templatefile("template", {}))", 1000).told, "");
  const Outcome often =
      evaluated_in(directory.path(), R"([for i in range(10): templatefile("template", {})])", 1000);
  EXPECT_TRUE(often.is_spent);
  EXPECT_EQ(often.told, "this takes too long");
}

}  // namespace
}  // namespace manifest
