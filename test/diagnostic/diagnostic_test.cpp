#include "diagnostic/diagnostic.h"

#include <gtest/gtest.h>

#include <string>

namespace diagnostic {
namespace {

Diagnostic make(std::string summary) {
  Diagnostic diagnostic;
  diagnostic.summary = std::move(summary);
  return diagnostic;
}

TEST(HasErrors, LooksPastWarnings) {
  Diagnostics diagnostics;
  EXPECT_FALSE(has_errors(diagnostics));
  diagnostics.push_back(make("careful"));
  diagnostics.back().severity = Severity::warning;
  EXPECT_FALSE(has_errors(diagnostics));
  diagnostics.push_back(make("wrong"));
  EXPECT_TRUE(has_errors(diagnostics));
}

}  // namespace
}  // namespace diagnostic
