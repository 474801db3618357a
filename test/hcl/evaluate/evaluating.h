// Evaluates snippets of HCL in one fixed scope: what the tests of the evaluator start from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/syntax/parser.h"
#include "support/source_location.h"

namespace evaluating {

/// The variables "local" (strings, numbers, collections, a null), "typed", "secret" and "broken"
/// (unknown), and a few
/// functions; see the .cpp.
[[nodiscard]] const hcl::Scope& scope();

/// A parsed file that keeps its source in place.
struct Parsed {
  explicit Parsed(std::string text);

  diagnostic::SourceFile source;
  hcl::ParseResult result;
};

/// The value of one expression in compact HCL; then, a line each, `KIND: SUMMARY; DETAIL` for
/// whatever was reported.
[[nodiscard]] std::string evaluated(std::string_view expression);

struct Row {
  std::string expression;
  std::string expected;
};

/// Expects `evaluated` of each expression to be as in its row.
void check(const std::vector<Row>& rows,
           support::SourceLocation where = support::SourceLocation::current());

/// All diagnostics of evaluating each attribute of a file, rendered, each after its `# KIND`.
[[nodiscard]] std::string reported(std::string_view file);
/// The same, with one budget for all of them.
[[nodiscard]] std::string reported_together(std::string_view file);

}  // namespace evaluating
