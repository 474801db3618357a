// What hcldec prints, as JSON: types, diagnostics with their ranges, references to variables.
#pragma once

#include <span>
#include <string>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/type.h"
#include "hcl/value/value.h"

namespace hcldec {

/// `"string"`, `["list","string"]`, `["object",{"a":"number"}]`, `"dynamic"`.
[[nodiscard]] std::string type_json(const hcl::Type& type);

/// The value without the members of objects and maps that are null.
[[nodiscard]] hcl::Value without_nulls(const hcl::Value& value);

[[nodiscard]] std::string diagnostics_json(const diagnostic::Diagnostics& diagnostics);

/// Each variable with its steps, as far as they are fixed.
[[nodiscard]] std::string references_json(std::span<const hcl::Traversal* const> references,
                                          const diagnostic::SourceFile& source);

}  // namespace hcldec
