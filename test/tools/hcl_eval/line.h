// What evaluating a file gives, as one line of JSON:
//
//   {"file":F,"body":{"attributes":{NAME:VALUE},"blocks":[{"type":T,"labels":[…],"body":…}]},
//    "diagnostics":[{"severity":"error","summary":S,"line":L,"column":C,"byte":N}]}
#pragma once

#include <string>

#include "diagnostic/source_file.h"
#include "hcl/evaluate/scope.h"

namespace hcl_eval {

/// The body is null where the syntax is invalid. An attribute that cannot be evaluated is
/// `{"$error":{"line":…,"column":…,"byte":…}}`, the place of its first error. With `kinds`
/// each diagnostic has its kind too.
[[nodiscard]] std::string line(const diagnostic::SourceFile& source, const hcl::Scope& scope,
                               bool kinds);

}  // namespace hcl_eval
