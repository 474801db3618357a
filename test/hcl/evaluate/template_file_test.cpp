// Files that are templates.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hcl/evaluate/evaluating.h"
#include "support/diagnostics.h"
#include "support/golden.h"

namespace {

std::string evaluated_with_files(std::string text) {
  hcl::Budget budget;
  const diagnostic::SourceFile source("test.tmpl", std::move(text));
  diagnostic::Diagnostics diagnostics;
  const std::string value =
      to_hcl(hcl::evaluate_template(source, evaluating::scope(), budget, diagnostics), 1000);
  return diagnostics.empty() ? value : diagnostics.front().summary;
}

std::string reported_of_file(std::string_view text) {
  hcl::Budget budget;
  const diagnostic::SourceFile source("test.tmpl", std::string(text));
  diagnostic::Diagnostics diagnostics;
  static_cast<void>(hcl::evaluate_template(source, evaluating::scope(), budget, diagnostics));
  return support::render_with_kinds(diagnostics);
}

TEST(TemplateFile, IsItsTextButForItsSequences) {
  const std::vector<evaluating::Row> rows = {
      {"", R"("")"},
      {"hello\n", R"("hello\n")"},
      {"port ${local.port}\n", R"("port 80\n")"},
      {R"("quoted" \n)", R"("\"quoted\" \\n")"},
      {"$${x} %%{y} $z %", R"("$${x} %%{y} $z %")"},
      {"a } b\nEOT\n", R"("a } b\nEOT\n")"},
      {"a = 1\nb {\n}\n", R"("a = 1\nb {\n}\n")"},
      {"\xEF\xBB\xBF"
       "a",
       R"("a")"},
      {"%{ for x in local.list ~}\n${x}\n%{ endfor ~}\nend\n", R"("1\n2\n3\nend\n")"},
      {"  a\n   ${~ 1 ~}   \n   b", R"("  a\n1   b")"},
      {"x  \n\n  ${~ 1 ~}  \n\n  y", R"("x  \n\n1\n  y")"},
      {"a ${ <<E\nx\nE\n } b", R"("a x\n b")"},
  };
  for (const evaluating::Row& row : rows) {
    EXPECT_EQ(evaluated_with_files(row.expression), row.expected) << row.expression;
  }
}

TEST(TemplateFile, ThatIsOneInterpolationIsItsValue) {
  EXPECT_EQ(evaluated_with_files("${local.list}"), "[1, 2, 3]");
  EXPECT_EQ(evaluated_with_files("${local.port}\n"), R"("80\n")");
  EXPECT_EQ(evaluated_with_files("%{ if true }${local.port}%{ endif }"), R"("80")");
}

TEST(TemplateFile, SaysWhatIsWrong) {
  support::check_golden("hcl/evaluate/template_files.txt", reported_of_file);
}

}  // namespace
