// Evaluates expressions: syntax tree and scope to value.
#pragma once

#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/budget.h"
#include "hcl/evaluate/scope.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"

namespace hcl {

/// The value of `expression`; unknown, or holding unknown parts, where evaluation failed. A failure
/// adds an error, but each cause is reported once: an InvalidExpression and an unknown variable
/// have been reported already. `source` is the file that the expression was parsed from. The depth
/// of the recursion is that of the source's nesting. Where `budget` does not suffice, an error
/// names the expression that took the most of it; without one, the expression has its own.
[[nodiscard]] Value evaluate(const Expression& expression, const Scope& scope,
                             const diagnostic::SourceFile& source, Budget& budget,
                             diagnostic::Diagnostics& diagnostics);
[[nodiscard]] Value evaluate(const Expression& expression, const Scope& scope,
                             const diagnostic::SourceFile& source,
                             diagnostic::Diagnostics& diagnostics);

/// The value of a file that is a template, as `templatefile` gives it: its text, or whatever comes
/// out of the interpolation that is all of it; unknown, after diagnostics, where it has none. Takes
/// its share of the budget of the expression that it is a part of, which reports where that does
/// not suffice.
[[nodiscard]] Value evaluate_template(const diagnostic::SourceFile& source, const Scope& scope,
                                      Budget& budget, diagnostic::Diagnostics& diagnostics);

/// Every variable that `expression` refers to, in source order: what must be known before it can be
/// evaluated. Names bound by a `for` inside it are left out.
[[nodiscard]] std::vector<const Traversal*> references(const Expression& expression);

}  // namespace hcl
