#include "diagnostic/diagnostic.h"

#include <gtest/gtest.h>

#include <string>

namespace diagnostic {
namespace {

Diagnostic make(std::string summary, const SourceFile* file, std::uint32_t begin) {
  Diagnostic diagnostic;
  diagnostic.summary = std::move(summary);
  diagnostic.file = file;
  diagnostic.range = {.begin = begin, .end = begin};
  return diagnostic;
}

std::string summaries(const Diagnostics& diagnostics) {
  std::string all;
  for (const Diagnostic& diagnostic : diagnostics) {
    all += diagnostic.summary + ' ';
  }
  return all;
}

TEST(HasErrors, LooksPastWarnings) {
  Diagnostics diagnostics;
  EXPECT_FALSE(has_errors(diagnostics));
  diagnostics.push_back(make("careful", nullptr, 0));
  diagnostics.back().severity = Severity::warning;
  EXPECT_FALSE(has_errors(diagnostics));
  diagnostics.push_back(make("wrong", nullptr, 0));
  EXPECT_TRUE(has_errors(diagnostics));
}

TEST(SortByPlace, KeepsTheOrderOfFilesAndOfEquals) {
  const SourceFile b("b.hcl", "");
  const SourceFile a("a.hcl", "");
  Diagnostics diagnostics = {
      make("b9", &b, 9), make("a5", &a, 5),       make("unreadable", nullptr, 0), make("b2", &b, 2),
      make("a1", &a, 1), make("b2-again", &b, 2), make("a5-again", &a, 5)};
  sort_by_place(diagnostics);
  EXPECT_EQ(summaries(diagnostics), "b2 b2-again b9 a1 a5 a5-again unreadable ");
}

}  // namespace
}  // namespace diagnostic
