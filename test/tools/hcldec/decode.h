// Decodes a body by a specification: HCL to one value.
#pragma once

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/scope.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"
#include "tools/hcldec/spec.h"

namespace hcldec {

/// Where something of the input is wrong, that part of the value is a null, and an error is added.
[[nodiscard]] hcl::Value decode(const hcl::Body& body, const Spec& spec, const hcl::Scope& scope,
                                const diagnostic::SourceFile& source,
                                diagnostic::Diagnostics& diagnostics);

/// The attributes that decoding evaluates, in the order of the specification.
[[nodiscard]] std::vector<const hcl::Attribute*> attributes(const hcl::Body& body,
                                                            const Spec& spec);

}  // namespace hcldec
