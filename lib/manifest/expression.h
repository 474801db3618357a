// Evaluates one expression of a manifest: works out what its names mean, and has the HCL evaluator
// do the rest.
#pragma once

#include <optional>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/scope.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"
#include "manifest/locals.h"

namespace manifest {

/// The name in `local.NAME…`. Nothing if `traversal` starts with another name or has another form.
[[nodiscard]] std::optional<std::string_view> local_name(const hcl::Traversal& traversal);

/// The value; unknown, after a diagnostic, where there is none. The locals that `expression` refers
/// to have been evaluated.
[[nodiscard]] hcl::Value evaluate(const hcl::Expression& expression,
                                  const diagnostic::SourceFile& file, const Locals& locals,
                                  const hcl::Functions& functions,
                                  diagnostic::Diagnostics& diagnostics);

}  // namespace manifest
